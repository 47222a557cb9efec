"""Panels about people: on the desk of a meeting, and the forms that wait for a head of delegation."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.panels import panel
from suhbat.acts.place_finders import find_place
from suhbat.people.prepared_forms import waiting_forms
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


@panel("prepared", "me", "Prepared for you", "people/prepared.html", order=5)
def prepared_on_own_page(session: Session, actor: Viewer, _meeting: str) -> dict[str, Any] | None:
    """The forms that wait, at every meeting; None if there are none."""
    return _waiting(session, actor, "")


@panel("prepared-here", "room", "Prepared", "people/prepared.html", order=45, refresh_on=("form.",))
def prepared_in_room(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The forms that wait at this meeting; None if there are none."""
    return _waiting(session, actor, meeting)


def _waiting(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    forms = waiting_forms(session, actor, meeting)
    return {"forms": forms} if forms else None
