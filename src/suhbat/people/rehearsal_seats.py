"""The seats of a rehearsal: anyone may take any free one. They exist only if rehearsals are switched on."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Door, InMeeting, Occasion, Role, act, effect, guard, phrase
from suhbat.acts.bodies import read_body
from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.roles_and_seats import PUBLIC_READER, ROLE_NAMES, Actor, Viewer
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import Kind, Refused, conflict, not_found
from suhbat.people.models import Person, SeatRow
from suhbat.people.queries import actor_for
from suhbat.people.seat_bodies import KeptPerson, KeptSeat
from suhbat.record.entries import Entry

STAFF_SEATS = {
    "secretariat": Role.SECRETARIAT,
    "note-taker": Role.NOTE_TAKER,
    "interpreter": Role.INTERPRETER,
    "observer": Role.OBSERVER,
}
"""Seats without a delegation, by the word for them in an address."""


class SittingDown(InMeeting, frozen=True, kw_only=True):
    """The seat to take."""

    seat: Annotated[
        str, Meta(max_length=20, title="Seat", description="A state's code, or `secretariat`, `note-taker` and so on.")
    ]


class RehearsalSeatTaken(Body, frozen=True, kw_only=True):
    """The seat by its word in an address, the seats that are taken together, and the person who plays there."""

    seat: str
    seats: list[KeptSeat]
    person: KeptPerson


@guard("rehearsal.seat_taken")
def may_sit(_viewer: Viewer, _place: Place, sitter: str | None) -> None:
    """Anyone, if the seat is free. `sitter` is the person who has it."""
    if sitter:
        raise conflict(lazy("Someone sits there already."))


@act("rehearsal.seat_taken", "Sit down in a rehearsal", by={Role.ANYONE}, rehearsal=True)
def sit(occasion: Occasion, inputs: SittingDown) -> RehearsalSeatTaken:
    """In a rehearsal anyone may sit down in any seat, and bears the name of who really sat there.

    The head of the delegation in the chair takes the chair's seat with it. This act exists only where rehearsals are
    switched on, and only at meetings that are marked as rehearsed: nobody can so enter a real one.
    """
    place = rehearsed(occasion.session, inputs.meeting)
    seats = seats_of(place, inputs.seat)
    if not seats:
        raise not_found(lazy("There is no such seat."))
    may_sit(occasion.actor, place, sitting(occasion.session, place.id, inputs.seat))
    return RehearsalSeatTaken(seat=inputs.seat, seats=seats, person=KeptPerson(id=new_id(), name=seats[0].name))


@effect("rehearsal.seat_taken")
def sat_down(session: Session, entry: Entry, body: RehearsalSeatTaken) -> None:
    """The newcomer gets the seats. The person is added if it is new."""
    if session.get(Person, body.person.id) is None:
        session.add(Person(id=body.person.id, name=body.person.name))
        session.flush()
    session.add_all(seat.row(session, entry.audience, body.person.id) for seat in body.seats)


@phrase("rehearsal.seat_taken")
def say_sat_down(_entry: Entry, body: RehearsalSeatTaken) -> str:
    """The sentence that says whom the newcomer plays."""
    return _("%(name)s sat down (rehearsal)") % {"name": body.person.name}


def sit_down(door: Door, meeting: str, seat: str) -> Actor:
    """The person in a seat of a rehearsal. If nobody has it, the seat is taken. For pages and for automatic players."""
    with door.database.reading() as session:
        rehearsed(session, meeting)
        person = sitting(session, meeting, seat)
    if person is None:
        try:
            done = door.perform(PUBLIC_READER, "rehearsal.seat_taken", SittingDown(meeting=meeting, seat=seat))
            person = read_body(done.entry, RehearsalSeatTaken).person.id
        except Refused as refusal:
            if refusal.kind != Kind.CONFLICT:
                raise
    with door.database.reading() as session:
        return actor_for(session, person or sitting(session, meeting, seat) or "")


def rehearsed(session: Session, meeting: str) -> Place:
    """The rehearsed meeting with this id. A real meeting is not found."""
    place = find_place(session, meeting)
    if place is None or not place.rehearsal:
        raise not_found(lazy("No such meeting is being rehearsed."))
    return place


def sitting(session: Session, meeting: str, seat: str) -> str | None:
    """The id of the person in a seat of a rehearsal; None if the seat is free."""
    sitters = select(SeatRow.person).where(
        SeatRow.place == meeting, SeatRow.vacated.is_(False), SeatRow.person.is_not(None)
    )
    if role := STAFF_SEATS.get(seat):
        sitters = sitters.where(SeatRow.role == role, SeatRow.state == "")
    else:
        sitters = sitters.where(SeatRow.role.in_([Role.HEAD, Role.OBSERVER]), SeatRow.state == seat)
    return session.scalars(sitters.order_by(SeatRow.id)).first()


def seats_of(place: Place, seat: str) -> list[KeptSeat]:
    """The seats that are taken together: the head's, and the chair's if the delegation is in the chair."""
    if role := STAFF_SEATS.get(seat):
        return [_seat(place, role, "", str(ROLE_NAMES[role].message), "")]
    if seat not in place.states:
        return []
    name, office = place.heads.get(seat, ("", ""))
    name = name or f"Head of delegation, {seat}"
    if seat in place.observers:
        return [_seat(place, Role.OBSERVER, seat, name, office)]
    roles = [Role.HEAD, Role.CHAIR] if seat == place.chair else [Role.HEAD]
    return [_seat(place, role, seat, name, office) for role in roles]


def _seat(place: Place, role: Role, state: str, name: str, office: str) -> KeptSeat:
    return KeptSeat(
        id=new_id(),
        role=str(role),
        place=place.id,
        state=state,
        name=name,
        office=office,
        organiser=role == Role.HEAD,
    )
