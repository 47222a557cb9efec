"""The drafter's desk: taking proposals over, merging, setting aside; compromises."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row, listed
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.lookup import (
    CHAIR,
    LIVE,
    Hidden,
    HiddenNumber,
    InText,
    as_seen,
    drafting_text,
    fit,
    fit_for,
    labels_of,
    live_proposal,
    not_the_title,
    open_paragraph,
    paragraph_of,
    proposal_of,
    text_of,
)
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation.base_change import change_of, move_base, settle
from suhbat.texts.negotiation.open_text import place_after
from suhbat.texts.negotiation.proposals import OnProposal, OnWords, as_read
from suhbat.texts.negotiation.propose import Propose, keep_proposal, proposed, stands_again, who
from suhbat.texts.place_labels import place_said

Reason = Annotated[str, Meta(title="Reason", min_length=3, max_length=1_000)]


class Incorporate(OnWords, frozen=True, kw_only=True):
    """A proposal to be taken into the text."""

    seen: HiddenNumber


@act("proposal.incorporated", "Take a proposal into the text", by=STAFF)
def incorporate(occasion: Occasion, inputs: Incorporate) -> dict[str, Any]:
    """The drafter takes a proposal into the text, with all the others of its package.

    The base moves; what else rests on it moves along where its words still stand, is met where it says the same, and
    is flagged to its holders where its words are gone. A proposal to which someone objects may not be taken in.
    """
    text = drafting_text(occasion, inputs)
    session = occasion.session
    proposal = live_proposal(session, text, inputs.proposal)
    as_seen(paragraph_of(session, text, proposal.paragraph), inputs.seen)
    taken = _deal(session, proposal)
    as_read(taken, inputs.read)
    _nobody_objects(session, taken)
    labels = labels_of(session, text)
    changes, moves = [], []
    for each in taken:
        if each.state == "flagged":
            raise out_of_order(
                lazy("Words that proposal %(number)s rests on have changed: its holders have to renew it first.")
                % {"number": each.number}
            )
        paragraph = open_paragraph(occasion, text, each.paragraph)
        if each.kind == "move":
            moves.append({"paragraph": paragraph.id, "after": each.after or None})
        else:
            changes.append(change_of(session, text, paragraph, each.wording, [t.id for t in taken]))
    return {
        "text": text.name,
        "number": proposal.number,
        "label": labels[proposal.paragraph],
        "proposals": [each.id for each in taken],
        "numbers": [each.number for each in taken],
        "changes": changes,
        "moves": moves,
    }


def _deal(session: Session, proposal: Proposal) -> list[Proposal]:
    """The proposal, or all that is still asked of its package. Two of one package on one paragraph are redrafted."""
    if proposal.package is None:
        return [proposal]
    query = select(Proposal).where(Proposal.package == proposal.package, Proposal.state.in_(LIVE))
    tied = list(session.scalars(query.order_by(Proposal.number)))
    wordings = [each.paragraph for each in tied if each.kind != "move"]
    if len(set(wordings)) < len(wordings):
        raise out_of_order(
            lazy("Two proposals of this package are on one paragraph: redraft that paragraph with both in it.")
        )
    return tied


def _nobody_objects(session: Session, taken: list[Proposal]) -> None:
    from suhbat.texts.lookup import positions_on  # noqa: PLC0415

    against = sorted({p.delegation for p in positions_on(session, [t.id for t in taken]) if p.stand == "objects"})
    if against:
        raise out_of_order(lazy("There is an objection: %(who)s.") % {"who": listed(map(who, against))})


@effect("proposal.incorporated")
def incorporated(session: Session, entry: Entry) -> None:
    """The new base, the fate of the others, the places."""
    text = text_of(session, entry.meeting, entry.body["text"])
    settle(session, entry, entry.body["proposals"], "incorporated")
    for change in entry.body["changes"]:
        move_base(session, entry, text, change, "incorporated")
    for each in entry.body["moves"]:
        place_after(session, entry, text, each["paragraph"], each["after"])
    text.changed = entry.number


@phrase("proposal.incorporated")
def say_incorporated(entry: Entry) -> str:
    """Which, and where."""
    return gettext("Proposal %(numbers)s is taken into the text, paragraph %(label)s") % {
        "numbers": in_a_row(map(str, entry.body["numbers"])),
        "label": place_said(entry.body["label"]),
    }


class Redraft(InText, frozen=True, kw_only=True):
    """The drafter's own wording of a paragraph."""

    paragraph: Hidden
    seen: HiddenNumber
    wording: Annotated[str, Meta(title="New base", max_length=8_000, extra={"widget": "textarea"})] = ""
    strike: Annotated[bool, Meta(title="Take the paragraph out")] = False
    merged: Annotated[list[str], Meta(title="Proposals merged into it", extra={"choices": "text proposals"})] = []


