"""When the base of a paragraph moves: what becomes of it and of every proposal that rests on it.

The rule works out the fate of each proposal and writes it into the entry, so that the record itself says how each
was carried; the effect only does what the entry says.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.record.entries import Entry
from suhbat.texts.lookup import LIVE, TITLE, live_on
from suhbat.texts.models import Package, Paragraph, Position, Proposal, Revision, Text
from suhbat.texts.negotiation.open_text import insert_after
from suhbat.texts.wording.rebase import Fate, Rebased, rebased
from suhbat.texts.wording.unicode_cleaning import cleaned


def change_of(
    session: Session, text: Text, paragraph: Paragraph, wording: str, settled: Iterable[str] = ()
) -> dict[str, Any]:
    """A new base for a paragraph, as an entry's body tells it. `settled` are proposals that this very act settles.

    A blank line in the wording parts it: what follows becomes paragraphs of their own, of the same kind. A proposal
    whose words stand in one of those goes there with them.
    """
    first, *rest = wording.split("\n\n")
    split = [{"id": new_id(), "kind": paragraph.kind, "wording": part} for part in rest if part]
    done = set(settled)
    carried: list[dict[str, Any]] = []
    bases: dict[str, tuple[str, str]] = {}  # by proposal, what its amendments spoke of and speak of now
    torn: set[str] = set()
    live = live_on(session, paragraph.id)
    amended = {each.amends for each in live}
    for each in sorted(live, key=lambda proposal: proposal.amends is not None):
        if each.kind == "move":
            continue
        if each.id in done:
            bases[each.id] = (each.wording, first)
            continue
        outcome = _carried(each, *bases.get(each.amends or "", (paragraph.wording, first)), first, text.algorithm)
        if outcome is None:
            continue
        if each.amends in torn:
            outcome = Rebased(Fate.FLAGGED, each.wording, first)
        there = {} if each.amends or each.id in amended else _followed(each, paragraph.wording, split, text.algorithm)
        if outcome.fate == Fate.FLAGGED and there:
            carried.append({"proposal": each.id, "number": each.number, "fate": str(Fate.MOVED), **there})
            continue
        if outcome.fate == Fate.FLAGGED:
            torn.add(each.id)
        stands = outcome.fate == Fate.MOVED
        bases[each.id] = (each.wording, outcome.wording if stands else first)
        told = {"proposal": each.id, "number": each.number, "fate": str(outcome.fate), "wording": outcome.wording}
        carried.append(told)
    return {
        "paragraph": paragraph.id,
        "revision": paragraph.revision + 1,
        "wording": first,
        "split": split,
        "carried": carried,
    }


def _carried(proposal: Proposal, old: str, new: str, base: str, version: int) -> Rebased | None:
    """What becomes of a proposal when what it speaks of moves from `old` to `new`; None: nothing new is to be said.

    An amendment speaks of the proposal that it amends; where that one is taken or met, of the base.
    """
    if proposal.state == "flagged":
        # It rests on words that went before. Where the new base says just what it asked, it is met.
        return Rebased(Fate.MET, proposal.wording, base) if proposal.wording == base else None
    if proposal.kind == "deletion" and base:
        return Rebased(Fate.MOVED, "", "")  # to leave a paragraph out is the same wish, whatever it says
    outcome = carried_along(old, new, proposal.wording, version)
    return replace(outcome, fate=Fate.MET) if outcome.wording == base else outcome


def _followed(proposal: Proposal, old: str, split: list[dict[str, str]], version: int) -> dict[str, str]:
    """The paragraph that was parted off with the words a proposal speaks of, and what it asks there; else nothing."""
    for part in split:
        outcome = carried_along(old, part["wording"], proposal.wording, version)
        if outcome.fate == Fate.MOVED and outcome.wording not in {"", part["wording"]}:
            return {"to": part["id"], "wording": outcome.wording}
    return {}


def carried_along(old: str, new: str, wording: str, version: int) -> Rebased:
    """A wording of `old` as one of `new`, fit to be kept; what would leave no words at all is asked of its holders."""
    outcome = rebased(old, new, wording, version)
    if outcome.fate != Fate.MOVED:
        return outcome
    kept = cleaned(outcome.wording)
    return replace(outcome, wording=kept) if kept or not wording else Rebased(Fate.FLAGGED, wording, new)


def amendments_carried(session: Session, text: Text, proposal: Proposal, wording: str) -> list[dict[str, Any]]:
    """What becomes of the amendments to a proposal whose holders word it anew."""
    made = []
    for each in live_on(session, proposal.paragraph):
        if each.amends == proposal.id and each.state == "open":
            outcome = carried_along(proposal.wording, wording, each.wording, text.algorithm)
            made.append(
                {"proposal": each.id, "number": each.number, "fate": str(outcome.fate), "wording": outcome.wording}
            )
    return made


def carry(session: Session, entry: Entry, carried: Iterable[dict[str, Any]], base: int | None = None) -> None:
    """Let proposals meet the fate that an entry tells; `base` is the revision that they rest on from now on."""
    for each in carried:
        proposal = session.get_one(Proposal, each["proposal"])
        proposal.changed = entry.number
        if each.get("to"):
            proposal.paragraph, proposal.base, proposal.wording = each["to"], 1, each["wording"]
        elif each["fate"] == Fate.MOVED:
            proposal.base, proposal.wording = proposal.base if base is None else base, each["wording"]
        elif each["fate"] == Fate.MET:
            settle(session, entry, [proposal.id], "met")
        else:
            proposal.state = "flagged"


def move_base(session: Session, entry: Entry, text: Text, change: dict[str, Any], why: str) -> None:
    """Let a change of base take effect."""
    paragraph = session.get_one(Paragraph, change["paragraph"])
    paragraph.revision, paragraph.wording = change["revision"], change["wording"]
    paragraph.changed = entry.number
    if paragraph.kind == TITLE:
        text.title = change["wording"]
    session.add(
        Revision(
            paragraph=paragraph.id,
            number=change["revision"],
            wording=change["wording"],
            why=why,
            entry=entry.number,
            time=stamp(entry.time),
        )
    )
    if change["split"]:
        insert_after(session, entry, text, paragraph.id, change["split"], "split")
    carry(session, entry, change["carried"], change["revision"])
    session.flush()


def settle(session: Session, entry: Entry, proposals: Iterable[str], state: str, why: str = "") -> None:
    """Mark proposals as settled; a package that loses a part otherwise than by being taken is none any more."""
    for name in proposals:
        proposal = session.get_one(Proposal, name)
        proposal.state, proposal.why, proposal.changed = state, why, entry.number
        if proposal.package and state in {"withdrawn", "set-aside"}:
            untie(session, proposal.package)
        if state not in LIVE:
            _free_amendments(session, entry, proposal)
    session.flush()


def _free_amendments(session: Session, entry: Entry, proposal: Proposal) -> None:
    """What amended a proposal stands for itself once that is settled; where it was given up, its holders are asked."""
    for each in session.scalars(select(Proposal).where(Proposal.amends == proposal.id, Proposal.state.in_(LIVE))):
        each.amends, each.changed = None, entry.number
        if proposal.state in {"withdrawn", "set-aside"}:
            each.state = "flagged"


def keep_package(session: Session, entry: Entry, text: Text, package: dict[str, str], proposals: list[str]) -> None:
    """Tie proposals together."""
    by = session.get_one(Proposal, proposals[0]).by
    session.add(Package(id=package["id"], text=text.id, title=package["title"], by=by, entry=entry.number))
    session.flush()
    for name in proposals:
        session.get_one(Proposal, name).package = package["id"]
    session.flush()


def untie(session: Session, package: str) -> None:
    """The parts of a package stand for themselves again."""
    for each in session.scalars(select(Proposal).where(Proposal.package == package)):
        each.package = None
    session.flush()


def ask_again(session: Session, proposal: str) -> None:
    """Answers were to another wording: everyone is asked again."""
    session.execute(delete(Position).where(Position.proposal == proposal))
