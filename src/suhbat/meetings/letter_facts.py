"""What a letter of invitation says about a meeting, who came to earlier ones, and which take place at the same hour."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import DELEGATION, Role, Viewer
from suhbat.formats.city_names import city_name
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import instant
from suhbat.ground.dates import show_instant, show_weekday
from suhbat.ground.language import gettext
from suhbat.meetings.capital_times import capital_times
from suhbat.meetings.city_zone_and_format_names import place_of, zone_time
from suhbat.meetings.models import AgendaRelease, Delegation, Meeting
from suhbat.people.meeting_lookups import (
    InLetter,
    KnownPerson,
    SameHour,
    knows_earlier_people,
    knows_same_hour,
    tells_letters,
)
from suhbat.people.models import SeatRow
from suhbat.people.seat_managers import standing

PUBLIC = frozenset({"reported", "published"})
"""The statuses of meetings whose heads of delegation anyone may know."""
MOST_EARLIER = 12
"""Earlier meetings among which the last head of each delegation is looked for."""


@tells_letters
def meeting_in_letter(session: Session, place: str) -> InLetter | None:
    """The days, hours, place and agenda of a meeting that was convened here."""
    meeting = session.get(Meeting, place) if "/" in place else None
    if meeting is None:
        return None
    agenda = session.scalar(
        select(AgendaRelease).where(
            AgendaRelease.meeting == meeting.id, AgendaRelease.version == meeting.agenda_version
        )
    )
    return InLetter(
        times_for=partial(_times, meeting.opens_at, meeting.closes_at, meeting.zone),
        short_time_for=partial(_short_time, meeting.opens_at, meeting.zone),
        how=_how(meeting),
        host=state_name(meeting.chair_state) if meeting.chair_state else "",
        room=f"/meetings/{meeting.id}/room",
        agenda=[f"{item['number']}. {item['title']}" for item in agenda.items] if agenda else (),
        public_agenda=agenda is not None and agenda.audience == "public",
        draft=meeting.status == "draft",
    )


def _times(opens_at: str | None, closes_at: str | None, zone: str, state: str) -> Sequence[str]:
    """The days and hours on the host's clock, and on that of the state's capital if it shows another hour."""
    if not opens_at or not closes_at:
        return ()
    opens, closes = instant(opens_at), instant(closes_at)
    lines = [_line(opens, closes, zone, zone_time(zone))]
    for capital in capital_times([state], opens) if state else ():
        city = gettext("%(city)s time") % {"city": city_name(capital.city)}
        line = _line(opens, closes, capital.zone, city)
        if line not in lines:
            lines.append(line)
    return lines


def _line(opens: datetime, closes: datetime, zone: str, clock: str) -> str:
    first, last = opens.astimezone(ZoneInfo(zone)), closes.astimezone(ZoneInfo(zone))
    values = {
        "day": show_weekday(first.date().isoformat()),
        "opens": f"{first:%H:%M}",
        "last": show_weekday(last.date().isoformat()),
        "closes": f"{last:%H:%M}",
        "clock": clock,
    }
    if first.date() == last.date():
        return gettext("%(day)s, %(opens)s–%(closes)s, %(clock)s") % values
    return gettext("%(day)s, %(opens)s, to %(last)s, %(closes)s, %(clock)s") % values


def _short_time(opens_at: str | None, host_zone: str, state: str) -> str:
    """When the meeting begins on the clock of the state's capital; else on the host's."""
    if not opens_at:
        return ""
    opens = instant(opens_at)
    zone, clock = host_zone, zone_time(host_zone)
    for capital in capital_times([state], opens) if state else ():
        zone, clock = capital.zone, gettext("%(city)s time") % {"city": city_name(capital.city)}
    return gettext("%(time)s, %(clock)s") % {"time": show_instant(opens, zone, "short-day-and-time"), "clock": clock}


def _how(meeting: Meeting) -> str:
    """Whether one comes to a place or joins by video."""
    place = place_of(meeting)
    if meeting.mode == "video":
        return gettext("By video: you take part from your own office.")
    if meeting.mode == "hybrid":
        return (
            gettext("In person or by video: %(place)s") % {"place": place}
            if place
            else gettext("In person or by video")
        )
    return gettext("In person: %(place)s") % {"place": place} if place else gettext("In person")


@knows_earlier_people
def people_of_earlier_meetings(session: Session, viewer: Viewer, place: str) -> Sequence[KnownPerson]:
    """Those with a seat at the last meeting held here, and each delegation's last known head.

    Seats are offered to whoever belonged to that meeting's secretariat; heads stand in the public record.
    """
    meeting = session.get(Meeting, place) if "/" in place else None
    if meeting is None:
        return ()
    query = select(Meeting).where(
        Meeting.format == meeting.format,
        Meeting.id != meeting.id,
        Meeting.rehearsal.is_(False),
        ~Meeting.hidden,
        Meeting.status != "cancelled",
        Meeting.starts <= meeting.starts,
    )
    earlier = session.scalars(query.order_by(Meeting.starts.desc(), Meeting.id.desc()).limit(MOST_EARLIER)).all()
    invited = {delegation.state for delegation in meeting.delegations}
    known = [row for row in earlier if row.status in PUBLIC or standing(session, viewer, row.id).secretariat]
    people = [*_seated(session, viewer, known), *_heads(session, known)]
    return _one_head_each([person for person in people if person.state in invited])


def _seated(session: Session, viewer: Viewer, earlier: Sequence[Meeting]) -> list[KnownPerson]:
    held = next((row for row in earlier if row.origin == "held"), None)
    if held is None or not standing(session, viewer, held.id).secretariat:
        return []  # who sat there besides the heads is in no public record
    query = select(SeatRow).where(
        SeatRow.place == held.id, SeatRow.person.is_not(None), SeatRow.role.in_(DELEGATION), SeatRow.vacated.is_(False)
    )
    rows = session.scalars(query.order_by(SeatRow.id))
    return [KnownPerson(row.state, row.role, row.name, row.office, held.title) for row in rows]


def _heads(session: Session, earlier: Sequence[Meeting]) -> list[KnownPerson]:
    titles = {row.id: row.title for row in earlier}
    query = select(Delegation).where(Delegation.meeting.in_(titles), Delegation.head_name.is_not(None))
    by_meeting: dict[str, list[Delegation]] = {}
    for row in session.scalars(query.order_by(Delegation.position)):
        by_meeting.setdefault(row.meeting, []).append(row)
    return [
        KnownPerson(row.state, str(Role.HEAD), str(row.head_name), row.head_office or "", title)
        for meeting, title in titles.items()
        for row in by_meeting.get(meeting, ())
    ]


def _one_head_each(people: Sequence[KnownPerson]) -> list[KnownPerson]:
    """Of each delegation the head who is known from the latest meeting, and everybody else."""
    heads: set[str] = set()
    kept = []
    for person in people:
        if person.role == Role.HEAD:
            if person.state in heads:
                continue
            heads.add(person.state)
        kept.append(person)
    return kept


@knows_same_hour
def meetings_at_the_hour(session: Session, place: str) -> Sequence[SameHour]:
    """The other meetings that were convened here and whose hours overlap with those of this one."""
    meeting = session.get(Meeting, place) if "/" in place else None
    if meeting is None or not meeting.opens_at or not meeting.closes_at:
        return ()
    query = select(Meeting).where(
        Meeting.id != meeting.id,
        Meeting.rehearsal.is_(False),
        Meeting.status.in_(["draft", "convened", "open", "suspended"]),
        Meeting.opens_at < meeting.closes_at,
        Meeting.closes_at > meeting.opens_at,
    )
    return [SameHour(row.id, row.title) for row in session.scalars(query.order_by(Meeting.id))]
