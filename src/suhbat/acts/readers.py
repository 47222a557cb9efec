"""Readers of the record by name: the public, the secretariats, one state, and one state's circle of a subject.

A copy of the record is made for such a reader, and shows what the reader may see at every place.
"""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.place_finders import find_sides
from suhbat.acts.roles_and_seats import PUBLIC_READER, Role, Seat, Side, Viewer
from suhbat.record.models import EntryRow

PUBLIC, SECRETARIAT = "public", "secretariat"


class NoSuchReaderError(ValueError):
    """The record has no such reader. The message is one line."""


def reader_named(session: Session, name: str) -> Viewer:
    """The reader of a name, with a seat at every place where the reader has one.

    `public`; `secretariat` (of every format and meeting); a state's code, such as `KZ` (the heads of its delegations);
    or a state with a subject, such as `KZ:health` (its standing seats for that subject). Raises `NoSuchReaderError`.
    """
    if name == PUBLIC:
        return PUBLIC_READER.viewer
    places = _places(session)
    if name == SECRETARIAT:
        return Viewer("", name, tuple(Seat(Role.SECRETARIAT, place) for place in places))
    state, colon, subject = name.partition(":")
    if colon and not subject:
        raise NoSuchReaderError(f"{name} names no subject")
    seat_at = _standing(state, subject) if subject else _head(state)
    sides = ((place, find_sides(session, place).get(state)) for place in places)
    seats = tuple(_seats(sides, seat_at))
    if not seats:
        raise NoSuchReaderError(f"{name} reads no closed entry here: say public, secretariat or a state's code")
    return Viewer("", name, seats)


def states_of(session: Session) -> list[str]:
    """The codes of all states that take part at some place with closed entries, in alphabetical order."""
    return sorted({state for place in _places(session) for state in find_sides(session, place)})


def _places(session: Session) -> list[str]:
    """The formats and meetings with closed entries. What is public needs no seat."""
    closed = EntryRow.audience != PUBLIC
    rows = session.execute(select(EntryRow.format, EntryRow.meeting).where(closed).distinct())
    return sorted({place for row in rows for place in row if place})


def _seats(sides: Iterable[tuple[str, Side | None]], seat_at: Callable[[str, Side], Seat | None]) -> Iterator[Seat]:
    for place, side in sides:
        if side is not None and (seat := seat_at(place, side)):
            yield seat


def _head(state: str) -> Callable[[str, Side], Seat | None]:
    """The head of a state's delegation sits at meetings, and sees there what the delegation sees."""

    def seat_at(place: str, side: Side) -> Seat | None:
        role = Role.OBSERVER if side == "observer" else Role.HEAD
        return Seat(role, place, state, side=side) if "/" in place else None

    return seat_at


def _standing(state: str, subject: str) -> Callable[[str, Side], Seat | None]:
    """A standing seat belongs to a format."""

    def seat_at(place: str, side: Side) -> Seat | None:
        return None if "/" in place else Seat(Role.STANDING, place, state, side=side, subject=subject)

    return seat_at
