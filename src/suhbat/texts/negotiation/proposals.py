"""What becomes of a proposal in its holders' hands: revised, joined, left, withdrawn, repaired; tied to others."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import SPEAKERS, STAFF, Role
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import conflict, invalid, not_allowed, out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.lookup import (
    CHAIR,
    Hidden,
    HiddenNumber,
    InText,
    Wording,
    base_of,
    delegation_in,
    drafting_text,
    fit,
    fit_for,
    in_order,
    labels_of,
    live_proposal,
    open_paragraph,
    text_of,
)
from suhbat.texts.models import Package, Position, Proposal, Text
from suhbat.texts.negotiation.base_change import amendments_carried, ask_again, carry, keep_package, settle, untie
from suhbat.texts.negotiation.propose import Note, holds_once, holds_one_place, who
from suhbat.texts.place_labels import place_said
from suhbat.texts.wording.rebase import rebased
from suhbat.texts.wording.unicode_cleaning import cleaned

OWNERS = SPEAKERS | {Role.CHAIR, Role.SECRETARIAT}


class OnProposal(InText, frozen=True, kw_only=True):
    """An act on one proposal."""

    proposal: Hidden


class OnWords(OnProposal, frozen=True, kw_only=True):
    """An act on what a proposal asks, as it was read."""

    read: HiddenNumber = 0
    """The entry as of which the page was drawn; 0 where a program does not say."""


def as_read(proposals: Iterable[Proposal], read: int) -> None:
    """Refuse an act on words that have become others since they were read."""
    if read and any(each.worded > read for each in proposals):
        raise conflict(lazy("This proposal has changed since you opened it. Look again and decide anew."))


class Revise(OnProposal, frozen=True, kw_only=True):
    """Another wording for a proposal."""

    seen: HiddenNumber
    wording: Wording = ""
    note: Note = ""


def sides(occasion: Occasion, text: Text) -> set[str]:
    """For whom the actor may act on proposals: the own delegation, the chair, or both (a head in the chair)."""
    seats = occasion.actor.seats_at(text.meeting)
    found = {seat.state for seat in seats if seat.role in SPEAKERS and seat.state in text.order}
    if any(seat.role in STAFF for seat in seats):
        found.add(CHAIR)
    return found or {delegation_in(occasion, text)}


def own_proposal(occasion: Occasion, text: Text, name: str) -> Proposal:
    """A live proposal made by the actor's side."""
    found = live_proposal(occasion.session, text, name)
    if found.by not in sides(occasion, text):
        raise not_allowed(lazy("Only those who made the proposal can do this."))
    return found


def _about(text: Text, proposal: Proposal, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "text": text.name,
        "proposal": proposal.id,
        "number": proposal.number,
        "by": proposal.by,
        "label": labels[proposal.paragraph],
    }


@act("proposal.revised", "Revise a proposal", by=OWNERS)
def revise(occasion: Occasion, inputs: Revise) -> dict[str, Any]:
    """Those who made a proposal change its wording.

    Nobody is bound to the new one by the old: answers fall away, and those who had joined are asked again.
    """
    text = drafting_text(occasion, inputs)
    proposal = own_proposal(occasion, text, inputs.proposal)
    if proposal.changed != inputs.seen:
        raise conflict(lazy("This proposal has changed since you opened it. Look again and decide anew."))
    if proposal.kind in {"move", "deletion"}:
        raise out_of_order(lazy("This proposal has no wording. Withdraw it and propose other words."))
    paragraph = open_paragraph(occasion, text, proposal.paragraph)
    labels = labels_of(occasion.session, text)
    wording = fit_for(paragraph, inputs.wording, labels)
    if not wording:
        raise invalid(wording=lazy("To leave the paragraph out is a proposal of its own."))
    if wording == paragraph.wording:
        raise invalid(wording=lazy("This is what the paragraph says already. Withdraw the proposal instead."))
    holds_once(occasion.session, text, paragraph, proposal.by, wording, proposal.id)
    return _about(text, proposal, labels) | {
        "carried": amendments_carried(occasion.session, text, proposal, wording),
        "wording": wording,
        "base": paragraph.revision,
        "note": fit(inputs.note, {}, "note"),
        "asked_again": [each for each in proposal.holders if each != proposal.by],
    }


@effect("proposal.revised")
def revised(session: Session, entry: Entry) -> None:
    """The new wording, held by its maker alone."""
    proposal = session.get_one(Proposal, entry.body["proposal"])
    proposal.wording, proposal.base, proposal.note = (entry.body[name] for name in ("wording", "base", "note"))
    proposal.holders, proposal.state = [proposal.by], "open"
    proposal.worded = proposal.changed = entry.number
    ask_again(session, proposal.id)
    carry(session, entry, entry.body.get("carried", ()))


