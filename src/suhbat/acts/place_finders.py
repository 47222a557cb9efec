"""The places of seats: a meeting or a format with its title, its date and its delegations, and the sides of states.

Seats, letters of invitation and sign-in pages are in a lower layer than meetings and formats. The packages that have
places register how to find them; lower packages find a place here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import Side
from suhbat.ground.register import add_once


@dataclass(frozen=True)
class Place:
    """One meeting or one format, with what seats need to know about it."""

    id: str
    title: str
    page: str
    """Its address on this server, without a language."""
    when: str = ""
    """A day, month or year."""
    where: str = ""
    """Text such as a city; empty if unknown or by video."""
    chair: str = ""
    """The state in the chair."""
    states: tuple[str, ...] = ()
    """The delegations, in protocol order."""
    observers: tuple[str, ...] = ()
    """The delegations that are observers."""
    heads: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By state: the head's name and office, if they are known."""
    rehearsal: bool = False
    """Whether any newcomer may take a seat here (if rehearsals are switched on)."""
    over: bool = False
    """Whether it was cancelled or is only reported by sources. No seat can be offered then."""
    reported: bool = False
    """Whether the summary record of this meeting is published. From then on standing seats report, its own no more."""


Finder = Callable[[Session, str], Place | None]
FINDERS: list[Finder] = []


def knows_places(finder: Finder) -> Finder:
    """Register a function that finds places by their ids."""
    add_once(FINDERS, finder, "the finders of places")
    return finder


def find_place(session: Session, place: str) -> Place | None:
    """The meeting or format of this id; None if no package has it."""
    return next((match for finder in FINDERS if (match := finder(session, place))), None)


Closed = Callable[[Session, str], bool]
CLOSED: list[Closed] = []


def stays_closed(finder: Closed) -> Closed:
    """Register a function that tells whether nothing that happens at a place becomes public."""
    add_once(CLOSED, finder, "the finders of closed places")
    return finder


def is_closed(session: Session, place: str) -> bool:
    """Whether nothing that happens at a place becomes public, whatever an act's own audience is."""
    return any(finder(session, place) for finder in CLOSED)


SideFinder = Callable[[Session, str], dict[str, Side] | None]
SIDE_FINDERS: list[SideFinder] = []


def knows_sides(finder: SideFinder) -> SideFinder:
    """Register a function that finds how states take part at a place: by state, its side. None: not its place."""
    add_once(SIDE_FINDERS, finder, "the finders of sides")
    return finder


def find_sides(session: Session, place: str) -> dict[str, Side]:
    """By state: whether it is a member, a partner or an observer at a place. Empty if no package has the place."""
    return next((sides for finder in SIDE_FINDERS if (sides := finder(session, place)) is not None), {})
