"""Who is in the room of a meeting while it is open: the system notes who comes and who goes.

Whoever takes part and has a live connection is in the room. A connection that is lost and comes back within a minute
leaves no entry: lines drop, laptops sleep, and nobody has left by that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Update, and_, exists, select, update
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import DELEGATION, OF_A_DELEGATION, PARTICIPANT_ROLES
from suhbat.acts.timed_acts import Due, timed
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import listed, sentences
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.meeting_status import UNDER_WAY
from suhbat.meetings.models import Attendance, Delegation, Meeting
from suhbat.meetings.queries import meeting_of
from suhbat.people.models import Person, SeatRow
from suhbat.record.entries import Entry
from suhbat.record.models import OpenLine
from suhbat.record.open_lines import is_open, lines_at

GRACE = timedelta(seconds=60)
"""How long a lost connection may take to come back before its person is taken to have left."""
SETTLE = timedelta(seconds=2)
"""How long after a connection the coming is noted, so that those who come together stand in one entry."""
MOST = 200
"""Persons in one entry at most. The others stand in the next."""


class NotePresence(InMeeting, frozen=True, kw_only=True):
    """The meeting in whose room people come and go."""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is in the room from now on."""

    person: str
    name: str
    delegation: str
    """The state for whose delegation the person sits; empty for others."""
    seats: list[str]
    """The ids of the person's seats here."""


