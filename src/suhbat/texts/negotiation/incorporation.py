"""The drafter changes the base: with a proposal's words, or with the drafter's own."""

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.models import Text
from suhbat.texts.negotiation.base_change import BaseChange, change_of, move_base, settle
from suhbat.texts.negotiation.join_or_withdraw import OnWords, must_be_as_read
from suhbat.texts.negotiation.package_incorporation import Deal, deal_of, nobody_may_object, objecting
from suhbat.texts.negotiation.paragraph_places import place_after
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Hidden,
    HiddenNumber,
    InText,
    Passage,
    fit_for,
    labels_of,
    live_proposal,
    meeting_and_draft,
    must_be_at_work,
    must_be_drafted,
    must_be_live,
    must_be_open,
    must_be_unchanged,
    not_the_title,
    paragraph_of,
    passage_of,
    positions_on,
    proposal_of,
    text_of,
)


class Incorporate(OnWords, frozen=True, kw_only=True):
    """A proposal to be taken into the text."""

    seen: HiddenNumber


class OtherPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a proposal to move a paragraph puts it."""

    paragraph: str
    after: str | None
    """The paragraph that it follows; null: it stands first."""


class ProposalIncorporated(Body, frozen=True, kw_only=True):
    """The proposals taken into the text, and what became of those that rest on the old words."""

    text: str
    """The name of the text within its meeting."""
    number: int
    """Of the proposal that the drafter named; the label is its paragraph's."""
    label: str
    proposals: list[str]
    """All that were taken: the proposal, or its whole package."""
    numbers: list[int]
    """Their numbers, in the same order."""
    changes: list[BaseChange]
    moves: list[OtherPlace]


@guard("proposal.incorporated")
def may_incorporate(_viewer: Viewer, _meeting: Meeting, text: Text, deal: Deal) -> None:
    """All proposals of the deal rest on present words, in open paragraphs, and nobody objects."""
    must_be_drafted(text)
    must_be_live(deal.proposal)
    worded = [proposal.paragraph for proposal in deal.proposals if proposal.kind != "move"]
    if len(set(worded)) < len(worded):
        raise out_of_order(
            lazy("Two proposals of this package are on one paragraph: redraft that paragraph with both in it.")
        )
    nobody_may_object(deal.objecting)
    for passage, proposal in deal.parts:
        if proposal.status == "flagged":
            raise out_of_order(
                lazy("Words that proposal %(number)s rests on have changed: its holders have to renew it first.")
                % {"number": proposal.number}
            )
        must_be_open(passage.paragraph, passage.silences)


@act("proposal.incorporated", "Take a proposal into the text", by=STAFF)
def incorporate(occasion: Occasion, inputs: Incorporate) -> ProposalIncorporated:
    """The drafter takes a proposal into the text, with all the others of its package.

    The base moves; what else rests on it moves along where its words still stand, is met where it says the same, and
    is flagged to its holders where its words are gone. A proposal to which someone objects may not be taken in.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    session = occasion.session
    proposal = proposal_of(session, text, inputs.proposal)
    must_be_drafted(text)
    must_be_live(proposal)
    # Before the guard: a drafter who comes second reads that somebody was first, not what became of the words since.
    must_be_unchanged(paragraph_of(session, text, proposal.paragraph), inputs.seen)
    deal = deal_of(session, text, proposal)
    may_incorporate(occasion.actor, meeting, text, deal)
    must_be_as_read(deal.proposals, inputs.read)
    names = [part.id for part in deal.proposals]
    changes, moves = [], []
    for passage, part in deal.parts:
        if part.kind == "move":
            moves.append(OtherPlace(paragraph=part.paragraph, after=part.after or None))
        else:
            changes.append(change_of(session, text, passage.paragraph, part.wording, names))
    return ProposalIncorporated(
        text=text.name,
        number=proposal.number,
        label=labels_of(session, text)[proposal.paragraph],
        proposals=names,
        numbers=[part.number for part in deal.proposals],
        changes=changes,
        moves=moves,
    )


@effect("proposal.incorporated")
def incorporated(session: Session, entry: Entry, body: ProposalIncorporated) -> None:
    """The new base, the places, and what becomes of the other proposals."""
    text = text_of(session, entry.meeting, body.text)
    settle(session, entry, body.proposals, "incorporated")
    for change in body.changes:
        move_base(session, entry, text, change, "incorporated")
    for move in body.moves:
        place_after(session, entry, text, move.paragraph, move.after)
    text.changed = entry.number


@phrase("proposal.incorporated")
def say_incorporated(_entry: Entry, body: ProposalIncorporated) -> str:
    """The proposals and the paragraph."""
    return gettext("Proposal %(numbers)s is taken into the text, paragraph %(label)s") % {
        "numbers": in_a_row(map(str, body.numbers)),
        "label": place_label(body.label),
    }


class Redraft(InText, frozen=True, kw_only=True):
    """The drafter's own wording of a paragraph."""

    paragraph: Hidden
    seen: HiddenNumber
    wording: Annotated[str, Meta(title="New base", max_length=8_000, extra={"widget": "textarea"})] = ""
    strike: Annotated[bool, Meta(title="Take the paragraph out")] = False
    merged: Annotated[list[str], Meta(title="Proposals merged into it", extra={"choices": "text proposals"})] = []


