"""The seats of a rehearsal: whoever comes may sit down in any of them. There only where rehearsals are switched on."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Door, InMeeting, Occasion, Role, act
from suhbat.acts.actors import PUBLIC_READER, ROLE_NAMES, Actor
from suhbat.acts.seat_places import Place, find_place
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Kind, Refused, conflict, not_found
from suhbat.people.models import ORGANISER_KEY, SeatRow
from suhbat.people.queries import actor_for

STAFF_SEATS = {
    "secretariat": Role.SECRETARIAT,
    "note-taker": Role.NOTE_TAKER,
    "interpreter": Role.INTERPRETER,
    "observer": Role.OBSERVER,
}
"""Seats that belong to no delegation, by the word that names them in an address."""


class SittingDown(InMeeting, frozen=True, kw_only=True):
    """Which seat a newcomer wants."""

    seat: Annotated[
        str, Meta(max_length=20, title="Seat", description="A state's code, or `secretariat`, `note-taker` and so on.")
    ]


@act("rehearsal.seat_taken", "Sit down in a rehearsal", by={Role.ANYONE}, rehearsal=True)
def sit(occasion: Occasion, inputs: SittingDown) -> dict[str, Any]:
    """In a rehearsal anyone may sit down in any seat, and bears the name of who really sat there.

    The head of the delegation in the chair takes the chair's seat with it. This act exists only where rehearsals are
    switched on, and only at meetings that are marked as rehearsed: nobody can so enter a real one.
    """
    place = rehearsed(occasion.session, inputs.meeting)
    seats = seats_of(place, inputs.seat)
    if not seats:
        raise not_found(lazy("There is no such seat."))
    if sitting(occasion.session, place.id, inputs.seat):
        raise conflict(lazy("Someone sits there already."))
    return {"seat": inputs.seat, "seats": seats, "person": {"id": new_id(), "name": seats[0]["name"]}}


def sit_down(door: Door, meeting: str, seat: str) -> Actor:
    """Whoever plays a seat of a rehearsal, seated there if nobody was yet; for pages, and for what plays by itself."""
    with door.database.reading() as session:
        rehearsed(session, meeting)
        person = sitting(session, meeting, seat)
    if person is None:
        try:
            done = door.perform(PUBLIC_READER, "rehearsal.seat_taken", SittingDown(meeting=meeting, seat=seat))
            person = str(done.entry.body["person"]["id"])
        except Refused as refusal:
            if refusal.kind != Kind.CONFLICT:
                raise
    with door.database.reading() as session:
        return actor_for(session, person or sitting(session, meeting, seat) or "")


def rehearsed(session: Session, meeting: str) -> Place:
    """The rehearsed meeting of this id; a real one is as good as not there."""
    place = find_place(session, meeting)
    if place is None or not place.rehearsal:
        raise not_found(lazy("No such meeting is being rehearsed."))
    return place


def sitting(session: Session, meeting: str, seat: str) -> str | None:
    """The person who sits in a seat of a rehearsal; None if nobody does."""
    held = select(SeatRow.person).where(
        SeatRow.place == meeting, SeatRow.vacated.is_(False), SeatRow.person.is_not(None)
    )
    if role := STAFF_SEATS.get(seat):
        held = held.where(SeatRow.role == role, SeatRow.state == "")
    else:
        held = held.where(SeatRow.role.in_([Role.HEAD, Role.OBSERVER]), SeatRow.state == seat)
    return session.scalars(held.order_by(SeatRow.id)).first()


def seats_of(place: Place, seat: str) -> list[dict[str, Any]]:
    """The seats that come with one chair of the rehearsal: the delegation's, and the chair's if it presides."""
    if role := STAFF_SEATS.get(seat):
        return [_seat(place, role, "", str(ROLE_NAMES[role].message), "")]
    if seat not in place.states:
        return []
    name, office = place.heads.get(seat, ("", ""))
    name = name or f"Head of delegation, {seat}"
    if seat in place.observers:
        return [_seat(place, Role.OBSERVER, seat, name, office)]
    made = [_seat(place, Role.HEAD, seat, name, office)]
    if seat == place.chair:
        made.append(_seat(place, Role.CHAIR, seat, name, office))
    return made


def _seat(place: Place, role: Role, state: str, name: str, office: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "role": str(role),
        "place": place.id,
        "state": state,
        "name": name,
        "office": office,
        ORGANISER_KEY: role == Role.HEAD,
    }