class Departure(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who has left the room."""

    person: str
    name: str
    delegation: str
    at: str
    """When the person was last heard of (`clock.stamp`)."""


class PresenceNoted(Body, frozen=True, kw_only=True):
    """Who came into the room and who left it."""

    came: list[Arrival]
    went: list[Departure]


@dataclass(frozen=True)
class Movement:
    """What is to be noted of a room."""

    came: Sequence[str]
    """Persons with an open connection who are not noted as present, the earliest first."""
    went: Sequence[tuple[Attendance, str]]
    """Stays that have ended, with the moment at which the person was last heard of."""
    next: datetime | None
    """When somebody who is noted as present will have left, if nothing is heard until then."""


def movement(lines: Sequence[OpenLine], stays: Sequence[Attendance], now: datetime) -> Movement:
    """Compare the connections of a room with those who are noted as present."""
    present = {stay.person for stay in stays}
    came = dict.fromkeys(line.person for line in lines if is_open(line, now) and line.person not in present)
    heard = {line.person: line.heard for line in sorted(lines, key=lambda line: line.heard)}
    ends = [(stay, heard.get(stay.person, "")) for stay in stays]
    over = [(stay, last or stamp(now)) for stay, last in ends if not last or instant(last) + GRACE <= now]
    soon = [instant(last) + GRACE for _stay, last in ends if last and instant(last) + GRACE > now]
    return Movement(list(came), over, min(soon, default=None))


@guard("presence.noted")
def may_note(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is open."""
    if meeting.status != "open":
        raise out_of_order(lazy("This meeting is not in session."))


@act("presence.noted", "Note who comes and goes", by={Role.SYSTEM})
def note(occasion: Occasion, inputs: NotePresence) -> PresenceNoted:
    """The system notes who comes into the room of an open meeting, and who has left it.

    Whoever loses the connection has left after a minute without it, as of the moment when it was lost. Each coming and
    going is noted once, whichever of the server's processes is first.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_note(occasion.actor, meeting)
    lines = lines_at(occasion.session, meeting.id)
    changes = movement(lines, _stays(occasion.session, meeting.id), occasion.now)
    body = PresenceNoted(
        came=_arrivals(occasion.session, meeting.id, changes.came)[:MOST],
        went=[
            Departure(person=stay.person, name=stay.name, delegation=stay.delegation, at=last)
            for stay, last in changes.went[:MOST]
        ],
    )
    if not body.came and not body.went:
        raise out_of_order(lazy("Nobody has come or left."))
    return body


@effect("presence.noted")
def noted(session: Session, entry: Entry, body: PresenceNoted) -> None:
    """Stays begin and end."""
    for departure in body.went:
        session.execute(_end(Attendance.person == departure.person, entry.meeting, departure.at))
    session.add_all(
        Attendance(
            meeting=entry.meeting,
            person=arrival.person,
            name=arrival.name,
            delegation=arrival.delegation,
            came=stamp(entry.time),
        )
        for arrival in body.came
    )


@phrase("presence.noted")
def say_noted(_entry: Entry, body: PresenceNoted) -> str:
    """Who came and who left."""
    texts = []
    if body.came:
        texts.append(gettext("In the room: %(who)s.") % {"who": listed(map(_named, body.came))})
    if body.went:
        texts.append(gettext("No longer in the room: %(who)s.") % {"who": listed(map(_named, body.went))})
    return sentences(texts)


def _named(person: Arrival | Departure) -> str:
    return f"{person.name} ({state_name(person.delegation)})" if person.delegation else person.name


def end_stays(session: Session, entry: Entry) -> None:
    """An effect of the entry that closes a meeting: nobody is in its room any more."""
    session.execute(_end(Attendance.meeting == entry.meeting, entry.meeting, stamp(entry.time)))


def anybody_came(session: Session, meeting: str, now: datetime) -> bool:
    """Whether somebody with a seat is in the room who is not noted as present."""
    came = movement(lines_at(session, meeting), _stays(session, meeting), now).came
    return bool(_arrivals(session, meeting, came))


@timed("presence.noted", after=["meeting.resumed"])
def presence_due(session: Session, now: datetime) -> Iterable[Due]:
    """Soon after somebody has come; a minute after somebody was last heard of."""
    query = select(OpenLine).join(Meeting, Meeting.id == OpenLine.place).where(Meeting.status == "open")
    lines: dict[str, list[OpenLine]] = {}
    for line in session.scalars(query.order_by(OpenLine.joined, OpenLine.peer)):
        lines.setdefault(line.place, []).append(line)
    stays: dict[str, list[Attendance]] = {}
    present = select(Attendance).join(Meeting).where(Attendance.went.is_(None), Meeting.status == "open")
    for stay in session.scalars(present):
        stays.setdefault(stay.meeting, []).append(stay)
    for meeting in sorted(lines.keys() | stays.keys()):
        rows = lines.get(meeting, [])
        changes = movement(rows, stays.get(meeting, []), now)
        moments = [instant(line.joined) + SETTLE for line in rows if line.person in changes.came and is_open(line, now)]
        if changes.went:
            moments.append(now)
        if changes.next is not None:
            moments.append(changes.next)
        if moments:
            yield Due(min(moments), {"meeting": meeting})


def room_is_known(meeting: ColumnElement[str]) -> ColumnElement[bool]:
    """A condition: the meeting is under way by video, and the record has noted who is in its room.

    Records of before presence was noted, and meetings at which nobody has a live connection, do not say who is there.
    Where people also sit in one place, those without a connection may be there too. In a rehearsal the program plays
    delegations that have none.
    """
    known = exists().where(
        Attendance.meeting == meeting,
        Meeting.id == Attendance.meeting,
        Meeting.mode == "video",
        Meeting.rehearsal.is_(False),
        Meeting.status.in_(UNDER_WAY),
    )
    return known.correlate_except(Attendance, Meeting)


def present_for_delegation() -> ColumnElement[bool]:
    """A condition that joins a delegation with those of its people who are in the room."""
    return and_(
        Attendance.meeting == Delegation.meeting,
        Attendance.delegation == Delegation.state,
        Attendance.went.is_(None),
    )


def _stays(session: Session, meeting: str) -> Sequence[Attendance]:
    query = select(Attendance).where(Attendance.meeting == meeting, Attendance.went.is_(None))
    return session.scalars(query.order_by(Attendance.id)).all()


def _arrivals(session: Session, meeting: str, people: Sequence[str]) -> list[Arrival]:
    """Those of the people who still have a seat here, in the same order."""
    query = (
        select(Person.id, Person.name, SeatRow.id.label("seat"), SeatRow.role, SeatRow.place, SeatRow.state)
        .join(SeatRow, SeatRow.person == Person.id)
        .where(Person.id.in_(people), SeatRow.vacated.is_(False), SeatRow.role.in_(PARTICIPANT_ROLES))
        .where(SeatRow.place.in_(("", meeting, meeting.partition("/")[0])))
        .order_by(SeatRow.id)
    )
    rows: dict[str, list[Any]] = {}
    for row in session.execute(query).all() if people else ():
        # A seat of a delegation in a format opens no meeting.
        if row.place == meeting or row.role not in OF_A_DELEGATION:
            rows.setdefault(row.id, []).append(row)
    return [
        Arrival(
            person=person,
            name=rows[person][0].name,
            delegation=next((row.state for row in rows[person] if row.role in DELEGATION and row.state), ""),
            seats=[row.seat for row in rows[person]],
        )
        for person in people
        if person in rows
    ]


def _end(whose: ColumnElement[bool], meeting: str, at: str) -> Update:
    return update(Attendance).where(whose, Attendance.meeting == meeting, Attendance.went.is_(None)).values(went=at)
