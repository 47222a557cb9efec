"""Where everyone stands, paragraph by paragraph: clean, open, blocked, waiting for whom; and whose move it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from suhbat.texts.models import Paragraph, Position, Proposal
from suhbat.texts.text_guard_checks import CHAIR


class Status(StrEnum):
    """How a paragraph stands."""

    AGREED = "agreed"
    AD_REFERENDUM = "ad-referendum"
    CLEAN = "clean"
    """Nothing is asked any more; the drafter may close it."""
    READY = "ready"
    """All have answered and nobody objects or reserves: the drafter may take it."""
    RESERVED = "reserved"
    OPEN = "open"
    """Answers are missing."""
    BLOCKED = "blocked"
    """Someone objects."""
    REPAIR = "repair"
    """Words that a proposal rests on have changed: its holders decide."""


@dataclass(frozen=True)
class Cell:
    """One delegation at one paragraph."""

    stand: str
    """`asks`, `objects`, `reserves`, `can-accept`, `supports`, `unanswered` or nothing."""
    to_answer: int = 0


@dataclass(frozen=True)
class Row:
    """One paragraph of the board."""

    status: Status
    cells: Mapping[str, Cell]
    waits_for: tuple[str, ...] = ()
    """Delegations, or the chair."""


@dataclass(frozen=True)
class Tally:
    """The number of paragraphs by how they stand."""

    clean: int = 0
    open: int = 0
    blocked: int = 0
    moves: Mapping[str, int] = field(default_factory=dict)
    """By delegation (or the chair): how many paragraphs wait for it."""


_GRAVEST = ("objects", "reserves", "can-accept", "supports")


def row(
    paragraph: Paragraph,
    live: Sequence[Proposal],
    positions: Mapping[str, Mapping[str, Position]],
    order: Sequence[str],
) -> Row:
    """Judge one paragraph; `positions` by proposal and delegation."""
    cells = {state: _cell(state, live, positions) for state in order}
    if paragraph.status != "open":
        return Row(Status(paragraph.status), cells)
    if not live:
        return Row(Status.CLEAN, cells, (CHAIR,))
    if flagged := tuple(dict.fromkeys(proposal.by for proposal in live if proposal.status == "flagged")):
        return Row(Status.REPAIR, cells, flagged)
    return _row_by_answers(live, positions, cells)


def _row_by_answers(
    live: Sequence[Proposal], positions: Mapping[str, Mapping[str, Position]], cells: Mapping[str, Cell]
) -> Row:
    """Judge a paragraph whose proposals all rest on its present words."""
    stands = {position.stand for proposal in live for position in positions.get(proposal.id, {}).values()}
    unanswered = tuple(state for state, cell in cells.items() if cell.to_answer)
    if "objects" in stands:
        return Row(Status.BLOCKED, cells, (CHAIR, *unanswered))
    if unanswered:
        return Row(Status.OPEN, cells, unanswered)
    if "reserves" in stands:
        answers = (answer for proposal in live for answer in positions.get(proposal.id, {}).items())
        reserving = {state for state, position in answers if position.stand == "reserves"}
        return Row(Status.RESERVED, cells, tuple(state for state in cells if state in reserving))
    return Row(Status.READY, cells, (CHAIR,))


def _cell(state: str, live: Sequence[Proposal], positions: Mapping[str, Mapping[str, Position]]) -> Cell:
    answers = {proposal.id: positions.get(proposal.id, {}).get(state) for proposal in live}
    missing = sum(
        proposal.status == "open" and state not in proposal.holders and answers[proposal.id] is None
        for proposal in live
    )
    stands = {position.stand for position in answers.values() if position is not None}
    gravest = next((stand for stand in _GRAVEST if stand in stands), "")
    if any(state in proposal.holders for proposal in live):
        return Cell(gravest if gravest in {"objects", "reserves"} else "asks", missing)
    return Cell("unanswered" if missing else gravest, missing)


def tally(rows: Iterable[Row]) -> Tally:
    """Count a board."""
    clean = open_ = blocked = 0
    moves: dict[str, int] = {}
    for line in rows:
        clean += line.status in {Status.AGREED, Status.AD_REFERENDUM, Status.CLEAN}
        open_ += line.status in {Status.OPEN, Status.READY, Status.RESERVED, Status.REPAIR}
        blocked += line.status == Status.BLOCKED
        if line.status != Status.CLEAN:
            for state in line.waits_for:
                cell = line.cells.get(state)
                moves[state] = moves.get(state, 0) + (cell.to_answer if cell is not None and cell.to_answer else 1)
    return Tally(clean, open_, blocked, moves)
