"""What is told to one person: the notices that the person's seats see, since each of them was taken.

It is decided when it is read, so that a seat that was ended sees nothing more, in no list, feed or mail. A rehearsal
tells nothing, and a meeting that was not released is told to nobody. What a person did is not told to that person.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union
from sqlalchemy.orm import Session

from suhbat.acts.models import NoticeRow
from suhbat.acts.notices import told_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import OF_A_DELEGATION, Role, Seat, Viewer
from suhbat.formats.format_names import format_name
from suhbat.formats.models import Format
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import instant
from suhbat.ground.language import gettext
from suhbat.meetings.models import Meeting
from suhbat.notices.own_clock import OwnClock, own_clock
from suhbat.people.models import SeatRow
from suhbat.people.office_titles import office
from suhbat.record.audiences import person_only, seat_only
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of

AT_ONCE = 20
"""Notices on one page."""
OF_ONE_MEETING = OF_A_DELEGATION | {Role.STANDING}
"""Roles whose seat in a format opens none of its meetings."""

TOLD_AT_ALL = or_(Meeting.id.is_(None), and_(~Meeting.hidden, Meeting.rehearsal.is_(False)))
"""Whether anybody is told: not of rehearsals, and not of meetings that only their participants may know of."""


@dataclass(frozen=True)
class ToldNotice:
    """One notice as one person reads it."""

    number: int
    """The number of its entry."""
    time: datetime
    says: str
    who: str
    """Who acted: a state, or an office."""
    place: str
    """The id of a meeting or a format; empty for the installation."""
    title: str
    """The title of the meeting, or the name of the format."""
    opens: datetime | None
    """The present beginning of the meeting, unless it is cancelled."""
    page: str
    """The address to go to, without a language."""
    urgent: bool
    to_do: str
    until: datetime | None
    done: bool
    clock: OwnClock
    """The clock by which this person reads instants of this place."""


@dataclass(frozen=True)
class Stretch:
    """Which notices are asked for: those after one number, up to another, all or the urgent ones."""

    after: int = 0
    upto: int | None = None
    urgent_alone: bool = False
    urgent_told: int = 0
    """Urgent ones up to this number are left out: they were mailed at once."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions of a query."""
        number = NoticeRow.number
        conditions = [number > self.after] if self.after else []
        if self.upto is not None:
            conditions.append(number <= self.upto)
        if self.urgent_alone:
            conditions.append(NoticeRow.urgent.is_(True))
        if self.urgent_told > self.after:
            conditions.append(or_(NoticeRow.urgent.is_(False), number > self.urgent_told))
        return conditions


EVERYTHING = Stretch()


def notices_for(
    session: Session, viewer: Viewer, stretch: Stretch = EVERYTHING, limit: int = AT_ONCE
) -> tuple[list[ToldNotice], bool]:
    """The newest notices for a person, and whether there are older ones; two queries.

    A few more than `limit` may come, because the notices of one entry stay together.
    """
    held = select(SeatRow.id, SeatRow.taken).where(SeatRow.person == viewer.id).order_by(SeatRow.id)
    taken = tuple((row.id, row.taken) for row in session.execute(held))
    rows = session.execute(_query(viewer, taken, stretch, limit + 1)).all()
    more = len(rows) > limit
    if more:  # the first entry that is not shown is shown whole on the next page
        rows = [row for row in rows if row[0].number > rows[-1][0].number] or rows
    notices: dict[tuple[int, str], ToldNotice] = {}
    for row in rows:
        if told := _told(viewer, *row):
            # Of one entry a person may be told twice, by two seats: only what waits for each of them is listed twice.
            notices.setdefault((told.number, row[0].audience if told.until else ""), told)
    return list(notices.values()), more


@lru_cache(maxsize=512)
def _query(
    viewer: Viewer, taken: tuple[tuple[str, int], ...], stretch: Stretch, limit: int
) -> "Select[NoticeRow, EntryRow, Meeting, Format]":
    """The query for one person. It is built once for the same seats, since building takes longer than asking.

    `taken` has for each seat that the person holds, or held last, the entry by which it was taken.
    """
    own = [_newest(viewer, condition, stretch, limit) for condition in _own(viewer, dict(taken))]
    found = union(*(select(branch.subquery()) for branch in own)).subquery()
    return (
        select(NoticeRow, EntryRow, Meeting, Format)
        .join(found, and_(found.c.number == NoticeRow.number, found.c.audience == NoticeRow.audience))
        .join(EntryRow, EntryRow.number == NoticeRow.number)
        .outerjoin(Meeting, Meeting.id == NoticeRow.place)
        .outerjoin(Format, Format.id == NoticeRow.format)
        .order_by(NoticeRow.number.desc(), NoticeRow.audience)
        .limit(limit)
    )


