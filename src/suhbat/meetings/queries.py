"""Queries about meetings: by id with or without a check of access, agenda versions, papers, past meetings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from suhbat.acts.place_finders import Place, knows_places, stays_closed
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.city_names import city_name
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.agenda_versions import changes_between, items_of, snapshot
from suhbat.meetings.models import AgendaRelease, Delegation, Meeting, Paper
from suhbat.record.audiences import PARTICIPANTS, Scope


def meeting_of(session: Session, meeting: str) -> Meeting:
    """The meeting that an act names; refused if there is none."""
    row = session.get(Meeting, meeting)
    if row is None:
        raise not_found(lazy("There is no such meeting."))
    return row


def delegation_of(meeting: Meeting, state: str) -> Delegation:
    """A delegation of a meeting; refused if it was not invited."""
    for delegation in meeting.delegations:
        if delegation.state == state:
            return delegation
    raise not_found(lazy("This delegation was not invited."))


def visible_meeting(session: Session, actor: Viewer, meeting: str, *load: ORMOption) -> Meeting:
    """A meeting that this reader may know of; else not found. `load` are further options of the query."""
    row = session.get(Meeting, meeting, options=load)
    if row is None:
        raise not_found()
    if row.hidden and not actor.scope(meeting).sees(PARTICIPANTS):
        raise not_found()
    return row


def meeting_for_participant(session: Session, actor: Viewer, meeting: str) -> Meeting:
    """A meeting in which this reader takes part; else not found, or not allowed if the reader may know of it."""
    row = visible_meeting(session, actor, meeting)
    if not actor.scope(meeting).sees(PARTICIPANTS):
        raise not_allowed()
    return row


def releases(session: Session, meeting: str, scope: Scope) -> list[AgendaRelease]:
    """The versions of an agenda that a reader may see, the newest first."""
    rows = session.scalars(
        select(AgendaRelease).where(AgendaRelease.meeting == meeting).order_by(AgendaRelease.version.desc())
    )
    return [row for row in rows if scope.sees(row.audience)]


def unreleased_changes(meeting: Meeting, last: AgendaRelease | None) -> int:
    """The number of changes of the agenda that are not released yet."""
    return len(changes_between(items_of(last), snapshot(meeting.agenda)))


def papers(session: Session, meeting: Meeting, scope: Scope) -> list[Paper]:
    """The papers of a meeting that a reader may see, the oldest first, without withdrawn ones."""
    rows = session.scalars(
        select(Paper).where(Paper.meeting == meeting.id, Paper.withdrawn.is_(False)).order_by(Paper.id)
    )
    return [row for row in rows if may_read(meeting, row, scope)]


def may_read(meeting: Meeting, paper: Paper, scope: Scope) -> bool:
    """Whether a reader may read a paper. In a draft meeting, a public paper is only for participants."""
    audience = PARTICIPANTS if paper.audience == "public" and meeting.hidden else paper.audience
    return scope.sees(audience)


@dataclass(frozen=True)
class Series:
    """Facts about past meetings of a format, for the form of the next one."""

    last: Meeting | None
    chairs: list[tuple[str, int, str]]
    """States that were in the chair at this level: how often, and the last day; the earliest last day first."""
    next_number: int | None


OFFICIAL = ("summit", "ministerial", "senior-officials")
"""The levels at which states themselves meet; business forums and expert meetings are series of their own."""


def series(session: Session, format_id: str) -> Series:
    """The last official meeting of a format, or else the last of any level, and the chairs at its level."""
    conditions = [
        Meeting.format == format_id, Meeting.status != "cancelled", Meeting.rehearsal.is_(False),
        Meeting.trial.is_(False),
    ]  # fmt: skip
    newest = (Meeting.level.in_(OFFICIAL).desc(), Meeting.starts.desc(), Meeting.id.desc())
    last = session.scalar(select(Meeting).where(*conditions).order_by(*newest).limit(1))
    if last is not None:
        conditions.append(Meeting.level == last.level)
    rows = session.execute(
        select(Meeting.chair_state, func.count(), func.max(Meeting.starts))
        .where(*conditions, Meeting.chair_state.is_not(None))
        .group_by(Meeting.chair_state)
        .order_by(func.max(Meeting.starts))
    )
    number = session.scalar(select(func.max(Meeting.number)).where(*conditions))
    return Series(last, [(str(state), int(times), str(day)) for state, times, day in rows], number and number + 1)


def of_format(session: Session, format_id: str | None) -> Sequence[Meeting]:
    """All public meetings of a format, or of all formats, without rehearsals, in order of time."""
    query = select(Meeting).where(~Meeting.hidden, Meeting.rehearsal.is_(False)).order_by(Meeting.starts, Meeting.id)
    return session.scalars(query.where(Meeting.format == format_id) if format_id else query).all()


@stays_closed
def is_trial(session: Session, place: str) -> bool:
    """Whether a place is a test meeting, of which nothing becomes public."""
    meeting = session.get(Meeting, place) if "/" in place else None
    return meeting is not None and meeting.trial


@knows_places
def meeting_place(session: Session, place: str) -> Place | None:
    """A meeting as a place that has seats."""
    meeting = session.get(Meeting, place) if "/" in place else None
    if meeting is None:
        return None
    return Place(
        id=meeting.id,
        title=meeting.title,
        page=f"/meetings/{meeting.id}",
        when=meeting.starts,
        where=city_name(meeting.city) if meeting.city else "",
        chair=meeting.chair_state or "",
        states=tuple(row.state for row in meeting.delegations),
        observers=tuple(row.state for row in meeting.delegations if row.observer),
        heads={row.state: (row.head_name, row.head_office or "") for row in meeting.delegations if row.head_name},
        rehearsal=meeting.rehearsal,
        over=meeting.status == "cancelled" or meeting.origin == "reported",
        reported=meeting.status == "published",
    )
