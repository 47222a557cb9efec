"""Looking up persons and their seats."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import PUBLIC_READER, ROLE_NAMES, Actor, Role
from suhbat.acts.places import Place, find_place
from suhbat.ground.clock import Clock, instant
from suhbat.people.models import Invitation, Person, SeatRow
from suhbat.people.signing import seats_of
from suhbat.people.standing import Standing


def actor_for(session: Session, person: str) -> Actor:
    """A person with the seats held at this moment; the public reader if there is no such person."""
    found = session.get(Person, person) if person else None
    return Actor(found.id, found.name, seats_of(session, found.id)) if found else PUBLIC_READER


@dataclass(frozen=True)
class Listed:
    """A seat in the list of a place's people."""

    row: SeatRow
    role: str
    """In the reader's language."""
    status: str
    """`seated`, `invited` or `expired`."""
    expires: str
    """When the open letter expires (`clock.stamp`); empty if none is open."""
    renewable: bool
    """Whether the reader may give a new letter for it, or end it."""


def seats_at(session: Session, here: Standing, now: Clock) -> list[Listed]:
    """The seats of a place that the reader may know of, with the newest open letter of each; two queries."""
    query = select(SeatRow).where(SeatRow.place == here.place, SeatRow.vacated.is_(False)).order_by(SeatRow.id)
    rows = [row for row in session.scalars(query) if here.sees(row)]
    letters = _open_letters(session, [row.id for row in rows])
    moment = now()
    listed = []
    for row in rows:
        expires = letters.get(row.id, "")
        alive = bool(expires) and moment < instant(expires)
        status = "seated" if row.person else "invited" if alive else "expired"
        over = here.over(Role(row.role), row.state)
        listed.append(Listed(row, str(ROLE_NAMES[Role(row.role)]), status, expires, over))
    return listed


def _open_letters(session: Session, seats: Sequence[str]) -> dict[str, str]:
    query = select(Invitation.seat, Invitation.expires).where(
        Invitation.seat.in_(seats), Invitation.used.is_(False), Invitation.revoked.is_(False)
    )
    return {seat: expires for seat, expires in session.execute(query.order_by(Invitation.id))}  # noqa: C416


@dataclass(frozen=True)
class Own:
    """One of the own seats, as the person sees it."""

    row: SeatRow
    role: str
    place: Place | None


def own_seats(session: Session, person: str) -> list[Own]:
    """A person's seats, the newest first."""
    query = select(SeatRow).where(SeatRow.person == person, SeatRow.vacated.is_(False))
    rows = session.scalars(query.order_by(SeatRow.id.desc())).all()
    places = {place: find_place(session, place) for place in {row.place for row in rows} if place}
    return [Own(row, str(ROLE_NAMES[Role(row.role)]), places.get(row.place)) for row in rows]


def open_letters_for(session: Session, person: str) -> list[Invitation]:
    """Letters by which someone could come in as this person: nobody should give one out unnoticed."""
    query = select(Invitation).join(SeatRow, SeatRow.id == Invitation.seat)
    query = query.where(SeatRow.person == person, Invitation.used.is_(False), Invitation.revoked.is_(False))
    return list(session.scalars(query.order_by(Invitation.id)))
