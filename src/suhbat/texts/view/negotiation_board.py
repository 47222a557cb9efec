"""Where everyone stands, paragraph by paragraph: clean, open, blocked, waiting for whom; and whose move it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from suhbat.texts.models import Paragraph, Position, Proposal
from suhbat.texts.text_lookup import CHAIR


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
    """Words that a proposal rests on are gone: its holders decide."""


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
    """How many paragraphs stand how."""

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
    if paragraph.state != "open":
        return Row(Status(paragraph.state), cells)
    if not live:
        return Row(Status.CLEAN, cells, (CHAIR,))
    if flagged := tuple(dict.fromkeys(each.by for each in live if each.state == "flagged")):
        return Row(Status.REPAIR, cells, flagged)
    return _asked(live, positions, cells)


def _asked(live: Sequence[Proposal], positions: Mapping[str, Mapping[str, Position]], cells: Mapping[str, Cell]) -> Row:
    """Judge a paragraph whose proposals all rest on its present words."""
    stands = {p.stand for each in live for p in positions.get(each.id, {}).values()}
    unanswered = tuple(state for state, cell in cells.items() if cell.to_answer)
    if "objects" in stands:
        return Row(Status.BLOCKED, cells, (CHAIR, *unanswered))
    if unanswered:
        return Row(Status.OPEN, cells, unanswered)
    if "reserves" in stands:
        waiting = {state for each in live for state, p in positions.get(each.id, {}).items() if p.stand == "reserves"}
        return Row(Status.RESERVED, cells, tuple(state for state in cells if state in waiting))
    return Row(Status.READY, cells, (CHAIR,))


def _cell(state: str, live: Sequence[Proposal], positions: Mapping[str, Mapping[str, Position]]) -> Cell:
    said = {each.id: positions.get(each.id, {}).get(state) for each in live}
    missing = sum(each.state == "open" and state not in each.holders and said[each.id] is None for each in live)
    stands = {position.stand for position in said.values() if position is not None}
    gravest = next((stand for stand in _GRAVEST if stand in stands), "")
    if any(state in each.holders for each in live):
        return Cell(gravest if gravest in {"objects", "reserves"} else "asks", missing)
    return Cell("unanswered" if missing else gravest, missing)


def tally(rows: Iterable[Row]) -> Tally:
    """Count a board."""
    clean = open_ = blocked = 0
    moves: dict[str, int] = {}
    for each in rows:
        clean += each.status in {Status.AGREED, Status.AD_REFERENDUM, Status.CLEAN}
        open_ += each.status in {Status.OPEN, Status.READY, Status.RESERVED, Status.REPAIR}
        blocked += each.status == Status.BLOCKED
        if each.status != Status.CLEAN:
            for state in each.waits_for:
                cell = each.cells.get(state)
                moves[state] = moves.get(state, 0) + (cell.to_answer if cell is not None and cell.to_answer else 1)
    return Tally(clean, open_, blocked, moves)
