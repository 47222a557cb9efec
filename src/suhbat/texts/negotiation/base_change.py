"""A change of a paragraph's base, and what becomes of every proposal that rests on it.

The rule decides the fate of each proposal and writes it into the entry, so that the record itself says what became of
it; the effect only applies what the entry says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid
from suhbat.record.entries import Entry
from suhbat.texts.models import Package, Paragraph, Position, Proposal, Revision, Text
from suhbat.texts.negotiation.paragraph_places import FreshParagraph, insert_after
from suhbat.texts.text_guard_checks import LIVE, TITLE, Passage, base_of, live_on
from suhbat.texts.wording.rebase import Fate, Rebased, rebased
from suhbat.texts.wording.unicode_cleaning import cleaned


class CarriedProposal(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a proposal when its paragraph, or the proposal that it amends, gets other words."""

    proposal: str
    number: int
    fate: str
    """`moved`, `met` or `flagged`: see `wording.rebase.Fate`."""
    wording: str
    """Its wording from now on."""
    to: str | msgspec.UnsetType = msgspec.UNSET
    """The paragraph that was split off with its words; absent where it stays on its own paragraph."""


class BaseChange(msgspec.Struct, frozen=True, kw_only=True):
    """A new base of a paragraph, and what becomes of the proposals that rest on it."""

    paragraph: str
    revision: int
    """The number of the new revision."""
    wording: str
    """Empty: the paragraph is deleted."""
    split: list[FreshParagraph]
    """The paragraphs that blank lines split off; they stand behind it."""
    carried: list[CarriedProposal]


def change_of(
    session: Session, text: Text, paragraph: Paragraph, wording: str, settled: Iterable[str] = ()
) -> BaseChange:
    """A new base for a paragraph, for the body of an entry. `settled` are proposals that this very act settles.

    A blank line in the wording splits it: the rest becomes paragraphs of their own, of the same kind. A proposal whose
    words stand in one of those moves there with them.
    """
    first, *rest = wording.split("\n\n")
    split = [FreshParagraph(id=new_id(), kind=paragraph.kind, wording=part) for part in rest if part]
    done = set(settled)
    carried: list[CarriedProposal] = []
    bases: dict[str, tuple[str, str]] = {}  # by proposal: the old and the new base of its amendments
    torn: set[str] = set()
    live = live_on(session, paragraph.id)
    amended = {proposal.amends for proposal in live}
    for proposal in sorted(live, key=lambda proposal: proposal.amends is not None):
        if proposal.kind == "move":
            continue
        if proposal.id in done:
            bases[proposal.id] = (proposal.wording, first)
            continue
        spoken_of = bases.get(proposal.amends or "", (paragraph.wording, first))
        outcome = _carried(proposal, *spoken_of, first, text.algorithm)
        if outcome is None:
            continue
        if proposal.amends in torn:
            outcome = Rebased(Fate.FLAGGED, proposal.wording, first)
        stays = bool(proposal.amends) or proposal.id in amended
        if (
            outcome.fate == Fate.FLAGGED
            and not stays
            and (followed := _followed(proposal, paragraph.wording, split, text.algorithm))
        ):
            carried.append(followed)
            continue
        if outcome.fate == Fate.FLAGGED:
            torn.add(proposal.id)
        stands = outcome.fate == Fate.MOVED
        bases[proposal.id] = (proposal.wording, outcome.wording if stands else first)
        carried.append(_carried_proposal(proposal, outcome))
    return BaseChange(
        paragraph=paragraph.id, revision=paragraph.revision + 1, wording=first, split=split, carried=carried
    )


def _carried_proposal(
    proposal: Proposal, outcome: Rebased, to: str | msgspec.UnsetType = msgspec.UNSET
) -> CarriedProposal:
    return CarriedProposal(
        proposal=proposal.id, number=proposal.number, fate=str(outcome.fate), wording=outcome.wording, to=to
    )


def _carried(proposal: Proposal, old: str, new: str, base: str, version: int) -> Rebased | None:
    """What becomes of a proposal when its base moves from `old` to `new`; None: nothing changes for it.

    The base of an amendment is the proposal that it amends, or the paragraph where that proposal is taken or met.
    """
    if proposal.status == "flagged":
        # It rests on words that changed earlier. Where the new base says exactly what it asks, it is met.
        return Rebased(Fate.MET, proposal.wording, base) if proposal.wording == base else None
    if proposal.kind == "deletion" and base:
        return Rebased(Fate.MOVED, "", "")  # a deletion asks the same, whatever the paragraph says
    outcome = carried_along(old, new, proposal.wording, version)
    return replace(outcome, fate=Fate.MET) if outcome.wording == base else outcome


def _followed(proposal: Proposal, old: str, split: list[FreshParagraph], version: int) -> CarriedProposal | None:
    """How a proposal moves with its words into a paragraph that was split off; None where it does not."""
    for part in split:
        outcome = carried_along(old, part.wording, proposal.wording, version)
        if outcome.fate == Fate.MOVED and outcome.wording not in {"", part.wording}:
            return _carried_proposal(proposal, outcome, part.id)
    return None