@phrase("proposal.revised")
def say_revised(entry: Entry) -> str:
    """Whose, and where."""
    return gettext("%(who)s revises proposal %(number)s in paragraph %(label)s") % _named(entry)


@act("proposal.joined", "Join a proposal", by=SPEAKERS)
def join(occasion: Occasion, inputs: OnWords) -> dict[str, Any]:
    """A delegation makes another's proposal its own: it is named among the holders. Its earlier answer falls away."""
    text = drafting_text(occasion, inputs)
    state = delegation_in(occasion, text)
    proposal = live_proposal(occasion.session, text, inputs.proposal)
    as_read([proposal], inputs.read)
    if state in proposal.holders:
        raise out_of_order(lazy("Your delegation holds this proposal already."))
    if proposal.state == "flagged":
        raise out_of_order(lazy("The words it rests on have changed. Its holders have to say first what it asks now."))
    paragraph = open_paragraph(occasion, text, proposal.paragraph)
    if proposal.kind == "move":
        holds_one_place(occasion.session, paragraph, state)
    else:
        holds_once(occasion.session, text, paragraph, state, proposal.wording)
    about = _about(text, proposal, labels_of(occasion.session, text))
    return about | {"joined": state, "holders": in_order(text, [*proposal.holders, state])}


@effect("proposal.joined")
def joined(session: Session, entry: Entry) -> None:
    """One more holder, one answer less."""
    proposal = session.get_one(Proposal, entry.body["proposal"])
    proposal.holders, proposal.changed = entry.body["holders"], entry.number
    own = select(Position).where(Position.proposal == proposal.id, Position.delegation == entry.body["joined"])
    for answer in session.scalars(own):
        session.delete(answer)


@phrase("proposal.joined")
def say_joined(entry: Entry) -> str:
    """Who joined what."""
    return gettext("%(who)s joins proposal %(number)s in paragraph %(label)s") % _named(entry, "joined")


class Withdraw(OnProposal, frozen=True, kw_only=True):
    """A proposal to be given up."""

    reason: Annotated[str, Meta(title="Reason", max_length=1_000)] = ""


@act("proposal.withdrawn", "Withdraw a proposal", by=OWNERS)
def withdraw(occasion: Occasion, inputs: Withdraw) -> dict[str, Any]:
    """A holder gives a proposal up. While others hold it, it stays theirs; with the last holder it ends."""
    text = drafting_text(occasion, inputs)
    proposal = live_proposal(occasion.session, text, inputs.proposal)
    side = next((each for each in proposal.holders if each in sides(occasion, text)), "")
    if not side:
        raise not_allowed(lazy("Only a holder can withdraw a proposal."))
    about = _about(text, proposal, labels_of(occasion.session, text))
    left = [each for each in proposal.holders if each != side]
    return about | {"left_by": side, "holders": left, "reason": fit(inputs.reason, {}, "reason")}


@effect("proposal.withdrawn")
def withdrawn(session: Session, entry: Entry) -> None:
    """It passes to the holders that are left, or ends."""
    proposal = session.get_one(Proposal, entry.body["proposal"])
    proposal.changed = entry.number
    if entry.body["holders"]:
        proposal.holders = entry.body["holders"]
        proposal.by = proposal.by if proposal.by in proposal.holders else proposal.holders[0]
    else:
        settle(session, entry, [proposal.id], "withdrawn", entry.body["reason"])


@phrase("proposal.withdrawn")
def say_withdrawn(entry: Entry) -> str:
    """Who gave up what; whether it still stands."""
    if entry.body["holders"]:
        return gettext("%(who)s leaves proposal %(number)s in paragraph %(label)s") % _named(entry, "left_by")
    return gettext("%(who)s withdraws proposal %(number)s in paragraph %(label)s") % _named(entry, "left_by")


class Repair(OnProposal, frozen=True, kw_only=True):
    """What a flagged proposal asks of the present wording."""

    seen: HiddenNumber
    how: Annotated[Literal["keep", "fit"], Meta(title="How", extra={"words_of": "how a proposal is renewed"})] = "fit"


