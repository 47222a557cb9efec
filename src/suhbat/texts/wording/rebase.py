"""When the base moves: a proposal goes along where its words still stand; where they do not, its holders are asked."""

from dataclasses import dataclass
from enum import StrEnum

from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import NEWEST, Edit, applied, difference


class Fate(StrEnum):
    """What a new base means for a proposal."""

    MOVED = "moved"
    """Its words still stand: it asks the same of the new base."""
    MET = "met"
    """All it asked for is in the new base."""
    FLAGGED = "flagged"
    """Words it rests on are gone: its holders decide. The proposal itself is unchanged."""


@dataclass(frozen=True, slots=True)
class Rebased:
    """The fate, the wording against the new base, and what would still fit of a flagged one."""

    fate: Fate
    wording: str
    """For `MOVED` the new wording; for `FLAGGED` the old one, as it was asked."""
    fits: str
    """The new base with those changes whose words still stand; the first repair that holders are offered."""


def rebased(old_base: str, new_base: str, wording: str, version: int = NEWEST) -> Rebased:
    """Carry a proposal from one base to the next."""
    own = difference(old_base, wording, version)
    moves = difference(old_base, new_base, version)
    kept: list[Edit] = []
    torn = False
    for edit in own:
        if edit in moves:
            continue
        if any(_touches(edit, move) for move in moves):
            torn = True
            continue
        shift = sum(len(move.words) - (move.end - move.start) for move in moves if move.end <= edit.start)
        _keep(kept, Edit(edit.start + shift, edit.end + shift, edit.words))
    fits = applied(tokens(new_base, version), kept)
    if torn:
        return Rebased(Fate.FLAGGED, wording, fits)
    return Rebased(Fate.MOVED if kept else Fate.MET, fits, fits)


def _keep(kept: list[Edit], edit: Edit) -> None:
    """Add an edit; words put in before and after base words that have gone now stand in one place, in that order."""
    last = kept[-1] if kept else None
    if last is not None and last.start == last.end == edit.start == edit.end:
        kept[-1] = Edit(edit.start, edit.end, last.words + edit.words)
    else:
        kept.append(edit)


def _touches(edit: Edit, move: Edit) -> bool:
    """Whether the base has changed in the very words, or at the very place, that a proposal speaks of."""
    if edit.overlaps(move):
        return True
    at_one_place = edit.start == edit.end and move.start <= edit.start <= move.end
    return at_one_place and move.start == move.end
