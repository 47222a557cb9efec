"""The standing seats of a format as one viewer sees them: who holds them, who answers, and who may change them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.roles_and_seats import Role, Viewer
from suhbat.ground.clock import instant, stamp
from suhbat.ground.refusals import not_found
from suhbat.people.models import SeatRow
from suhbat.people.seat_managers import knows_standing_seats, manages_standing_seat
from suhbat.people.standing_vocabulary import EVERY, PATIENCE

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""For seats of early records, which do not say since when they are taken."""


@dataclass(frozen=True)
class Headed:
    """The states of which a viewer is the head at meetings of a format, and the states that have a head at all.

    Rehearsals do not count: there anyone may take the seat of a head.
    """

    working: frozenset[str] = frozenset()
    """The viewer heads them at a meeting whose record is not published."""
    reported: frozenset[str] = frozenset()
    """The viewer heads them at a meeting whose record is published, or that was cancelled."""
    anyone: frozenset[str] = frozenset()
    """Somebody heads them at a meeting of the format."""


@dataclass(frozen=True)
class StandingSeats:
    """The standing seats of a format that were not given up, and what one viewer may do about them."""

    viewer: Viewer
    format: str
    rows: tuple[SeatRow, ...]
    headed: Headed

    @cached_property
    def secretariat(self) -> bool:
        """Whether the viewer belongs to the format's secretariat."""
        return Role.SECRETARIAT in self.viewer.roles_at("", self.format)

    @property
    def shown(self) -> bool:
        """Whether the viewer may see who holds these seats."""
        return knows_standing_seats(self.viewer, self.format) or bool(self.headed.working | self.headed.reported)

    def of(self, state: str, subject: str) -> list[SeatRow]:
        """The seats of a state for a subject, in the order in which they were named."""
        return [row for row in self.rows if (row.state, row.subject) == (state, subject)]

    def has(self, state: str, subject: str, rank: str) -> bool:
        """Whether a state has a seat of this rank for a subject."""
        return any(row.rank == rank for row in self.of(state, subject))

    def is_chief(self, state: str, subject: str) -> bool:
        """Whether the viewer is the chief of a state for a subject."""
        return ("chief", state, subject) in self._own

    @cached_property
    def _own(self) -> frozenset[tuple[str, str, str]]:
        seats = self.viewer.standing_seats(self.format)
        return frozenset((seat.rank, seat.state, seat.subject) for seat in seats)

    def ranks(self, state: str, subject: str) -> list[str]:
        """The ranks that the viewer may name for a state and a subject, the first to be named first."""
        free = [rank for rank in ("chief", "main") if not self.has(state, subject, rank)] + ["alternate", "validator"]
        has_chief = self.has(state, subject, "chief")
        if state in self.headed.working or (state in self.headed.reported and not has_chief):
            return free
        if self.is_chief(state, subject):
            return [rank for rank in free if rank != "chief"]
        if self.secretariat and not has_chief and state not in self.headed.anyone:
            return ["chief"]
        return []

    def manages(self, row: SeatRow) -> bool:
        """Whether the viewer may renew the letter of a seat, hand it over, or end it."""
        return manages_standing_seat(self.viewer, row)

    def testable(self) -> list[SeatRow]:
        """The seats that the viewer may test: taken ones that do not wait for an answer already."""
        return [row for row in self.rows if row.person and not is_unanswered(row) and self.manages(row)]

    def seat(self, seat: str) -> SeatRow:
        """One of these seats by its id; refused if there is none."""
        for row in self.rows:
            if row.id == seat:
                return row
        raise not_found()

    def holds(self, row: SeatRow) -> bool:
        """Whether it is the viewer's own seat."""
        return bool(row.person) and row.person == self.viewer.id


def standing_seats(session: Session, viewer: Viewer, format_: str) -> StandingSeats:
    """The standing seats of a format; one query, and two more for a head of delegation."""
    query = select(SeatRow).where(
        SeatRow.place == format_, SeatRow.role == Role.STANDING, SeatRow.vacated.is_(False)
    ).order_by(SeatRow.id)  # fmt: skip
    return StandingSeats(viewer, format_, tuple(session.scalars(query)), _headed(session, viewer, format_))


