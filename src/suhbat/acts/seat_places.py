"""Where seats are: what a meeting or a format is called, when it is, and who is invited to it.

Seats, letters of invitation and sign-in pages stand on a lower floor than meetings and formats. The rooms that know
a place register how to find it; whoever needs to name the place asks here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from suhbat.ground.register import add_once


@dataclass(frozen=True)
class Place:
    """One meeting or one format, as far as seats need it."""

    id: str
    title: str
    page: str
    """Its address in this house, without a language."""
    when: str = ""
    """A day, month or year."""
    where: str = ""
    """Words such as a city; empty if unknown or by video."""
    chair: str = ""
    """The state in the chair."""
    states: tuple[str, ...] = ()
    """The delegations, in protocol order."""
    observers: tuple[str, ...] = ()
    """Those of them that are observers."""
    heads: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By state, the head's name and office where they are known."""
    rehearsal: bool = False
    """Whether any newcomer may sit down here (where rehearsals are switched on at all)."""
    over: bool = False
    """Whether it was cancelled, or is only reported by sources: no seat can be offered there."""


Finder = Callable[[Session, str], Place | None]
FINDERS: list[Finder] = []


def knows_places(finder: Finder) -> Finder:
    """Register a room that knows places by their ids."""
    add_once(FINDERS, finder, "the finders of places")
    return finder


def find_place(session: Session, place: str) -> Place | None:
    """The meeting or format of this id; None if no room knows it."""
    return next((found for finder in FINDERS if (found := finder(session, place))), None)
