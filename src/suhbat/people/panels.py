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
    """How many people have taken a seat, and how many letters are open or expired; None for who may not invite.

    Somebody with two seats here, such as a head in the chair, is one person.
    """
    here = standing(session, actor, meeting)
    place = find_place(session, meeting)
    if not here or place is None:
        return None
    seats = seats_at(session, here, moment)
    return {
        "place": place,
        "here": here,
        "seated": len({seat.row.person for seat in seats if seat.status == "seated"}),
        "invited": sum(seat.status == "invited" for seat in seats),
        "expired": sum(seat.status == "expired" for seat in seats),
    }
