"""When the base of a paragraph moves: what becomes of it and of every proposal that rests on it.

The rule works out the fate of each proposal and writes it into the entry, so that the record itself says how each
was carried; the effect only does what the entry says.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.record.entries import Entry
from suhbat.texts.finding import live_on
from suhbat.texts.models import Package, Paragraph, Position, Proposal, Revision, Text
from suhbat.texts.opening import insert_after
from suhbat.texts.wording.rebasing import Fate, Rebased, rebased


def change_of(
    session: Session, text: Text, paragraph: Paragraph, wording: str, settled: Iterable[str] = ()
) -> dict[str, Any]:
    """A new base for a paragraph, as an entry's body tells it. `settled` are proposals that this very act settles.

    A blank line in the wording parts it: what follows becomes paragraphs of their own, of the same kind.
    """
    first, *rest = wording.split("\n\n")
    done = set(settled)
    carried = []
    for each in live_on(session, paragraph.id):
        if each.id in done or each.kind == "move":
            continue
        if each.state == "flagged":
            # It rests on words that went before. Where the new base says just what it asked, it is met.
            if each.wording == first:
                carried.append({"proposal": each.id, "number": each.number, "fate": "met", "wording": each.wording})
            continue
        outcome = rebased(paragraph.wording, first, each.wording, text.algorithm)
        if each.kind == "deletion" and first:
            outcome = Rebased(Fate.MOVED, "", "")  # to leave a paragraph out is the same wish, whatever it says
        carried.append(
            {"proposal": each.id, "number": each.number, "fate": str(outcome.fate), "wording": outcome.wording}
        )
    return {
        "paragraph": paragraph.id,
        "revision": paragraph.revision + 1,
        "wording": first,
        "split": [{"id": new_id(), "kind": paragraph.kind, "wording": part} for part in rest if part],
        "carried": carried,
    }


def move_base(session: Session, entry: Entry, text: Text, change: dict[str, Any], why: str) -> None:
    """Let a change of base take effect."""
    paragraph = session.get_one(Paragraph, change["paragraph"])
    paragraph.revision, paragraph.wording = change["revision"], change["wording"]
    paragraph.changed = entry.number
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
    for each in change["carried"]:
        proposal = session.get_one(Proposal, each["proposal"])
        proposal.changed = entry.number
        if each["fate"] == Fate.MOVED:
            proposal.base, proposal.wording = change["revision"], each["wording"]
        elif each["fate"] == Fate.MET:
            settle(session, entry, [proposal.id], "met")
        else:
            proposal.state = "flagged"
    if change["split"]:
        insert_after(session, entry, text, paragraph.id, change["split"], "split")
    session.flush()


def settle(session: Session, entry: Entry, proposals: Iterable[str], state: str, why: str = "") -> None:
    """Mark proposals as settled; a package that loses a part otherwise than by being taken is none any more."""
    for name in proposals:
        proposal = session.get_one(Proposal, name)
        proposal.state, proposal.why, proposal.changed = state, why, entry.number
        if proposal.package and state in {"withdrawn", "set-aside"}:
            untie(session, proposal.package)
    session.flush()


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
