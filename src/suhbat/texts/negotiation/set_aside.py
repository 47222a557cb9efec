"""The drafter sets proposals aside, and takes them up again."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation.base_change import settle
from suhbat.texts.negotiation.join_or_withdraw import AboutProposal, OnProposal, OnWords, must_be_as_read
from suhbat.texts.negotiation.own_contradictions import must_hold_one_place, stands_again
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Passage,
    fit,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_be_live,
    must_be_open,
    passage_of,
    proposal_of,
)

Reason = Annotated[str, Meta(title="Reason", min_length=3, max_length=1_000)]


class SetAside(OnWords, frozen=True, kw_only=True):
    """A proposal to be set aside, and why."""

    reason: Reason


class ProposalSetAside(AboutProposal, frozen=True, kw_only=True):
    """Which proposal was set aside, and why."""

    reason: str


@guard("proposal.set_aside")
def may_set_aside(_viewer: Viewer, _meeting: Meeting, text: Text, proposal: Proposal) -> None:
    """The proposal still asks for something, and the text is being drafted."""
    must_be_drafted(text)
    must_be_live(proposal)


@act("proposal.set_aside", "Set a proposal aside", by=STAFF)
def set_aside(occasion: Occasion, inputs: SetAside) -> ProposalSetAside:
    """The drafter sets a proposal aside, with the reason. It stays in sight and can be taken up again."""
    meeting, text = meeting_and_draft(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    may_set_aside(occasion.actor, meeting, text, proposal)
    must_be_as_read([proposal], inputs.read)
    return ProposalSetAside(
        text=text.name,
        proposal=proposal.id,
        number=proposal.number,
        label=labels_of(occasion.session, text)[proposal.paragraph],
        reason=fit(inputs.reason, {}, "reason"),
    )


@effect("proposal.set_aside")
def was_set_aside(session: Session, entry: Entry, body: ProposalSetAside) -> None:
    """The proposal is settled, with the reason."""
    settle(session, entry, [body.proposal], "set-aside", body.reason)


@phrase("proposal.set_aside")
def say_set_aside(_entry: Entry, body: ProposalSetAside) -> str:
    """The proposal and the paragraph."""
    return gettext("Proposal %(number)s in paragraph %(label)s is set aside") % {
        "number": body.number,
        "label": place_label(body.label) or "–",
    }


class ProposalTakenUp(AboutProposal, frozen=True, kw_only=True):
    """The proposal that was taken up again."""

    state: str
    """`open`; `flagged` where its holders must renew it first."""


@guard("proposal.taken_up")
def may_take_up(_viewer: Viewer, _meeting: Meeting, passage: Passage, proposal: Proposal) -> None:
    """The proposal was set aside, the paragraph is open, and no holder proposes another place for it by now."""
    must_be_drafted(passage.text)
    if proposal.status != "set-aside":
        raise out_of_order(lazy("This proposal was not set aside."))
    must_be_open(passage.paragraph, passage.silences)
    if proposal.kind == "move":
        for holder in proposal.holders:
            must_hold_one_place(passage, holder)


@act("proposal.taken_up", "Take up a proposal again", by=STAFF)
def take_up(occasion: Occasion, inputs: OnProposal) -> ProposalTakenUp:
    """The drafter takes up again what was set aside.

    If its words have changed since, or a holder asks for something else in their place by now, it is renewed first.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    passage = passage_of(occasion.session, text, proposal.paragraph)
    may_take_up(occasion.actor, meeting, passage, proposal)
    return ProposalTakenUp(
        text=text.name,
        proposal=proposal.id,
        number=proposal.number,
        label=labels_of(occasion.session, text)[proposal.paragraph],
        state="open" if stands_again(passage, proposal) else "flagged",
    )


@effect("proposal.taken_up")
def taken_up(session: Session, entry: Entry, body: ProposalTakenUp) -> None:
    """The proposal is live again."""
    settle(session, entry, [body.proposal], body.state)


@phrase("proposal.taken_up")
def say_taken_up(_entry: Entry, body: ProposalTakenUp) -> str:
    """The proposal and the paragraph."""
    return gettext("Proposal %(number)s in paragraph %(label)s is taken up again") % {
        "number": body.number,
        "label": place_label(body.label) or "–",
    }