class ParagraphRedrafted(Body, frozen=True, kw_only=True):
    """The drafter's own wording, and what becomes of the proposals on the paragraph."""

    text: str
    label: str
    """The number of the paragraph."""
    merged: list[str]
    """The proposals that are in it."""
    numbers: list[int]
    """Their numbers, in the same order."""
    change: BaseChange


@guard("paragraph.redrafted")
def may_redraft(_viewer: Viewer, _meeting: Meeting, passage: Passage) -> None:
    """The text is being drafted, and the paragraph is open."""
    must_be_at_work(passage)


@act("paragraph.redrafted", "Redraft a paragraph", by=STAFF)
def redraft(occasion: Occasion, inputs: Redraft) -> ParagraphRedrafted:
    """The drafter writes a new base for a paragraph, and may name proposals that are thereby merged into it.

    Or takes the paragraph out. All other proposals on it move along, are met, or are flagged to their
    holders.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    session = occasion.session
    passage = passage_of(session, text, inputs.paragraph)
    may_redraft(occasion.actor, meeting, passage)
    paragraph = passage.paragraph
    must_be_unchanged(paragraph, inputs.seen)
    labels = labels_of(session, text)
    wording = fit_for(paragraph, inputs.wording, labels) if inputs.wording.strip() or not inputs.strike else ""
    if inputs.strike:
        not_the_title(paragraph)
    if inputs.strike == bool(wording):
        raise invalid(wording=lazy("Give the new wording, or say that the paragraph is to be taken out."))
    if wording == paragraph.wording:
        raise invalid(wording=lazy("This is what the paragraph says already."))
    merged = [live_proposal(session, text, name) for name in dict.fromkeys(inputs.merged)]
    for proposal in merged:
        if proposal.paragraph != paragraph.id:
            raise invalid(merged=lazy("Only proposals on this paragraph can be merged into it."))
        if proposal.package:
            raise out_of_order(lazy("A proposal of a package is taken with its package, or the package is untied."))
    names = [proposal.id for proposal in merged]
    nobody_may_object(objecting(positions_on(session, names)))
    return ParagraphRedrafted(
        text=text.name,
        label=labels[paragraph.id],
        merged=names,
        numbers=[proposal.number for proposal in merged],
        change=change_of(session, text, paragraph, wording, names),
    )


@effect("paragraph.redrafted")
def redrafted(session: Session, entry: Entry, body: ParagraphRedrafted) -> None:
    """The new base, and what becomes of all proposals."""
    text = text_of(session, entry.meeting, body.text)
    settle(session, entry, body.merged, "incorporated")
    move_base(session, entry, text, body.change, "redrafted" if body.change.wording else "struck")
    text.changed = entry.number


@phrase("paragraph.redrafted")
def say_redrafted(_entry: Entry, body: ParagraphRedrafted) -> str:
    """The paragraph, and the proposals merged into it."""
    if body.numbers:
        return gettext("Paragraph %(label)s is redrafted with proposals %(numbers)s in it") % {
            "label": place_label(body.label),
            "numbers": in_a_row(map(str, body.numbers)),
        }
    return gettext("Paragraph %(label)s is redrafted") % {"label": place_label(body.label)}
