"""Carrying a proposal to a new base: it moves along where its words still stand; elsewhere its holders decide."""

from dataclasses import dataclass
from enum import StrEnum

from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import NEWEST, Edit, applied, difference


class Fate(StrEnum):
    """What a new base means for a proposal."""

    MOVED = "moved"
    """Its words still stand: it asks the same of the new base."""
    MET = "met"
    """The new base has all that it asks for."""
    FLAGGED = "flagged"
    """Words it rests on have changed: its holders decide. The proposal itself stays as it was."""


@dataclass(frozen=True, slots=True)
class Rebased:
    """The fate, the wording against the new base, and what would still fit of a flagged one."""

    fate: Fate
    wording: str
    """For `MOVED` the new wording; for `FLAGGED` the old one, as it was proposed."""
    fits: str
    """The new base with those changes whose words still stand; the first repair that holders are offered."""


def rebased(old_base: str, new_base: str, wording: str, version: int = NEWEST) -> Rebased:
    """Carry a proposal from one base to the next."""
    own = difference(old_base, wording, version)
    moves = difference(old_base, new_base, version)
    carried: list[Edit] = []
    torn = False
    for edit in own:
        if edit in moves:
            continue
        if any(_touches(edit, move) for move in moves):
            torn = True
            continue
        shift = sum(len(move.words) - (move.end - move.start) for move in moves if move.end <= edit.start)
        _append(carried, Edit(edit.start + shift, edit.end + shift, edit.words))
    fits = applied(tokens(new_base, version), carried)
    if torn:
        return Rebased(Fate.FLAGGED, wording, fits)
    return Rebased(Fate.MOVED if carried else Fate.MET, fits, fits)


def _append(edits: list[Edit], edit: Edit) -> None:
    """Add an edit. Two insertions around base words that were deleted become one, in their order."""
    last = edits[-1] if edits else None
    if last is not None and last.start == last.end == edit.start == edit.end:
        edits[-1] = Edit(edit.start, edit.end, last.words + edit.words)
    else:
        edits.append(edit)


def _touches(edit: Edit, move: Edit) -> bool:
    """Whether the base has changed in the very words, or at the very place, that a proposal speaks of."""
    if edit.overlaps(move):
        return True
    at_one_place = edit.start == edit.end and move.start <= edit.start <= move.end
    return at_one_place and move.start == move.end