@act("paragraph.redrafted", "Redraft a paragraph", by=STAFF)
def redraft(occasion: Occasion, inputs: Redraft) -> dict[str, Any]:
    """The drafter writes a new base for a paragraph, and may name proposals that are thereby merged into it.

    Or takes the paragraph out. All other proposals on it move along, are met, or are flagged to their
    holders.
    """
    text = drafting_text(occasion, inputs)
    session = occasion.session
    paragraph = open_paragraph(occasion, text, inputs.paragraph)
    as_seen(paragraph, inputs.seen)
    labels = labels_of(session, text)
    wording = fit_for(paragraph, inputs.wording, labels) if inputs.wording.strip() or not inputs.strike else ""
    if inputs.strike:
        not_the_title(paragraph)
    if inputs.strike == bool(wording):
        raise invalid(wording=lazy("Give the new wording, or say that the paragraph is to be taken out."))
    if wording == paragraph.wording:
        raise invalid(wording=lazy("This is what the paragraph says already."))
    merged = [live_proposal(session, text, name) for name in dict.fromkeys(inputs.merged)]
    for each in merged:
        if each.paragraph != paragraph.id:
            raise invalid(merged=lazy("Only proposals on this paragraph can be merged into it."))
        if each.package:
            raise out_of_order(lazy("A proposal of a package is taken with its package, or the package is untied."))
    _nobody_objects(session, merged)
    return {
        "text": text.name,
        "label": labels[paragraph.id],
        "merged": [each.id for each in merged],
        "numbers": [each.number for each in merged],
        "change": change_of(session, text, paragraph, wording, [each.id for each in merged]),
    }


@effect("paragraph.redrafted")
def redrafted(session: Session, entry: Entry) -> None:
    """The new base, and the fate of all proposals."""
    text = text_of(session, entry.meeting, entry.body["text"])
    settle(session, entry, entry.body["merged"], "incorporated")
    change = entry.body["change"]
    move_base(session, entry, text, change, "redrafted" if change["wording"] else "struck")
    text.changed = entry.number


@phrase("paragraph.redrafted")
def say_redrafted(entry: Entry) -> str:
    """Which paragraph, and what went into it."""
    if entry.body["numbers"]:
        return gettext("Paragraph %(label)s is redrafted with proposals %(numbers)s in it") % {
            "label": place_said(entry.body["label"]),
            "numbers": in_a_row(map(str, entry.body["numbers"])),
        }
    return gettext("Paragraph %(label)s is redrafted") % {"label": place_said(entry.body["label"])}


class SetAside(OnWords, frozen=True, kw_only=True):
    """A proposal to be put aside, and why."""

    reason: Reason


@act("proposal.set_aside", "Set a proposal aside", by=STAFF)
def set_aside(occasion: Occasion, inputs: SetAside) -> dict[str, Any]:
    """The drafter sets a proposal aside, with the reason. It stays in sight and can be taken up again."""
    text = drafting_text(occasion, inputs)
    proposal = live_proposal(occasion.session, text, inputs.proposal)
    as_read([proposal], inputs.read)
    return _about(occasion.session, text, proposal) | {"reason": fit(inputs.reason, {}, "reason")}


@effect("proposal.set_aside")
def was_set_aside(session: Session, entry: Entry) -> None:
    """Settled, with the reason."""
    settle(session, entry, [entry.body["proposal"]], "set-aside", entry.body["reason"])


@phrase("proposal.set_aside")
def say_set_aside(entry: Entry) -> str:
    """Which, where."""
    return gettext("Proposal %(number)s in paragraph %(label)s is set aside") % _named(entry)


@act("proposal.taken_up", "Take up a proposal again", by=STAFF)
def take_up(occasion: Occasion, inputs: OnProposal) -> dict[str, Any]:
    """The drafter takes up again what was set aside.

    If its words have changed since, or a holder asks for something else in their place by now, it is renewed first.
    """
    text = drafting_text(occasion, inputs)
    proposal = proposal_of(occasion.session, text, inputs.proposal)
    if proposal.state != "set-aside":
        raise out_of_order(lazy("This proposal was not set aside."))
    paragraph = open_paragraph(occasion, text, proposal.paragraph)
    current = stands_again(occasion.session, text, paragraph, proposal)
    return _about(occasion.session, text, proposal) | {"state": "open" if current else "flagged"}


@effect("proposal.taken_up")
def taken_up(session: Session, entry: Entry) -> None:
    """It asks again."""
    settle(session, entry, [entry.body["proposal"]], entry.body["state"])


@phrase("proposal.taken_up")
def say_taken_up(entry: Entry) -> str:
    """Which, where."""
    return gettext("Proposal %(number)s in paragraph %(label)s is taken up again") % _named(entry)


@act("compromise.offered", "Offer a compromise", by=STAFF)
def offer(occasion: Occasion, inputs: Propose) -> dict[str, Any]:
    """The chair offers a wording of its own, held by the chair and answered by the delegations like any proposal."""
    return proposed(occasion, drafting_text(occasion, inputs), inputs, CHAIR)


@effect("compromise.offered")
def offered(session: Session, entry: Entry) -> None:
    """A proposal of the chair."""
    keep_proposal(session, entry)


@phrase("compromise.offered")
def say_offered(entry: Entry) -> str:
    """Where."""
    return gettext("The chair offers a compromise on paragraph %(label)s (proposal %(number)s)") % _named(entry)


def _about(session: Session, text: Text, proposal: Proposal) -> dict[str, Any]:
    label = labels_of(session, text)[proposal.paragraph]
    return {"text": text.name, "proposal": proposal.id, "number": proposal.number, "label": label}


def _named(entry: Entry) -> dict[str, Any]:
    return {"number": entry.body["number"], "label": place_said(entry.body["label"]) or "–"}
