"""Paragraphs that refer to others: to which, and where what they refer to is no longer in the text."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import out_of_order
from suhbat.texts.lookup import labels_of, paragraphs_of
from suhbat.texts.models import Paragraph, Text, Version
from suhbat.texts.place_labels import place_said
from suhbat.texts.wording import numbering


def said_of(session: Session, text: Text, paragraphs: Iterable[Paragraph]) -> list[tuple[str, str]]:
    """Every wording of these paragraphs in the languages of the text, each with the paragraph's id."""
    held = list(paragraphs)
    said = [(each.id, each.wording) for each in held]
    if text.languages:
        ids = [each.id for each in held]
        query = select(Version.paragraph, Version.wording)
        query = query.where(Version.paragraph.in_(ids), Version.language.in_(text.languages))
        said += [(paragraph, wording) for paragraph, wording in session.execute(query)]
    return said


def referring(said: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By paragraph that is referred to, those that refer to it, each once."""
    found: dict[str, list[str]] = {}
    for paragraph, wording in said:
        for target in numbering.references_in(wording):
            here = found.setdefault(target, [])
            if paragraph not in here:
                here.append(paragraph)
    return found


def left_hanging(referred: Mapping[str, Sequence[str]], there: Iterable[str]) -> list[str]:
    """Those that refer to a paragraph that is not there."""
    held = set(there)
    return list(dict.fromkeys(each for target, who in referred.items() if target not in held for each in who))


def hanging_hurdles(session: Session, text: Text, paragraphs: Sequence[Paragraph]) -> list[Lazy]:
    """Which paragraphs refer to one that is not in the text: nobody can sign a reference to nothing."""
    hanging = left_hanging(referring(said_of(session, text, paragraphs)), (each.id for each in paragraphs))
    if not hanging:
        return []
    labels = numbering.numbers(paragraphs)
    named = in_a_row(place_said(labels[each.id]) for each in paragraphs if each.id in hanging)
    return [lazy("These paragraphs refer to one that is not in the text: %(labels)s.") % {"labels": named}]


def must_refer_to_something(session: Session, text: Text, paragraph: Paragraph) -> None:
    """Refuse, where a paragraph refers to one that is not in the text."""
    there = (each.id for each in paragraphs_of(session, text.id) if each.wording)
    if left_hanging(referring(said_of(session, text, [paragraph])), there):
        label = labels_of(session, text)[paragraph.id]
        raise out_of_order(
            lazy("These paragraphs refer to one that is not in the text: %(labels)s.") % {"labels": place_said(label)}
        )
