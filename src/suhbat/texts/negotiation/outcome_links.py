"""Links between a paragraph and the outcome that it puts into words, such as a pledge made at the meeting."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, act, effect, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.texts.models import OutcomeLink
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import Hidden, InText, labels_of, paragraph_of, text_of


def outcome_titles(session: Session, meeting: str) -> dict[str, str]:
    """The outcomes of a meeting, by id with their titles. They are read from the record, not from another package."""
    query = select(EntryRow).where(EntryRow.meeting == meeting, EntryRow.audience.in_(("participants", "public")))
    titles: dict[str, str] = {}
    for row in session.scalars(query.order_by(EntryRow.number)):
        outcome = row.body.get("outcome")
        if isinstance(outcome, dict) and outcome.get("id"):
            titles[str(outcome["id"])] = str(outcome.get("title") or outcome.get("summary") or outcome["id"])
    return titles


def public_outcomes(session: Session, meeting: str) -> set[str]:
    """The ids of the outcomes of a meeting that anyone may know of: those that its summary record published."""
    query = select(EntryRow).where(EntryRow.meeting == meeting, EntryRow.act == "minutes.published")
    return {str(outcome) for row in session.scalars(query) for outcome in row.body.get("outcomes", ())}


class Link(InText, frozen=True, kw_only=True):
    """A paragraph and an outcome; no outcome takes away all links of the paragraph."""

    paragraph: Annotated[str, Meta(title="Paragraph", extra={"choices": "text paragraphs"})]
    outcome: Annotated[str | None, Meta(title="Outcome", extra={"choices": "outcomes in the record"})] = None


class ParagraphLinked(Body, frozen=True, kw_only=True):
    """Which outcome a paragraph puts into words."""

    text: str
    """The name of the text within its meeting."""
    paragraph: str
    label: str
    """The number of the paragraph."""
    of: str | None
    """The id of the outcome; null: the paragraph is linked to none any more."""
    title: str
    """The outcome's; empty for none."""


@act("paragraph.linked", "Link a paragraph to an outcome", by=STAFF)
def link(occasion: Occasion, inputs: Link) -> ParagraphLinked:
    """The drafter says which outcome of the meeting a paragraph puts into words, such as the pledge it holds.

    A paragraph may put several outcomes into words, and an outcome may stand in several paragraphs. The words of the
    text are not touched: links may also be made after the adoption.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    titles = outcome_titles(occasion.session, inputs.meeting)
    if inputs.outcome and inputs.outcome not in titles:
        raise invalid(outcome=lazy("The record of this meeting knows no such outcome."))
    return ParagraphLinked(
        text=text.name,
        paragraph=paragraph.id,
        label=labels_of(occasion.session, text)[paragraph.id],
        of=inputs.outcome,
        title=titles.get(inputs.outcome or "", ""),
    )


@effect("paragraph.linked")
def linked(session: Session, entry: Entry, body: ParagraphLinked) -> None:
    """One more link; or none any more."""
    links = links_between(session, body.paragraph, body.of)
    if body.of is None:
        for outcome_link in links:
            session.delete(outcome_link)
    elif not links:
        session.add(OutcomeLink(paragraph=body.paragraph, outcome=body.of, entry=entry.number))


def links_between(session: Session, paragraph: str, outcome: str | None) -> Sequence[OutcomeLink]:
    """The links of a paragraph, to one outcome or to all."""
    query = select(OutcomeLink).where(OutcomeLink.paragraph == paragraph)
    return session.scalars(query.where(OutcomeLink.outcome == outcome) if outcome else query).all()


@phrase("paragraph.linked")
def say_linked(_entry: Entry, body: ParagraphLinked) -> str:
    """The paragraph and the outcome."""
    values = {"label": place_label(body.label), "title": body.title}
    if body.of is None:
        return gettext("Paragraph %(label)s is linked to no outcome any more") % values
    return gettext("Paragraph %(label)s puts into words: %(title)s") % values


class Unlink(InText, frozen=True, kw_only=True):
    """A paragraph, and the outcome that it does not put into words after all."""

    paragraph: Hidden
    outcome: Annotated[str, Meta(title="Outcome", max_length=240, extra={"widget": "hidden"})]


class ParagraphUnlinked(Body, frozen=True, kw_only=True):
    """Which outcome a paragraph does not put into words after all."""

    text: str
    paragraph: str
    label: str
    of: str
    """The id of the outcome."""
    title: str
    """The outcome's; its id where the record knows it no longer."""


@act("paragraph.unlinked", "Take a link to an outcome away", by=STAFF)
def unlink(occasion: Occasion, inputs: Unlink) -> ParagraphUnlinked:
    """The drafter takes away one link between a paragraph and an outcome; its other links stay."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    if not links_between(occasion.session, paragraph.id, inputs.outcome):
        raise out_of_order(lazy("This paragraph is not linked to that outcome."))
    return ParagraphUnlinked(
        text=text.name,
        paragraph=paragraph.id,
        label=labels_of(occasion.session, text)[paragraph.id],
        of=inputs.outcome,
        title=outcome_titles(occasion.session, inputs.meeting).get(inputs.outcome, inputs.outcome),
    )


@effect("paragraph.unlinked")
def unlinked(session: Session, _entry: Entry, body: ParagraphUnlinked) -> None:
    """One link less."""
    for outcome_link in links_between(session, body.paragraph, body.of):
        session.delete(outcome_link)


@phrase("paragraph.unlinked")
def say_unlinked(_entry: Entry, body: ParagraphUnlinked) -> str:
    """The paragraph and the outcome."""
    values = {"label": place_label(body.label), "title": body.title}
    return gettext("Paragraph %(label)s no longer counts as the words of: %(title)s") % values