def carried_along(old: str, new: str, wording: str, version: int) -> Rebased:
    """A wording of `old` as one of `new`, cleaned; flagged where no words would be left, so that its holders decide."""
    outcome = rebased(old, new, wording, version)
    if outcome.fate != Fate.MOVED:
        return outcome
    moved = cleaned(outcome.wording)
    return replace(outcome, wording=moved) if moved or not wording else Rebased(Fate.FLAGGED, wording, new)


def at_present(session: Session, passage: Passage, revision: int, wording: str) -> str:
    """A wording of a revision against the present base; refused where the words it changes have changed."""
    paragraph = passage.paragraph
    if wording and revision != paragraph.revision:
        base = base_of(session, paragraph, revision)
        outcome = rebased(base, paragraph.wording, wording, passage.text.algorithm)
        if outcome.fate == Fate.FLAGGED or not (moved := cleaned(outcome.wording)):
            raise conflict(
                lazy("The paragraph was changed in these very words after you read it. Your wording is kept below.")
            )
        wording = moved
    if wording == paragraph.wording:
        raise invalid(wording=lazy("This is what the paragraph says already."))
    return wording


def amendments_carried(session: Session, text: Text, proposal: Proposal, wording: str) -> list[CarriedProposal]:
    """What becomes of the amendments to a proposal whose holders change its words."""
    return [
        _carried_proposal(amendment, carried_along(proposal.wording, wording, amendment.wording, text.algorithm))
        for amendment in live_on(session, proposal.paragraph)
        if amendment.amends == proposal.id and amendment.status == "open"
    ]


def carry(session: Session, entry: Entry, carried: Iterable[CarriedProposal], base: int | None = None) -> None:
    """Apply to proposals the fate that an entry gives; `base` is the revision that they rest on from now on."""
    for change in carried:
        proposal = session.get_one(Proposal, change.proposal)
        proposal.changed = entry.number
        if isinstance(change.to, str):
            proposal.paragraph, proposal.base, proposal.wording = change.to, 1, change.wording
        elif change.fate == Fate.MOVED:
            proposal.base, proposal.wording = proposal.base if base is None else base, change.wording
        elif change.fate == Fate.MET:
            settle(session, entry, [proposal.id], "met")
        else:
            proposal.status = "flagged"


def move_base(session: Session, entry: Entry, text: Text, change: BaseChange, why: str) -> None:
    """Apply a change of base."""
    paragraph = session.get_one(Paragraph, change.paragraph)
    paragraph.revision, paragraph.wording = change.revision, change.wording
    paragraph.changed = entry.number
    if paragraph.kind == TITLE:
        text.title = change.wording
    session.add(
        Revision(
            paragraph=paragraph.id,
            number=change.revision,
            wording=change.wording,
            why=why,
            entry=entry.number,
            time=stamp(entry.time),
        )
    )
    if change.split:
        insert_after(session, entry, text, paragraph.id, change.split, "split")
    carry(session, entry, change.carried, change.revision)
    session.flush()


def settle(session: Session, entry: Entry, proposals: Iterable[str], status: str, why: str = "") -> None:
    """Give proposals a new status; a package whose part is withdrawn or set aside is untied."""
    for name in proposals:
        proposal = session.get_one(Proposal, name)
        proposal.status, proposal.why, proposal.changed = status, why, entry.number
        if proposal.package and status in {"withdrawn", "set-aside"}:
            untie(session, proposal.package)
        if status not in LIVE:
            _free_amendments(session, entry, proposal)
    session.flush()


def _free_amendments(session: Session, entry: Entry, proposal: Proposal) -> None:
    """Make amendments of a settled proposal proposals of their own; flagged where that was withdrawn or set aside."""
    amendments = select(Proposal).where(Proposal.amends == proposal.id, Proposal.status.in_(LIVE))
    for amendment in session.scalars(amendments):
        amendment.amends, amendment.changed = None, entry.number
        if proposal.status in {"withdrawn", "set-aside"}:
            amendment.status = "flagged"


class NamedPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A package and its title."""

    id: str
    title: str


def keep_package(session: Session, entry: Entry, text: Text, package: NamedPackage, proposals: Sequence[str]) -> None:
    """Tie proposals together."""
    by = session.get_one(Proposal, proposals[0]).by
    session.add(Package(id=package.id, text=text.id, title=package.title, by=by, entry=entry.number))
    session.flush()
    for name in proposals:
        session.get_one(Proposal, name).package = package.id
    session.flush()


def untie(session: Session, package: str) -> None:
    """Make the proposals of a package independent again."""
    for proposal in session.scalars(select(Proposal).where(Proposal.package == package)):
        proposal.package = None
    session.flush()


def ask_again(session: Session, proposal: str) -> None:
    """Delete the answers to a proposal: they were to another wording, and everyone answers again."""
    session.execute(delete(Position).where(Position.proposal == proposal))
