"""References from paragraph to paragraph, and those to a paragraph that is not in the text."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Refused, out_of_order
from suhbat.texts.models import Paragraph, Text, Version
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import paragraphs_of
from suhbat.texts.wording import numbering


def wordings_of(session: Session, text: Text, paragraphs: Iterable[Paragraph]) -> list[tuple[str, str]]:
    """Every wording of these paragraphs in the languages of the text, each with the paragraph's id."""
    leading = [(paragraph.id, paragraph.wording) for paragraph in paragraphs]
    return leading + translated_wordings(session, text, [paragraph for paragraph, _wording in leading])


def translated_wordings(session: Session, text: Text, paragraphs: Collection[str]) -> list[tuple[str, str]]:
    """The wordings of these paragraphs in the further languages of the text, each with the paragraph's id."""
    if not text.languages:
        return []
    query = select(Version.paragraph, Version.wording)
    query = query.where(Version.paragraph.in_(paragraphs), Version.language.in_(text.languages))
    return [(paragraph, wording) for paragraph, wording in session.execute(query)]


def referring(wordings: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By paragraph, those that refer to it, each once. The wordings come with their paragraphs' ids."""
    by_target: dict[str, list[str]] = {}
    for paragraph, wording in wordings:
        for target in numbering.references_in(wording):
            paragraphs = by_target.setdefault(target, [])
            if paragraph not in paragraphs:
                paragraphs.append(paragraph)
    return by_target


def left_hanging(referring_to: Mapping[str, Sequence[str]], present: Iterable[str]) -> list[str]:
    """The paragraphs that refer to one that is not present."""
    in_text = set(present)
    hanging = (paragraphs for target, paragraphs in referring_to.items() if target not in in_text)
    return list(dict.fromkeys(paragraph for paragraphs in hanging for paragraph in paragraphs))


def hanging_hurdles(session: Session, text: Text, paragraphs: Sequence[Paragraph]) -> list[Lazy]:
    """The hurdle that paragraphs refer to one that is not in the text: nobody can sign such a reference."""
    present = (paragraph.id for paragraph in paragraphs)
    hanging = left_hanging(referring(wordings_of(session, text, paragraphs)), present)
    if not hanging:
        return []
    labels = numbering.numbers(paragraphs)
    row = in_a_row(place_label(labels[paragraph.id]) for paragraph in paragraphs if paragraph.id in hanging)
    return [lazy("These paragraphs refer to one that is not in the text: %(labels)s.") % {"labels": row}]


def is_hanging(session: Session, text: Text, paragraph: Paragraph) -> bool:
    """Whether a paragraph, in any language of the text, refers to one that is not in the text."""
    present = (other.id for other in paragraphs_of(session, text.id) if other.wording)
    return bool(left_hanging(referring(wordings_of(session, text, [paragraph])), present))


def refers_to_nothing(label: str) -> Refused:
    """The refusal of a paragraph, by its number, that refers to one that is not in the text."""
    return out_of_order(
        lazy("These paragraphs refer to one that is not in the text: %(labels)s.") % {"labels": place_label(label)}
    )
