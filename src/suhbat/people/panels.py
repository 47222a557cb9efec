"""The panel about people on the desk of a meeting."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.panels import panel
from suhbat.acts.place_finders import find_place
from suhbat.people.queries import seats_at
from suhbat.people.seat_managers import standing


@panel("people", "desk", "People and seats", "people/desk.html", order=30, refresh_on=("seat.",))
def people(session: Session, actor: Viewer, meeting: str, moment: datetime) -> dict[str, Any] | None:
    """The numbers of seats taken and of open and expired letters; None for a viewer who may not invite."""
    here = standing(session, actor, meeting)
    place = find_place(session, meeting)
    if not here or place is None:
        return None
    seats = seats_at(session, here, moment)
    return {
        "place": place,
        "here": here,
        "seated": sum(seat.status == "seated" for seat in seats),
        "invited": sum(seat.status == "invited" for seat in seats),
        "expired": sum(seat.status == "expired" for seat in seats),
    }
