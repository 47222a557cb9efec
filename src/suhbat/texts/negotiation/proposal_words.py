"""Those who made a proposal change its words: they revise it, or renew it on the present wording."""

from typing import Annotated, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, Viewer, act, effect, guard, phrase
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.models import Proposal
from suhbat.texts.negotiation.base_change import CarriedProposal, amendments_carried, ask_again, carry
from suhbat.texts.negotiation.join_or_withdraw import OWNERS, AboutProposal, OnProposal, must_have_made, sentence_values
from suhbat.texts.negotiation.own_contradictions import must_hold_one_wording
from suhbat.texts.negotiation.propose import Note
from suhbat.texts.text_guard_checks import (
    HiddenNumber,
    Passage,
    Wording,
    base_of,
    fit,
    fit_for,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_be_live,
    must_be_open,
    passage_of,
    proposal_of,
)
from suhbat.texts.wording.rebase import rebased
from suhbat.texts.wording.unicode_cleaning import cleaned


class Revise(OnProposal, frozen=True, kw_only=True):
    """Another wording for a proposal."""

    seen: HiddenNumber
    wording: Wording = ""
    note: Note = ""


class ProposalRevised(AboutProposal, frozen=True, kw_only=True):
    """The words of a proposal from now on."""

    by: str
    """The delegation that made it, or `CHAIR`."""
    carried: list[CarriedProposal] = []
    """What becomes of its amendments."""
    wording: str
    base: int
    """The revision that it rests on."""
    note: str
    asked_again: list[str]
    """Those that had joined it and no longer hold it."""


@guard("proposal.revised")
def may_revise(viewer: Viewer, _meeting: Meeting, passage: Passage, proposal: Proposal) -> None:
    """The own side made the proposal, which has words; the text is being drafted and the paragraph is open."""
    must_be_drafted(passage.text)
    must_be_live(proposal)
    must_have_made(viewer, passage.text, proposal)
    if proposal.kind in {"move", "deletion"}:
        raise out_of_order(lazy("This proposal has no wording. Withdraw it and propose other words."))
    must_be_open(passage.paragraph, passage.silences)


