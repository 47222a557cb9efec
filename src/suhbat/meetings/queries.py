"""Looking at meetings: who may know of one, its agenda as a reader may see it, its papers, the last of its series."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.seat_places import Place, knows_places
from suhbat.formats.city_names import city_name
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.agenda import changes as changes_between
from suhbat.meetings.agenda import snapshot
from suhbat.meetings.models import AgendaRelease, Meeting, Paper
from suhbat.record.reading import PARTICIPANTS, Scope


def knowable(session: Session, actor: Viewer, meeting: str) -> Meeting:
    """A meeting that this reader may know of; not found otherwise."""
    held = session.get(Meeting, meeting)
    if held is None:
        raise not_found()
    if held.hidden and not actor.scope(meeting).sees(PARTICIPANTS):
        raise not_found()
    return held


def taking_part(session: Session, actor: Viewer, meeting: str) -> Meeting:
    """A meeting in which this reader takes part; not found for those who may not know of it, not allowed for others."""
    held = knowable(session, actor, meeting)
    if not actor.scope(meeting).sees(PARTICIPANTS):
        raise not_allowed()
    return held


def releases(session: Session, meeting: str, scope: Scope) -> list[AgendaRelease]:
    """The versions of an agenda that a reader may see, the newest first."""
    rows = session.scalars(
        select(AgendaRelease).where(AgendaRelease.meeting == meeting).order_by(AgendaRelease.version.desc())
    )
    return [row for row in rows if scope.sees(row.audience)]


def unreleased(meeting: Meeting, last: AgendaRelease | None) -> int:
    """How many changes of the agenda have not been released yet."""
    return len(changes_between(last.items if last else [], snapshot(meeting.agenda)))


def papers(session: Session, meeting: Meeting, scope: Scope) -> list[Paper]:
    """The papers of a meeting that a reader may see, oldest first; none that were withdrawn."""
    rows = session.scalars(
        select(Paper).where(Paper.meeting == meeting.id, Paper.withdrawn.is_(False)).order_by(Paper.id)
    )
    return [row for row in rows if may_read(meeting, row, scope)]


def may_read(meeting: Meeting, paper: Paper, scope: Scope) -> bool:
    """Whether a reader may have a paper. A public one of a meeting that is a draft is for participants."""
    audience = PARTICIPANTS if paper.audience == "public" and meeting.hidden else paper.audience
    return scope.sees(audience)


@dataclass(frozen=True)
class Series:
    """What the next meeting of a format begins from."""

    last: Meeting | None
    chairs: list[tuple[str, int, str]]
    """States that were in the chair at this level: how often, and when last; the longest ago first."""
    next_number: int | None


OFFICIAL = ("summit", "ministerial", "senior-officials")
"""The levels at which states themselves meet; business forums and experts follow calendars of their own."""


def series(session: Session, format_: str) -> Series:
    """The last meeting of a format among states, else of any kind, and who has been in the chair at its level."""
    held = [Meeting.format == format_, Meeting.status != "cancelled", Meeting.rehearsal.is_(False)]
    newest = (Meeting.level.in_(OFFICIAL).desc(), Meeting.starts.desc(), Meeting.id.desc())
    last = session.scalar(select(Meeting).where(*held).order_by(*newest).limit(1))
    if last is not None:
        held.append(Meeting.level == last.level)
    rows = session.execute(
        select(Meeting.chair_state, func.count(), func.max(Meeting.starts))
        .where(*held, Meeting.chair_state.is_not(None))
        .group_by(Meeting.chair_state)
        .order_by(func.max(Meeting.starts))
    )
    number = session.scalar(select(func.max(Meeting.number)).where(*held))
    return Series(last, [(str(state), int(times), str(day)) for state, times, day in rows], number and number + 1)


def of_format(session: Session, format_: str | None) -> Sequence[Meeting]:
    """Every meeting of a format, or of all, that anyone may know of and that is no rehearsal, in order of time."""
    query = select(Meeting).where(~Meeting.hidden, Meeting.rehearsal.is_(False)).order_by(Meeting.starts, Meeting.id)
    return session.scalars(query.where(Meeting.format == format_) if format_ else query).all()


@knows_places
def meeting_place(session: Session, place: str) -> Place | None:
    """A meeting as a place where seats are."""
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
        states=tuple(each.state for each in meeting.delegations),
        observers=tuple(each.state for each in meeting.delegations if each.observer),
        heads={each.state: (each.head_name, each.head_office or "") for each in meeting.delegations if each.head_name},
        rehearsal=meeting.rehearsal,
        over=meeting.status == "cancelled" or meeting.origin == "reported",
    )
