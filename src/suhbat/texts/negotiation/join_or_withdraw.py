"""What holders do with a proposal: join it, leave it, withdraw it."""

from collections.abc import Iterable
from typing import Annotated, TypedDict

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS, STAFF, Role
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Position, Proposal, Text
from suhbat.texts.negotiation.base_change import settle
from suhbat.texts.negotiation.own_contradictions import must_not_contradict
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    CHAIR,
    Hidden,
    HiddenNumber,
    InText,
    Passage,
    fit,
    in_order,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_be_live,
    must_be_open,
    must_negotiate,
    passage_of,
    proposal_of,
)

OWNERS = SPEAKERS | {Role.CHAIR, Role.SECRETARIAT}


class OnProposal(InText, frozen=True, kw_only=True):
    """An act on one proposal."""

    proposal: Hidden


class OnWords(OnProposal, frozen=True, kw_only=True):
    """An act on the words of a proposal, as they were read."""

    read: HiddenNumber = 0
    """The entry as of which the page was drawn; 0 where a program gives none."""


class AboutProposal(Body, frozen=True, kw_only=True):
    """What every entry on one proposal says of it."""

    text: str
    """The name of the text within its meeting."""
    proposal: str
    number: int
    label: str
    """The number of the paragraph."""


def must_be_as_read(proposals: Iterable[Proposal], as_of: int) -> None:
    """Refuse an act on words that have changed since they were read."""
    if as_of and any(proposal.worded > as_of for proposal in proposals):
        raise conflict(lazy("This proposal was changed after you opened it. Look again and decide again."))


def sides(viewer: Viewer, text: Text) -> set[str]:
    """The sides for which a viewer may act on proposals: the own delegation, the chair, or both (a head who chairs)."""
    seats = viewer.seats_at(text.meeting)
    own = {seat.state for seat in seats if seat.role in SPEAKERS and seat.state in text.order}
    if any(seat.role in STAFF for seat in seats):
        own.add(CHAIR)
    return own or {must_negotiate(viewer, OWNERS, text)}


def must_have_made(viewer: Viewer, text: Text, proposal: Proposal) -> None:
    """Refuse everyone but those who made the proposal."""
    if proposal.by not in sides(viewer, text):
        raise not_allowed(lazy("Only those who made the proposal can do this."))


class ProposalJoined(AboutProposal, frozen=True, kw_only=True):
    """The holders of a proposal from now on."""

    by: str
    """The delegation that made it, or `CHAIR`."""
    joined: str
    """The delegation that joined."""
    holders: list[str]
    """All that hold it now, in protocol order."""


@guard("proposal.joined")
def may_join(viewer: Viewer, _meeting: Meeting, passage: Passage, proposal: Proposal) -> None:
    """The own delegation negotiates the text, and may ask for this beside what it asks for already."""
    must_be_drafted(passage.text)
    state = must_negotiate(viewer, SPEAKERS, passage.text)
    must_be_live(proposal)
    if state in proposal.holders:
        raise out_of_order(lazy("Your delegation holds this proposal already."))
    if proposal.status == "flagged":
        raise out_of_order(lazy("The words it rests on have changed. Its holders have to say first what it asks now."))
    must_be_open(passage.paragraph, passage.silences)
    must_not_contradict(passage, state, proposal)


