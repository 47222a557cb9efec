"""The meetings of a person: in preparation, in session, waiting for the summary record, or over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from suhbat.acts.open_rooms import knows_rooms
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Viewer
from suhbat.formats.city_names import city_name
from suhbat.ground.clock import instant
from suhbat.ground.database import read_once
from suhbat.ground.dates import show_instant
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.meetings.capital_times import capital_times
from suhbat.meetings.city_zone_and_format_names import zone_time
from suhbat.meetings.meeting_status import UNDER_WAY
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS

AT_WORK = ("draft", "convened", "open", "suspended", "closed")
PAST = ("published", "cancelled")
MOST = 100
"""Meetings on a list, at most."""


@dataclass(frozen=True)
class Group:
    """Meetings that stand alike, with what this is called."""

    name: str
    title: Lazy
    meetings: Sequence[Meeting]


GROUPS: dict[str, tuple[Lazy, tuple[str, ...]]] = {
    "session": (lazy("In session now"), ("open", "suspended")),
    "drafts": (lazy("Drafts"), ("draft",)),
    "convened": (lazy("Convened"), ("convened",)),
    "record": (lazy("Waiting for the record"), ("closed",)),
    "past": (lazy("Closed"), PAST),
}
"""By name: what a group of meetings is called, and the statuses in it."""


def meetings_at_work(session: Session, viewer: Viewer, format_: str = "") -> Sequence[Meeting]:
    """Meetings held here in which the viewer takes part, of one format or of all, in order of time; one query at most.

    Published and cancelled meetings are left out. A secretariat takes part in every meeting of its format.
    """
    return _of_seats(session, viewer, AT_WORK, format_)


def own_meetings(session: Session, viewer: Viewer) -> Sequence[Meeting]:
    """All meetings held here in which the viewer takes part, in order of time, with their delegations. Read once."""

    def read() -> Sequence[Meeting]:
        return _of_seats(session, viewer, (*AT_WORK, *PAST), delegations=True)

    return read_once(session, ("own meetings", viewer.id), read)


def in_groups(meetings: Sequence[Meeting]) -> list[Group]:
    """Meetings by how they stand, without empty groups; of those that are over, the newest first."""
    groups = []
    for name, (title, statuses) in GROUPS.items():
        rows = [meeting for meeting in meetings if meeting.status in statuses]
        if rows:
            groups.append(Group(name, title, rows[::-1] if name == "past" else rows))
    return groups


def _of_seats(
    session: Session, viewer: Viewer, statuses: Sequence[str], format_: str = "", *, delegations: bool = False
) -> Sequence[Meeting]:
    places = {seat.place for seat in viewer.seats if seat.role in PARTICIPANT_ROLES}
    if format_:
        places = {place for place in places if place.partition("/")[0] == format_}
    if not places:
        return []
    query = select(Meeting).where(
        or_(Meeting.format.in_(places), Meeting.id.in_(places)), Meeting.origin == "held", Meeting.status.in_(statuses)
    ).order_by(Meeting.starts.desc(), Meeting.id.desc()).limit(MOST)  # fmt: skip
    if delegations:
        query = query.options(selectinload(Meeting.delegations))
    rows = list(session.scalars(query))[::-1]
    return [meeting for meeting in rows if viewer.scope(meeting.id).sees(PARTICIPANTS)]


@knows_rooms
def rooms_in_session(session: Session, viewer: Viewer) -> list[Place]:
    """The rooms of meetings that are in session, to which every page leads back."""
    meetings = _of_seats(session, viewer, tuple(sorted(UNDER_WAY)))
    return [Place(row.id, row.title, f"/meetings/{row.id}", rehearsal=row.rehearsal) for row in meetings]


def opening(meeting: Meeting, viewer: Viewer) -> str:
    """When a meeting opens, on the viewer's own clock; empty if it has no hour."""
    return on_own_clock(instant(meeting.opens_at), meeting, viewer) if meeting.opens_at else ""


def on_own_clock(at: datetime, meeting: Meeting, viewer: Viewer) -> str:
    """An instant on the clock of the viewer's capital, else on that of the host; it says whose clock it is."""
    state = next((seat.state for seat in viewer.seats_at(meeting.id) if seat.state), "")
    for capital in capital_times([state] if state else [], at):
        values = {"time": show_instant(at, capital.zone), "city": city_name(capital.city)}
        return gettext("%(time)s in %(city)s") % values
    zone = meeting.zone or "UTC"
    return gettext("%(time)s, %(clock)s") % {"time": show_instant(at, zone), "clock": zone_time(zone)}
