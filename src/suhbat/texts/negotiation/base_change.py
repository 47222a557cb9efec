"""When the base of a paragraph moves: what becomes of it and of every proposal that rests on it.

The rule works out the fate of each proposal and writes it into the entry, so that the record itself says how each
was carried; the effect only does what the entry says.
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
from suhbat.texts.text_lookup import LIVE, TITLE, Passage, base_of, live_on
from suhbat.texts.wording.rebase import Fate, Rebased, rebased
from suhbat.texts.wording.unicode_cleaning import cleaned


class CarriedProposal(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a proposal whose paragraph, or whose amended proposal, is worded anew."""

    proposal: str
    number: int
    fate: str
    """`moved`, `met` or `flagged`: see `wording.rebase.Fate`."""
    wording: str
    """What it asks from now on."""
    to: str | msgspec.UnsetType = msgspec.UNSET
    """The paragraph that was parted off with its words; left out where it stays on its own."""


class BaseChange(msgspec.Struct, frozen=True, kw_only=True):
    """A new base of a paragraph, and what becomes of the proposals that rest on it."""

    paragraph: str
    revision: int
    """The number of the new revision."""
    wording: str
    """Empty: the paragraph is taken out."""
    split: list[FreshParagraph]
    """What was parted off by blank lines: the paragraphs behind it."""
    carried: list[CarriedProposal]


def change_of(
    session: Session, text: Text, paragraph: Paragraph, wording: str, settled: Iterable[str] = ()
) -> BaseChange:
    """A new base for a paragraph, as an entry's body tells it. `settled` are proposals that this very act settles.

    A blank line in the wording parts it: what follows becomes paragraphs of their own, of the same kind. A proposal
    whose words stand in one of those goes there with them.
    """
    first, *rest = wording.split("\n\n")
    split = [FreshParagraph(id=new_id(), kind=paragraph.kind, wording=part) for part in rest if part]
    done = set(settled)
    carried: list[CarriedProposal] = []
    bases: dict[str, tuple[str, str]] = {}  # by proposal, what its amendments spoke of and speak of now
    torn: set[str] = set()
    live = live_on(session, paragraph.id)
    amended = {proposal.amends for proposal in live}
    for proposal in sorted(live, key=lambda each: each.amends is not None):
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
            and (there := _followed(proposal, paragraph.wording, split, text.algorithm))
        ):
            carried.append(there)
            continue
        if outcome.fate == Fate.FLAGGED:
            torn.add(proposal.id)
        stands = outcome.fate == Fate.MOVED
        bases[proposal.id] = (proposal.wording, outcome.wording if stands else first)
        carried.append(_told(proposal, outcome))
    return BaseChange(
        paragraph=paragraph.id, revision=paragraph.revision + 1, wording=first, split=split, carried=carried
    )


def _told(proposal: Proposal, outcome: Rebased, to: str | msgspec.UnsetType = msgspec.UNSET) -> CarriedProposal:
    return CarriedProposal(
        proposal=proposal.id, number=proposal.number, fate=str(outcome.fate), wording=outcome.wording, to=to
    )


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


def _followed(proposal: Proposal, old: str, split: list[FreshParagraph], version: int) -> CarriedProposal | None:
    """How a proposal goes along with its words into a paragraph that was parted off; None where it does not."""
    for part in split:
        outcome = carried_along(old, part.wording, proposal.wording, version)
        if outcome.fate == Fate.MOVED and outcome.wording not in {"", part.wording}:
            return _told(proposal, outcome, part.id)
    return None


def carried_along(old: str, new: str, wording: str, version: int) -> Rebased:
    """A wording of `old` as one of `new`, fit to be kept; what would leave no words at all is asked of its holders."""
    outcome = rebased(old, new, wording, version)
    if outcome.fate != Fate.MOVED:
        return outcome
    moved = cleaned(outcome.wording)
    return replace(outcome, wording=moved) if moved or not wording else Rebased(Fate.FLAGGED, wording, new)


def at_present(session: Session, passage: Passage, revision: int, wording: str) -> str:
    """A wording of a revision against the present base; given back where the words it changes are gone."""
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
    """What becomes of the amendments to a proposal whose holders word it anew."""
    return [
        _told(amendment, carried_along(proposal.wording, wording, amendment.wording, text.algorithm))
        for amendment in live_on(session, proposal.paragraph)
        if amendment.amends == proposal.id and amendment.state == "open"
    ]


def carry(session: Session, entry: Entry, carried: Iterable[CarriedProposal], base: int | None = None) -> None:
    """Let proposals meet the fate that an entry tells; `base` is the revision that they rest on from now on."""
    for told in carried:
        proposal = session.get_one(Proposal, told.proposal)
        proposal.changed = entry.number
        if isinstance(told.to, str):
            proposal.paragraph, proposal.base, proposal.wording = told.to, 1, told.wording
        elif told.fate == Fate.MOVED:
            proposal.base, proposal.wording = proposal.base if base is None else base, told.wording
        elif told.fate == Fate.MET:
            settle(session, entry, [proposal.id], "met")
        else:
            proposal.state = "flagged"


def move_base(session: Session, entry: Entry, text: Text, change: BaseChange, why: str) -> None:
    """Let a change of base take effect."""
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
    amendments = select(Proposal).where(Proposal.amends == proposal.id, Proposal.state.in_(LIVE))
    for amendment in session.scalars(amendments):
        amendment.amends, amendment.changed = None, entry.number
        if proposal.state in {"withdrawn", "set-aside"}:
            amendment.state = "flagged"


class NamedPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A package, as it is tied."""

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
    """The parts of a package stand for themselves again."""
    for proposal in session.scalars(select(Proposal).where(Proposal.package == package)):
        proposal.package = None
    session.flush()


def ask_again(session: Session, proposal: str) -> None:
    """Answers were to another wording: everyone is asked again."""
    session.execute(delete(Position).where(Position.proposal == proposal))
