"""The rooms to which every page leads back: the meetings in session where a reader has a seat.

Meetings are in a higher layer than pages. The package that has them registers how to find them.
"""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Viewer
from suhbat.ground.register import add_once

RoomFinder = Callable[[Session, Viewer], Sequence[Place]]
ROOM_FINDERS: list[RoomFinder] = []


def knows_rooms(finder: RoomFinder) -> RoomFinder:
    """Register a function that finds the meetings in session where a reader has a seat."""
    add_once(ROOM_FINDERS, finder, "the finders of rooms")
    return finder


def has_rooms(viewer: Viewer, path: str) -> bool:
    """Whether a page of this address leads back to rooms at all: the room itself does not."""
    seated = any(seat.role in PARTICIPANT_ROLES and seat.place for seat in viewer.seats)
    return seated and not viewer.anonymous and not path.rstrip("/").endswith("/room")


def open_rooms(session: Session, viewer: Viewer) -> list[Place]:
    """The meetings in session where the reader has a seat."""
    return [place for finder in ROOM_FINDERS for place in finder(session, viewer)]