def _newest(viewer: Viewer, condition: ColumnElement[bool], stretch: Stretch, limit: int) -> "Select[int, str]":
    """The newest notices that fulfil one condition. Each is found along an index, however many there are."""
    return (
        select(NoticeRow.number, NoticeRow.audience)
        .outerjoin(Meeting, Meeting.id == NoticeRow.place)
        .where(condition, NoticeRow.actor != viewer.id, TOLD_AT_ALL, *stretch.conditions())
        .order_by(NoticeRow.number.desc())
        .limit(limit)
    )


def newest_notice(session: Session) -> int:
    """The number of the newest notice of all; 0 if there is none."""
    return session.scalar(select(func.max(NoticeRow.number))) or 0


def seated(session: Session, people: Collection[str]) -> set[str]:
    """Those of these people who hold a seat that is not one of a rehearsal; one query."""
    seats = (
        select(SeatRow.person)
        .outerjoin(Meeting, Meeting.id == SeatRow.place)
        .where(SeatRow.vacated.is_(False), SeatRow.person.in_(people))
        .where(or_(Meeting.id.is_(None), Meeting.rehearsal.is_(False)))
    )
    return {person for person in session.scalars(seats.distinct()) if person} if people else set()


def _own(viewer: Viewer, taken: Mapping[str, int]) -> Iterable[ColumnElement[bool]]:
    """The conditions of which one has to hold: what is for this person alone, and for each seat what it sees."""
    yield NoticeRow.audience == person_only(viewer.id)
    for seat_id, since in taken.items():
        yield and_(NoticeRow.audience == seat_only(seat_id), NoticeRow.number > since)
    for seat in viewer.seats:
        if seat.place:
            for where in _seen_by(viewer, seat):
                yield and_(where, NoticeRow.number > taken.get(seat.id, 0))


def _seen_by(viewer: Viewer, seat: Seat) -> Iterable[ColumnElement[bool]]:
    """What one seat sees at its place; that of an office in a format, at the format's meetings too."""
    holder = Viewer(viewer.id, viewer.name, (seat,))
    for_several = func.substr(NoticeRow.audience, 1, 5) != "seat:"  # quicker than the patterns of circles
    yield and_(NoticeRow.place == seat.place, for_several, holder.scope(seat.place).limits(NoticeRow.audience))
    if "/" not in seat.place and seat.role not in OF_ONE_MEETING:
        at_meetings = holder.scope(f"{seat.place}/")
        elsewhere = and_(NoticeRow.format == seat.place, NoticeRow.place != seat.place)
        yield and_(elsewhere, at_meetings.limits(NoticeRow.audience))


def _told(
    viewer: Viewer, row: NoticeRow, entry_row: EntryRow, meeting: Meeting | None, format_: Format | None
) -> ToldNotice | None:
    """A row in the reader's words; None for an act that this version does not know."""
    entry = entry_of(entry_row)
    told = told_of(entry) if entry.act in REGISTRY else None
    if told is None:
        return None
    cancelled = meeting is None or meeting.status == "cancelled"
    return ToldNotice(
        number=row.number,
        time=entry.time,
        says=told.says,
        who=state_name(entry.delegation) if entry.delegation else office(entry.office),
        place=row.place,
        title=_title(meeting, format_),
        opens=None if cancelled or meeting is None or not meeting.opens_at else instant(meeting.opens_at),
        page=told.page or _page(row.place),
        urgent=row.urgent,
        to_do=told.to_do,
        until=instant(row.until) if row.until else None,
        done=row.done is not None,
        clock=own_clock(viewer, row.place, meeting.zone if meeting else ""),
    )


def _title(meeting: Meeting | None, format_: Format | None) -> str:
    if meeting is not None:
        return " ".join(meeting.title.split())
    return format_name(format_.id, format_.name, {}) if format_ else gettext("This server")


def _page(place: str) -> str:
    if not place:
        return "/me"
    return f"/meetings/{place}" if "/" in place else f"/formats/{place}"
