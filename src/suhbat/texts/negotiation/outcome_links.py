"""Paragraphs and the outcomes they put into words: a pledge that was made at the table, and the sentence it became."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.texts.lookup import Hidden, InText, labels_of, paragraph_of, text_of
from suhbat.texts.models import OutcomeLink
from suhbat.texts.place_labels import place_said


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
    """A paragraph and an outcome; no outcome takes away all links of the paragraph."""

    paragraph: Annotated[str, Meta(title="Paragraph", extra={"choices": "text paragraphs"})]
    outcome: Annotated[str | None, Meta(title="Outcome", extra={"choices": "outcomes in the record"})] = None


@act("paragraph.linked", "Link a paragraph to an outcome", by=STAFF)
def link(occasion: Occasion, inputs: Link) -> dict[str, Any]:
    """The drafter says which outcome of the meeting a paragraph puts into words, such as the pledge it holds.

    A paragraph may put several outcomes into words, and an outcome may stand in several paragraphs. The words of the
    text are not touched: links may also be made after the adoption.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    known = outcomes_said(occasion.session, inputs.meeting)
    if inputs.outcome and inputs.outcome not in known:
        raise invalid(outcome=lazy("The record of this meeting knows no such outcome."))
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels_of(occasion.session, text)[paragraph.id],
        "of": inputs.outcome,
        "title": known.get(inputs.outcome or "", ""),
    }


@effect("paragraph.linked")
def linked(session: Session, entry: Entry) -> None:
    """One more outcome; or none."""
    paragraph, outcome = entry.body["paragraph"], entry.body["of"]
    held = links_between(session, paragraph, outcome)
    if outcome is None:
        for each in held:
            session.delete(each)
    elif not held:
        session.add(OutcomeLink(paragraph=paragraph, outcome=outcome, entry=entry.number))


def links_between(session: Session, paragraph: str, outcome: str | None) -> Sequence[OutcomeLink]:
    """The links of a paragraph, to one outcome or to all."""
    query = select(OutcomeLink).where(OutcomeLink.paragraph == paragraph)
    return session.scalars(query.where(OutcomeLink.outcome == outcome) if outcome else query).all()


@phrase("paragraph.linked")
def say_linked(entry: Entry) -> str:
    """Which outcome."""
    said = {"label": place_said(entry.body["label"]), "title": entry.body["title"]}
    if entry.body["of"] is None:
        return gettext("Paragraph %(label)s is linked to no outcome any more") % said
    return gettext("Paragraph %(label)s puts into words: %(title)s") % said


class Unlink(InText, frozen=True, kw_only=True):
    """A paragraph, and the outcome that it does not put into words after all."""

    paragraph: Hidden
    outcome: Annotated[str, Meta(title="Outcome", max_length=240, extra={"widget": "hidden"})]


@act("paragraph.unlinked", "Take a link to an outcome away", by=STAFF)
def unlink(occasion: Occasion, inputs: Unlink) -> dict[str, Any]:
    """The drafter takes away one link between a paragraph and an outcome; its other links stay."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    if not links_between(occasion.session, paragraph.id, inputs.outcome):
        raise out_of_order(lazy("This paragraph is not linked to that outcome."))
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels_of(occasion.session, text)[paragraph.id],
        "of": inputs.outcome,
        "title": outcomes_said(occasion.session, inputs.meeting).get(inputs.outcome, inputs.outcome),
    }


@effect("paragraph.unlinked")
def unlinked(session: Session, entry: Entry) -> None:
    """One link less."""
    for each in links_between(session, entry.body["paragraph"], entry.body["of"]):
        session.delete(each)


@phrase("paragraph.unlinked")
def say_unlinked(entry: Entry) -> str:
    """Which outcome."""
    said = {"label": place_said(entry.body["label"]), "title": entry.body["title"]}
    return gettext("Paragraph %(label)s no longer counts as the words of: %(title)s") % said