@act("proposal.joined", "Join a proposal", by=SPEAKERS)
def join(occasion: Occasion, inputs: OnWords) -> ProposalJoined:
    """A delegation makes another's proposal its own: it is named among the holders. Its earlier answer falls away."""
    meeting, text = meeting_and_draft(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    may_join(occasion.actor, meeting, passage_of(occasion.session, text, proposal.paragraph), proposal)
    must_be_as_read([proposal], inputs.read)
    return ProposalJoined(
        text=text.name,
        proposal=proposal.id,
        number=proposal.number,
        by=proposal.by,
        label=labels_of(occasion.session, text)[proposal.paragraph],
        joined=occasion.delegation,
        holders=in_order(text, [*proposal.holders, occasion.delegation]),
    )


@effect("proposal.joined")
def joined(session: Session, entry: Entry, body: ProposalJoined) -> None:
    """The delegation becomes a holder; its earlier answer is deleted."""
    proposal = session.get_one(Proposal, body.proposal)
    proposal.holders, proposal.changed = body.holders, entry.number
    own = select(Position).where(Position.proposal == proposal.id, Position.delegation == body.joined)
    for answer in session.scalars(own):
        session.delete(answer)


@phrase("proposal.joined")
def say_joined(_entry: Entry, body: ProposalJoined) -> str:
    """The delegation, the proposal and its paragraph."""
    return gettext("%(who)s joins proposal %(number)s in paragraph %(label)s") % sentence_values(body, body.joined)


class Withdraw(OnProposal, frozen=True, kw_only=True):
    """A proposal to be withdrawn."""

    reason: Annotated[str, Meta(title="Reason", max_length=1_000)] = ""


class ProposalWithdrawn(AboutProposal, frozen=True, kw_only=True):
    """Who withdrew from a proposal, and who still holds it."""

    by: str
    """The delegation that made it, or `CHAIR`."""
    left_by: str
    holders: list[str]
    """The remaining holders; empty: the proposal has ended."""
    reason: str
    """Empty where none was given."""


@guard("proposal.withdrawn")
def may_withdraw(viewer: Viewer, _meeting: Meeting, text: Text, proposal: Proposal) -> None:
    """The own side holds the proposal, which is not settled yet."""
    must_be_drafted(text)
    must_be_live(proposal)
    if not sides(viewer, text).intersection(proposal.holders):
        raise not_allowed(lazy("Only a holder can withdraw a proposal."))


@act("proposal.withdrawn", "Withdraw a proposal", by=OWNERS)
def withdraw(occasion: Occasion, inputs: Withdraw) -> ProposalWithdrawn:
    """A holder gives a proposal up. While others hold it, it stays theirs; with the last holder it ends."""
    meeting, text = meeting_and_draft(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    may_withdraw(occasion.actor, meeting, text, proposal)
    own = sides(occasion.actor, text)
    side = next(holder for holder in proposal.holders if holder in own)
    return ProposalWithdrawn(
        text=text.name,
        proposal=proposal.id,
        number=proposal.number,
        by=proposal.by,
        label=labels_of(occasion.session, text)[proposal.paragraph],
        left_by=side,
        holders=[holder for holder in proposal.holders if holder != side],
        reason=fit(inputs.reason, {}, "reason"),
    )


@effect("proposal.withdrawn")
def withdrawn(session: Session, entry: Entry, body: ProposalWithdrawn) -> None:
    """It passes to the remaining holders, or ends."""
    proposal = session.get_one(Proposal, body.proposal)
    proposal.changed = entry.number
    if body.holders:
        proposal.holders = body.holders
        proposal.by = proposal.by if proposal.by in proposal.holders else proposal.holders[0]
    else:
        settle(session, entry, [proposal.id], "withdrawn", body.reason)


@phrase("proposal.withdrawn")
def say_withdrawn(_entry: Entry, body: ProposalWithdrawn) -> str:
    """The holder, the proposal and its paragraph; whether the proposal has ended."""
    values = sentence_values(body, body.left_by)
    if body.holders:
        return gettext("%(who)s leaves proposal %(number)s in paragraph %(label)s") % values
    return gettext("%(who)s withdraws proposal %(number)s in paragraph %(label)s") % values


class SentenceValues(TypedDict):
    """The values of a sentence about a proposal."""

    who: str
    number: int
    label: str


def sentence_values(body: AboutProposal, side: str) -> SentenceValues:
    """A side, the proposal and its paragraph, as a reader sees them."""
    return {"who": holder_name(side), "number": body.number, "label": place_label(body.label)}
