"""Paragraphs on which all agree: closed, and reopened with a reason."""

from typing import Annotated, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.models import Paragraph
from suhbat.texts.negotiation.cross_references import is_hanging, refers_to_nothing
from suhbat.texts.negotiation.set_aside import Reason
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Hidden,
    HiddenNumber,
    InText,
    Passage,
    fit,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_be_unchanged,
    must_not_be_silent,
    passage_of,
)


class Close(InText, frozen=True, kw_only=True):
    """A paragraph to be closed."""

    paragraph: Hidden
    seen: HiddenNumber
    how: Annotated[Literal["ad-referendum", "agreed"], Meta(title="How")] = "agreed"


class ParagraphClosed(Body, frozen=True, kw_only=True):
    """Which paragraph is agreed, and how."""

    text: str
    """The name of the text within its meeting."""
    paragraph: str
    label: str
    """The number of the paragraph."""
    how: str
    """`ad-referendum` or `agreed`."""


@guard("paragraph.closed")
def may_close(_viewer: Viewer, _meeting: Meeting, passage: Passage, hanging: str) -> None:
    """Nothing is open on the paragraph. `hanging` is its number if it refers to a paragraph that is not in the text."""
    must_be_drafted(passage.text)
    if not passage.paragraph.wording:
        raise out_of_order(_NOTHING)
    must_not_be_silent(passage.paragraph, passage.silences)
    if passage.live:
        numbers = in_a_row(str(proposal.number) for proposal in passage.live)
        raise out_of_order(lazy("Proposals %(numbers)s are still open on this paragraph.") % {"numbers": numbers})
    if hanging:
        raise refers_to_nothing(hanging)


_NOTHING = lazy("There is nothing to close here.")


@act("paragraph.closed", "Close a paragraph", by=STAFF)
def close(occasion: Occasion, inputs: Close) -> ParagraphClosed:
    """The drafter closes a paragraph on which nothing is open any more: agreed, or agreed *ad referendum*.

    Not while it refers to a paragraph that is no longer in the text.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    passage = passage_of(occasion.session, text, inputs.paragraph)
    paragraph = passage.paragraph
    label = labels_of(occasion.session, text)[paragraph.id]
    may_close(occasion.actor, meeting, passage, label if is_hanging(occasion.session, text, paragraph) else "")
    must_be_unchanged(paragraph, inputs.seen)
    if paragraph.status == inputs.how:
        raise out_of_order(_NOTHING)
    return ParagraphClosed(text=text.name, paragraph=paragraph.id, label=label, how=inputs.how)


@effect("paragraph.closed")
def closed(session: Session, entry: Entry, body: ParagraphClosed) -> None:
    """The paragraph is closed."""
    paragraph = session.get_one(Paragraph, body.paragraph)
    paragraph.status, paragraph.changed = body.how, entry.number


@phrase("paragraph.closed")
def say_closed(_entry: Entry, body: ParagraphClosed) -> str:
    """How the paragraph is agreed."""
    if body.how == "ad-referendum":
        return gettext("Paragraph %(label)s is agreed ad referendum") % {"label": place_label(body.label)}
    return gettext("Paragraph %(label)s is agreed") % {"label": place_label(body.label)}


class Reopen(InText, frozen=True, kw_only=True):
    """A closed paragraph, and why it is opened again."""

    paragraph: Hidden
    reason: Reason


class ParagraphReopened(Body, frozen=True, kw_only=True):
    """Which paragraph is open again, and why."""

    text: str
    paragraph: str
    label: str
    reason: str


@guard("paragraph.reopened")
def may_reopen(_viewer: Viewer, _meeting: Meeting, passage: Passage) -> None:
    """The paragraph is closed, and the text is being drafted."""
    must_be_drafted(passage.text)
    if passage.paragraph.status == "open":
        raise out_of_order(lazy("This paragraph is open."))


@act("paragraph.reopened", "Reopen a paragraph", by=STAFF)
def reopen(occasion: Occasion, inputs: Reopen) -> ParagraphReopened:
    """The chair reopens a closed paragraph, with the reason."""
    meeting, text = meeting_and_draft(occasion, inputs)
    passage = passage_of(occasion.session, text, inputs.paragraph)
    may_reopen(occasion.actor, meeting, passage)
    return ParagraphReopened(
        text=text.name,
        paragraph=passage.paragraph.id,
        label=labels_of(occasion.session, text)[passage.paragraph.id],
        reason=fit(inputs.reason, {}, "reason"),
    )


@effect("paragraph.reopened")
def reopened(session: Session, entry: Entry, body: ParagraphReopened) -> None:
    """The paragraph is open again."""
    paragraph = session.get_one(Paragraph, body.paragraph)
    paragraph.status, paragraph.changed = "open", entry.number


@phrase("paragraph.reopened")
def say_reopened(_entry: Entry, body: ParagraphReopened) -> str:
    """The paragraph and the reason."""
    return gettext("Paragraph %(label)s is reopened: %(reason)s") % {
        "label": place_label(body.label),
        "reason": body.reason,
    }