@act("proposal.revised", "Revise a proposal", by=OWNERS)
def revise(occasion: Occasion, inputs: Revise) -> ProposalRevised:
    """Those who made a proposal change its wording.

    Nobody is bound to the new one by the old: answers fall away, and those who had joined are asked again.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    passage = passage_of(occasion.session, text, proposal.paragraph)
    may_revise(occasion.actor, meeting, passage, proposal)
    _must_be_unchanged(proposal, inputs.seen)
    paragraph = passage.paragraph
    labels = labels_of(occasion.session, text)
    wording = fit_for(paragraph, inputs.wording, labels)
    if not wording:
        raise invalid(wording=lazy("To leave the paragraph out is a proposal of its own."))
    if wording == paragraph.wording:
        raise invalid(wording=lazy("This is what the paragraph says already. Withdraw the proposal instead."))
    must_hold_one_wording(passage, proposal.by, wording, proposal.id)
    return ProposalRevised(
        text=text.name,
        proposal=proposal.id,
        number=proposal.number,
        by=proposal.by,
        label=labels[paragraph.id],
        carried=amendments_carried(occasion.session, text, proposal, wording),
        wording=wording,
        base=paragraph.revision,
        note=fit(inputs.note, {}, "note"),
        asked_again=[holder for holder in proposal.holders if holder != proposal.by],
    )


def _must_be_unchanged(proposal: Proposal, seen_entry: int) -> None:
    if proposal.changed != seen_entry:
        raise conflict(lazy("This proposal was changed after you opened it. Look again and decide again."))


@effect("proposal.revised")
def revised(session: Session, entry: Entry, body: ProposalRevised) -> None:
    """The new wording, held only by those who made it; everyone answers again."""
    proposal = session.get_one(Proposal, body.proposal)
    proposal.wording, proposal.base, proposal.note = body.wording, body.base, body.note
    proposal.holders, proposal.status = [proposal.by], "open"
    proposal.worded = proposal.changed = entry.number
    ask_again(session, proposal.id)
    carry(session, entry, body.carried)


@phrase("proposal.revised")
def say_revised(_entry: Entry, body: ProposalRevised) -> str:
    """The side, the proposal and its paragraph."""
    return gettext("%(who)s revises proposal %(number)s in paragraph %(label)s") % sentence_values(body, body.by)


class Repair(OnProposal, frozen=True, kw_only=True):
    """How a flagged proposal is renewed."""

    seen: HiddenNumber
    how: Annotated[Literal["keep", "fit"], Meta(title="How", extra={"words_of": "how a proposal is renewed"})] = "fit"


class ProposalRepaired(AboutProposal, frozen=True, kw_only=True):
    """A proposal renewed on the present wording."""

    by: str
    """The delegation that made it, or `CHAIR`."""
    how: str
    """`keep`: the paragraph exactly as it was proposed; `fit`: the present wording with what still fits."""
    wording: str
    base: int
    """The revision that it rests on."""
    holders: list[str]
    met: bool
    """Whether the paragraph says this already."""


@guard("proposal.repaired")
def may_repair(viewer: Viewer, _meeting: Meeting, passage: Passage, proposal: Proposal) -> None:
    """The own side made the proposal, whose words have changed; the text is being drafted and the paragraph is open."""
    must_be_drafted(passage.text)
    must_be_live(proposal)
    must_have_made(viewer, passage.text, proposal)
    if proposal.status != "flagged":
        raise out_of_order(lazy("This proposal needs no repair."))
    must_be_open(passage.paragraph, passage.silences)


@act("proposal.repaired", "Repair a proposal", by=OWNERS)
def repair(occasion: Occasion, inputs: Repair) -> ProposalRepaired:
    """The base has changed in the words a proposal rests on, and its maker says in one tap what it asks now.

    The paragraph just as it was asked (`keep`), or the present wording with what still fits (`fit`).
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    passage = passage_of(occasion.session, text, proposal.paragraph)
    may_repair(occasion.actor, meeting, passage, proposal)
    _must_be_unchanged(proposal, inputs.seen)
    paragraph = passage.paragraph
    wording = proposal.wording
    if inputs.how == "fit":
        old = base_of(occasion.session, paragraph, proposal.base)
        wording = cleaned(rebased(old, paragraph.wording, proposal.wording, text.algorithm).fits)
        if wording == paragraph.wording or not wording:
            raise out_of_order(lazy("Nothing of it fits any more. Keep it as it was asked, or withdraw it."))
    for holder in proposal.holders:
        must_hold_one_wording(passage, holder, wording, proposal.id)
    return ProposalRepaired(
        text=text.name,
        proposal=proposal.id,
        number=proposal.number,
        by=proposal.by,
        label=labels_of(occasion.session, text)[proposal.paragraph],
        how=inputs.how,
        wording=wording,
        base=paragraph.revision,
        holders=proposal.holders if inputs.how == "keep" else [proposal.by],
        met=wording == paragraph.wording,
    )


@effect("proposal.repaired")
def repaired(session: Session, entry: Entry, body: ProposalRepaired) -> None:
    """The proposal rests on the present revision; everyone answers again."""
    proposal = session.get_one(Proposal, body.proposal)
    proposal.wording, proposal.base, proposal.holders = body.wording, body.base, body.holders
    proposal.status = "met" if body.met else "open"
    proposal.worded = proposal.changed = entry.number
    ask_again(session, proposal.id)


@phrase("proposal.repaired")
def say_repaired(_entry: Entry, body: ProposalRepaired) -> str:
    """The side, the proposal and its paragraph."""
    sentence = gettext("%(who)s renews proposal %(number)s on the present wording of paragraph %(label)s")
    return sentence % sentence_values(body, body.by)
