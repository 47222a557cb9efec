"""Paragraphs that refer to others: to which, and where what they refer to is no longer in the text."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Refused, out_of_order
from suhbat.texts.models import Paragraph, Text, Version
from suhbat.texts.place_labels import place_said
from suhbat.texts.text_lookup import paragraphs_of
from suhbat.texts.wording import numbering


def said_of(session: Session, text: Text, paragraphs: Iterable[Paragraph]) -> list[tuple[str, str]]:
    """Every wording of these paragraphs in the languages of the text, each with the paragraph's id."""
    wanted = list(paragraphs)
    said = [(paragraph.id, paragraph.wording) for paragraph in wanted]
    if text.languages:
        ids = [paragraph.id for paragraph in wanted]
        query = select(Version.paragraph, Version.wording)
        query = query.where(Version.paragraph.in_(ids), Version.language.in_(text.languages))
        said += [(paragraph, wording) for paragraph, wording in session.execute(query)]
    return said


def referring(said: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By paragraph that is referred to, those that refer to it, each once."""
    by_target: dict[str, list[str]] = {}
    for paragraph, wording in said:
        for target in numbering.references_in(wording):
            here = by_target.setdefault(target, [])
            if paragraph not in here:
                here.append(paragraph)
    return by_target


def left_hanging(referred: Mapping[str, Sequence[str]], there: Iterable[str]) -> list[str]:
    """Those that refer to a paragraph that is not there."""
    present = set(there)
    gone = (paragraphs for target, paragraphs in referred.items() if target not in present)
    return list(dict.fromkeys(paragraph for paragraphs in gone for paragraph in paragraphs))


def hanging_hurdles(session: Session, text: Text, paragraphs: Sequence[Paragraph]) -> list[Lazy]:
    """Which paragraphs refer to one that is not in the text: nobody can sign a reference to nothing."""
    hanging = left_hanging(referring(said_of(session, text, paragraphs)), (each.id for each in paragraphs))
    if not hanging:
        return []
    labels = numbering.numbers(paragraphs)
    named = in_a_row(place_said(labels[each.id]) for each in paragraphs if each.id in hanging)
    return [lazy("These paragraphs refer to one that is not in the text: %(labels)s.") % {"labels": named}]


def is_hanging(session: Session, text: Text, paragraph: Paragraph) -> bool:
    """Whether a paragraph, in any language of the text, refers to one that is not in the text."""
    there = (each.id for each in paragraphs_of(session, text.id) if each.wording)
    return bool(left_hanging(referring(said_of(session, text, [paragraph])), there))


def refers_to_nothing(label: str) -> Refused:
    """The refusal of a paragraph, by its number, that refers to one that is not in the text."""
    return out_of_order(
        lazy("These paragraphs refer to one that is not in the text: %(labels)s.") % {"labels": place_said(label)}
    )