def _headed(session: Session, viewer: Viewer, format_: str) -> Headed:
    own = [s for s in viewer.seats if s.role is Role.HEAD and s.state and s.place.startswith(f"{format_}/")]
    taken: Sequence[tuple[str, str]] = []
    if Role.SECRETARIAT in viewer.roles_at("", format_):
        query = select(SeatRow.place, SeatRow.state).where(
            SeatRow.place.startswith(f"{format_}/", autoescape=True), SeatRow.role == Role.HEAD,
            SeatRow.vacated.is_(False), SeatRow.person.is_not(None),
        )  # fmt: skip
        taken = [(row.place, row.state) for row in session.execute(query)]
    places = {name: find_place(session, name) for name in {*(s.place for s in own), *(name for name, _ in taken)}}
    real = {name: place for name, place in places.items() if place is not None and not place.rehearsal}
    working = {s.state for s in own if s.place in real and _at_work(real[s.place])}
    reported = {s.state for s in own if s.place in real} - working
    anyone = frozenset(state for name, state in taken if name in real)
    return Headed(frozenset(working), frozenset(reported), anyone)


def _at_work(place: Place) -> bool:
    return not place.over and not place.reported


def standing_seats_everywhere(session: Session) -> Sequence[SeatRow]:
    """The standing seats of every format that were not given up."""
    query = select(SeatRow).where(SeatRow.role == Role.STANDING, SeatRow.vacated.is_(False))
    return session.scalars(query.order_by(SeatRow.place, SeatRow.id)).all()


def silent_seats(session: Session, viewer: Viewer, moment: datetime) -> list[tuple[Place, int]]:
    """The formats in which seats that the viewer manages have not answered for thirty days, and how many; one query.

    The chief and the secretariat are asked about them on their own pages.
    """
    formats = {seat.place for seat in viewer.seats if seat.role in {Role.SECRETARIAT, Role.STANDING}}
    query = select(SeatRow).where(
        SeatRow.place.in_(formats), SeatRow.role == Role.STANDING, SeatRow.vacated.is_(False)
    )  # fmt: skip
    rows = session.scalars(query).all() if formats else []
    managed = (row for row in rows if is_silent(row, moment) and manages_standing_seat(viewer, row))
    counts = Counter(row.place for row in managed)
    places = {format_: find_place(session, format_) for format_ in sorted(counts)}
    return [(place, counts[format_]) for format_, place in places.items() if place is not None]


def test_due_at(row: SeatRow) -> datetime | None:
    """When the system tests again whether a seat answers: half a year after it was taken or tested. None if never."""
    last = max(row.tested or "", row.since or "")
    return (instant(last) if last else LONG_AGO) + timedelta(days=EVERY) if row.person else None


def is_test_due(row: SeatRow, now: datetime) -> bool:
    """Whether the system tests a seat now. One whose last day has passed ends instead."""
    at = test_due_at(row)
    return at is not None and at <= now and not is_lapsed(row, now)


def is_unanswered(row: SeatRow) -> bool:
    """Whether the last test of a seat still waits for its holder's answer."""
    return bool(row.tested) and (row.answered or "") < (row.tested or "")


def is_silent(row: SeatRow, now: datetime) -> bool:
    """Whether nobody has answered the last test for thirty days."""
    return is_unanswered(row) and (row.tested or "") <= stamp(now - timedelta(days=PATIENCE))


def lapses_at(row: SeatRow) -> datetime | None:
    """The end of a seat's last day, in UTC; None if it has none."""
    return datetime.fromisoformat(f"{row.until}T00:00:00Z") + timedelta(days=1) if row.until else None


def is_lapsed(row: SeatRow, now: datetime) -> bool:
    """Whether the last day of a seat has passed."""
    at = lapses_at(row)
    return at is not None and at <= now
