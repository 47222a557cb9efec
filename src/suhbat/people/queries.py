"""Queries for persons and their seats."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.roles_and_seats import PUBLIC_READER, Actor, Role, Viewer
from suhbat.ground.clock import instant
from suhbat.ground.refusals import not_found
from suhbat.people.models import Invitation, Person, SeatRow
from suhbat.people.seat_labels import seat_label
from suhbat.people.seat_managers import SeatInQuestion, Standing, standing
from suhbat.people.session_cookie import seats_of


def actor_for(session: Session, person: str) -> Actor:
    """A person with the present seats; the public reader if there is no such person."""
    row = session.get(Person, person) if person else None
    return Actor(row.id, row.name, seats_of(session, row.id)) if row else PUBLIC_READER


def place_of(session: Session, row: SeatRow) -> Place:
    """The place of a seat. The installation has no page, so its page is the person's own account."""
    place = find_place(session, row.place) if row.place else None
    return place or Place(row.place, row.place, "/me")


def place_named(session: Session, place: str) -> Place:
    """The meeting or format that an act names; refused if there is none."""
    named = find_place(session, place) if place else None
    if named is None:
        raise not_found()
    return named


def row_of(session: Session, seat: str, place: str) -> SeatRow:
    """A seat at this place or, for a meeting, in its format. A seat of another place is not found."""
    row = session.get(SeatRow, seat)
    if row is None or row.place not in {place, place.partition("/")[0]}:
        raise not_found()
    return row


def seat_in_question(session: Session, viewer: Viewer, row: SeatRow) -> SeatInQuestion:
    """A seat with everything that the acts about it need."""
    seats_of_holder = select(SeatRow).where(SeatRow.person == row.person, SeatRow.vacated.is_(False))
    return SeatInQuestion(
        row,
        standing(session, viewer, row.place),
        letters=_open_letters(session, [row.id]).get(row.id, ()),
        further=session.scalars(seats_of_holder).all() if row.person else (),
    )


@dataclass(frozen=True)
class ListedSeat:
    """A seat in the list of a place's people."""

    in_question: SeatInQuestion
    role: str
    """In the reader's language."""
    status: str
    """`seated`, `invited` or `expired`."""

    @property
    def row(self) -> SeatRow:
        """The row of the seat."""
        return self.in_question.row

    @property
    def expires(self) -> str:
        """When the newest open letter expires (`clock.stamp`); empty if there is none."""
        return self.in_question.letters[-1].expires if self.in_question.letters else ""


def seats_at(session: Session, here: Standing, moment: datetime, *, shows_standing: bool = False) -> list[ListedSeat]:
    """The seats of a place that the viewer may know of, with letters and the holders' other seats, in two queries."""
    holders = select(SeatRow.person).where(SeatRow.place == here.place, SeatRow.vacated.is_(False))
    query = select(SeatRow).where(
        SeatRow.vacated.is_(False), or_(SeatRow.place == here.place, SeatRow.person.in_(holders))
    )
    rows_of_holders: dict[str, list[SeatRow]] = {}
    rows = []
    for row in session.scalars(query.order_by(SeatRow.id)):
        if row.person:
            rows_of_holders.setdefault(row.person, []).append(row)
        is_shown = here.sees(row) or (shows_standing and row.role == Role.STANDING)
        if row.place == here.place and is_shown:
            rows.append(row)
    letters = _open_letters(session, [row.id for row in rows])
    listed_seats = []
    for row in rows:
        further = rows_of_holders[row.person] if row.person else ()
        seat = SeatInQuestion(row, here, letters.get(row.id, ()), further)
        valid = bool(seat.letters) and moment < instant(seat.letters[-1].expires)
        status = "seated" if row.person else "invited" if valid else "expired"
        listed_seats.append(ListedSeat(seat, seat_label(row), status))
    return listed_seats


def holders_of(session: Session, place: str, roles: Collection[Role]) -> dict[tuple[str, str], str]:
    """By role and state: who holds such a seat at a place, or is invited to it."""
    query = select(SeatRow).where(SeatRow.place == place, SeatRow.role.in_(roles), SeatRow.vacated.is_(False))
    return {(row.role, row.state): row.name for row in session.scalars(query)}


def _open_letters(session: Session, seats: Collection[str]) -> dict[str, list[Invitation]]:
    query = select(Invitation).where(
        Invitation.seat.in_(seats), Invitation.used.is_(False), Invitation.revoked.is_(False)
    )
    letters: dict[str, list[Invitation]] = {}
    for invitation in session.scalars(query.order_by(Invitation.id)):
        letters.setdefault(invitation.seat, []).append(invitation)
    return letters


@dataclass(frozen=True)
class OwnSeat:
    """One of the person's own seats, as the person sees it."""

    in_question: SeatInQuestion
    role: str
    place: Place | None
    """None for the installation."""

    @property
    def row(self) -> SeatRow:
        """The row of the seat."""
        return self.in_question.row

    @property
    def names_seats_in(self) -> str:
        """The format in which the holder may name standing seats: a head of delegation, or a chief; else empty."""
        chief = self.row.role == Role.STANDING and self.row.rank == "chief"
        head = self.row.role == Role.HEAD and self.place is not None and not self.place.rehearsal
        return self.row.place.partition("/")[0] if head or chief else ""

    @property
    def where(self) -> Place:
        """The place where acts about the seat are offered, also for the installation."""
        return self.place or Place(self.row.place, self.row.place, "/me")


def own_seats(session: Session, viewer: Viewer) -> list[OwnSeat]:
    """A person's own seats, the newest first. Letters are not loaded: a holder may always give up the seat."""
    query = select(SeatRow).where(SeatRow.person == viewer.id, SeatRow.vacated.is_(False))
    rows = session.scalars(query.order_by(SeatRow.id.desc())).all()
    places = {place: find_place(session, place) for place in {row.place for row in rows} if place}
    return [
        OwnSeat(SeatInQuestion(row, Standing(viewer, row.place)), seat_label(row), places.get(row.place))
        for row in rows
    ]


def open_letters_for(session: Session, person: str) -> list[Invitation]:
    """Open letters with which someone could sign in as this person. The person is shown them."""
    query = select(Invitation).join(SeatRow, SeatRow.id == Invitation.seat)
    query = query.where(SeatRow.person == person, Invitation.used.is_(False), Invitation.revoked.is_(False))
    return list(session.scalars(query.order_by(Invitation.id)))
