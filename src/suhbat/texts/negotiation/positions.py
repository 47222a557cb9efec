"""Where delegations stand on proposals."""

from typing import Annotated, Literal

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Position, Proposal, Text
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Hidden,
    HiddenNumber,
    InText,
    fit,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_be_live,
    must_negotiate,
    paragraph_of,
    proposal_of,
)

Stand = Annotated[
    Literal["supports", "can-accept", "reserves", "objects"], Meta(extra={"words_of": "a position on a proposal"})
]
STANDS = {
    "supports": lazy("supports"),
    "can-accept": lazy("can accept"),
    "reserves": lazy("reserves"),
    "objects": lazy("objects"),
}


class TakePosition(InText, frozen=True, kw_only=True):
    """An answer to a proposal."""

    proposal: Hidden
    seen: HiddenNumber
    stand: Annotated[Stand, Meta(title="Position")]
    reason: Annotated[str, Meta(title="Reason", max_length=2_000, extra={"widget": "textarea"})] = ""
    pending: Annotated[str | None, Meta(title="Pending paragraph", extra={"choices": "text paragraphs"})] = None


class PositionTaken(Body, frozen=True, kw_only=True):
    """How a delegation answers a proposal."""

    text: str
    """The name of the text within its meeting."""
    proposal: str
    number: int
    label: str
    """The number of the paragraph."""
    by: str
    """The delegation."""
    stand: str
    """`supports`, `can-accept`, `reserves` or `objects`."""
    reason: str
    """References are stored as in the text; empty where none was given."""
    pending: str | None
    """The paragraph that a reservation waits for."""


@guard("position.taken")
def may_answer(viewer: Viewer, _meeting: Meeting, text: Text, proposal: Proposal) -> None:
    """The own delegation negotiates the text, which is being drafted, and does not hold the proposal itself."""
    must_be_drafted(text)
    state = must_negotiate(viewer, SPEAKERS, text)
    must_be_live(proposal)
    if state in proposal.holders:
        raise out_of_order(lazy("Your delegation holds this proposal; it need not answer it."))


@act("position.taken", "Answer a proposal", by=SPEAKERS)
def take(occasion: Occasion, inputs: TakePosition) -> PositionTaken:
    """A delegation answers a proposal: it supports it, can accept it, reserves its position, or objects.

    A reservation may be *ad referendum* or pending another paragraph; an objection needs a reason. A delegation may
    answer again; holders need not answer their own. An answer belongs to the wording that was read: if that has
    changed since, it is not counted.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    may_answer(occasion.actor, meeting, text, proposal)
    if proposal.worded > inputs.seen:
        raise conflict(lazy("The proposal was changed after you read it. Look again and answer again."))
    if inputs.stand == "objects" and not inputs.reason.strip():
        raise invalid(reason=lazy("Say why: the others have to know what would satisfy you."))
    if inputs.pending is not None:
        if inputs.stand != "reserves":
            raise invalid(pending=lazy("Only a reservation waits for another paragraph."))
        paragraph_of(occasion.session, text, inputs.pending)
    labels = labels_of(occasion.session, text)
    return PositionTaken(
        text=text.name,
        proposal=proposal.id,
        number=proposal.number,
        label=labels[proposal.paragraph],
        by=occasion.delegation,
        stand=inputs.stand,
        reason=fit(inputs.reason, labels, "reason"),
        pending=inputs.pending,
    )


@effect("position.taken")
def taken(session: Session, entry: Entry, body: PositionTaken) -> None:
    """The latest answer counts; the earlier ones are in the record."""
    position = session.scalar(
        select(Position).where(Position.proposal == body.proposal, Position.delegation == body.by)
    )
    if position is None:
        position = Position(proposal=body.proposal, delegation=body.by)
        session.add(position)
    position.stand, position.reason, position.pending = body.stand, body.reason, body.pending
    position.entry = entry.number


@phrase("position.taken")
def say_taken(_entry: Entry, body: PositionTaken) -> str:
    """The delegation, the proposal and the position."""
    return gettext("%(who)s on proposal %(number)s in paragraph %(label)s: %(stand)s") % {
        "who": holder_name(body.by),
        "number": body.number,
        "label": place_label(body.label),
        "stand": STANDS[body.stand],
    }
