"""Paragraphs and the outcomes they put into words: a pledge that was made at the table, and the sentence it became."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.texts.finding import InText, labels_of, paragraph_of, text_of
from suhbat.texts.models import Paragraph


def outcomes_said(session: Session, meeting: str) -> dict[str, str]:
    """The outcomes of a meeting as the record tells them: id and title. Rooms side by side speak through the record."""
    query = select(EntryRow).where(EntryRow.meeting == meeting, EntryRow.audience.in_(("participants", "public")))
    found: dict[str, str] = {}
    for row in session.scalars(query.order_by(EntryRow.number)):
        told = row.body.get("outcome")
        if isinstance(told, dict) and told.get("id"):
            found[str(told["id"])] = str(told.get("title") or told.get("summary") or told["id"])
    return found


class Link(InText, frozen=True, kw_only=True):
    """A paragraph and an outcome; none takes the link away."""

    paragraph: Annotated[str, Meta(title="Paragraph", extra={"choices": "text paragraphs"})]
    outcome: Annotated[str | None, Meta(title="Outcome", extra={"choices": "outcomes in the record"})] = None


@act("paragraph.linked", "Link a paragraph to an outcome", by=STAFF)
def link(occasion: Occasion, wish: Link) -> dict[str, Any]:
    """The drafter says which outcome of the meeting a paragraph puts into words, such as the pledge it holds."""
    text = text_of(occasion.session, wish.meeting, wish.text)
    paragraph = paragraph_of(occasion.session, text, wish.paragraph)
    known = outcomes_said(occasion.session, wish.meeting)
    if wish.outcome and wish.outcome not in known:
        raise invalid(outcome=lazy("The record of this meeting knows no such outcome."))
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels_of(occasion.session, text)[paragraph.id],
        "of": wish.outcome,
        "title": known.get(wish.outcome or "", ""),
    }


@effect("paragraph.linked")
def linked(session: Session, entry: Entry) -> None:
    """One outcome per paragraph."""
    session.get_one(Paragraph, entry.body["paragraph"]).outcome = entry.body["of"]


@phrase("paragraph.linked")
def say_linked(entry: Entry) -> str:
    """Which outcome."""
    said = {"label": entry.body["label"], "title": entry.body["title"]}
    return gettext("Paragraph %(label)s puts into words: %(title)s") % said
