"""The base as it stood at any moment of the negotiation."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.texts.models import Paragraph, Revision, Text


@dataclass(frozen=True)
class Moment:
    """An entry in which the base changed."""

    entry: int
    time: str


def moments(session: Session, text: Text) -> list[Moment]:
    """Every moment in which the base changed, the oldest first; at least the opening."""
    query = (
        select(Revision.entry, Revision.time)
        .join(Paragraph, Paragraph.id == Revision.paragraph)
        .where(Paragraph.text == text.id)
        .distinct()
        .order_by(Revision.entry)
    )
    found = [Moment(entry, time) for entry, time in session.execute(query)]
    return found or [Moment(text.opened, "")]


def wordings_at(session: Session, text: Text, entry: int) -> dict[str, str]:
    """By paragraph, the wording after this entry; paragraphs that were not yet there are not in it."""
    query = (
        select(Revision.paragraph, Revision.wording)
        .join(Paragraph, Paragraph.id == Revision.paragraph)
        .where(Paragraph.text == text.id, Revision.entry <= entry)
        .order_by(Revision.number)
    )
    return {paragraph: wording for paragraph, wording in session.execute(query)}  # noqa: C416