@act("proposal.repaired", "Repair a proposal", by=OWNERS)
def repair(occasion: Occasion, inputs: Repair) -> dict[str, Any]:
    """The base has changed in the words a proposal rests on, and its maker says in one tap what it asks now.

    The paragraph just as it was asked (`keep`), or the present wording with what still fits (`fit`).
    """
    text = drafting_text(occasion, inputs)
    proposal = own_proposal(occasion, text, inputs.proposal)
    if proposal.state != "flagged":
        raise out_of_order(lazy("This proposal needs no repair."))
    if proposal.changed != inputs.seen:
        raise conflict(lazy("This proposal has changed since you opened it. Look again and decide anew."))
    paragraph = open_paragraph(occasion, text, proposal.paragraph)
    wording = proposal.wording
    if inputs.how == "fit":
        old = base_of(occasion.session, paragraph, proposal.base)
        wording = cleaned(rebased(old, paragraph.wording, proposal.wording, text.algorithm).fits)
        if wording == paragraph.wording or not wording:
            raise out_of_order(lazy("Nothing of it fits any more. Keep it as it was asked, or withdraw it."))
    for state in proposal.holders:
        holds_once(occasion.session, text, paragraph, state, wording, proposal.id)
    return _about(text, proposal, labels_of(occasion.session, text)) | {
        "how": inputs.how,
        "wording": wording,
        "base": paragraph.revision,
        "holders": proposal.holders if inputs.how == "keep" else [proposal.by],
        "met": wording == paragraph.wording,
    }


@effect("proposal.repaired")
def repaired(session: Session, entry: Entry) -> None:
    """It asks again, of the present revision."""
    proposal = session.get_one(Proposal, entry.body["proposal"])
    proposal.wording, proposal.base, proposal.holders = (entry.body[name] for name in ("wording", "base", "holders"))
    proposal.state = "met" if entry.body["met"] else "open"
    proposal.worded = proposal.changed = entry.number
    ask_again(session, proposal.id)


@phrase("proposal.repaired")
def say_repaired(entry: Entry) -> str:
    """Whose."""
    return gettext("%(who)s renews proposal %(number)s on the present wording of paragraph %(label)s") % _named(entry)


class Tie(InText, frozen=True, kw_only=True):
    """Proposals that belong together."""

    title: Annotated[str, Meta(title="What the deal is", min_length=3, max_length=200)]
    proposals: Annotated[list[str], Meta(title="Proposals", min_length=2, extra={"choices": "text proposals"})]


@act("package.tied", "Tie proposals to a package", by=OWNERS)
def tie(occasion: Occasion, inputs: Tie) -> dict[str, Any]:
    """Proposals are declared one deal: taken all together or not at all.

    A delegation ties what it holds itself; the chair may tie any.
    """
    text = drafting_text(occasion, inputs)
    own = sides(occasion, text)
    tied = [live_proposal(occasion.session, text, name) for name in dict.fromkeys(inputs.proposals)]
    if any(each.package for each in tied):
        raise out_of_order(lazy("One of these belongs to a package already."))
    side = next((state for state in sorted(own - {CHAIR}) if all(state in each.holders for each in tied)), CHAIR)
    if side not in own:
        raise not_allowed(lazy("A delegation ties only proposals that it holds."))
    if len(tied) < 2:  # noqa: PLR2004  (a deal has two sides)
        raise invalid(proposals=lazy("A package has at least two proposals."))
    return {
        "text": text.name,
        "by": side,
        "package": {"id": new_id(), "title": fit(inputs.title, {}, "title")},
        "proposals": [each.id for each in tied],
        "numbers": [each.number for each in tied],
    }


@effect("package.tied")
def tied(session: Session, entry: Entry) -> None:
    """The package."""
    text = text_of(session, entry.meeting, entry.body["text"])
    keep_package(session, entry, text, entry.body["package"], entry.body["proposals"])
    session.get_one(Package, entry.body["package"]["id"]).by = entry.body["by"]


@phrase("package.tied")
def say_tied(entry: Entry) -> str:
    """Which proposals."""
    numbers = in_a_row(map(str, entry.body["numbers"]))
    return gettext("%(who)s ties proposals %(numbers)s together: %(title)s") % {
        "who": who(entry.body["by"]),
        "numbers": numbers,
        "title": entry.body["package"]["title"],
    }


class Untie(InText, frozen=True, kw_only=True):
    """A package to be taken apart."""

    package: Hidden


@act("package.untied", "Take a package apart", by=OWNERS)
def take_apart(occasion: Occasion, inputs: Untie) -> dict[str, Any]:
    """Whoever tied a package takes it apart; its proposals stand for themselves again."""
    text = drafting_text(occasion, inputs)
    package = occasion.session.get(Package, inputs.package)
    if package is None or package.text != text.id or package.by not in sides(occasion, text):
        raise not_allowed(lazy("Only those who tied a package can take it apart."))
    return {"text": text.name, "package": package.id, "title": package.title, "by": package.by}


@effect("package.untied")
def taken_apart(session: Session, entry: Entry) -> None:
    """Each for itself."""
    untie(session, entry.body["package"])


def _named(entry: Entry, side: str = "by") -> dict[str, Any]:
    return {"who": who(entry.body[side]), "number": entry.body["number"], "label": place_said(entry.body["label"])}
