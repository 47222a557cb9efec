"""The meetings that a person works on: in preparation, in session, or waiting for the summary record."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Viewer
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS

AT_WORK = ("draft", "convened", "open", "suspended", "closed")
MOST = 100
"""Meetings on a list, at most."""


def meetings_at_work(session: Session, viewer: Viewer, format_: str = "") -> Sequence[Meeting]:
    """Meetings held here in which the viewer takes part, of one format or of all, in order of time; one query at most.

    Published and cancelled meetings are left out. A secretariat takes part in every meeting of its format.
    """
    places = {seat.place for seat in viewer.seats if seat.role in PARTICIPANT_ROLES}
    if format_:
        places = {place for place in places if place.partition("/")[0] == format_}
    if not places:
        return []
    query = select(Meeting).where(
        or_(Meeting.format.in_(places), Meeting.id.in_(places)), Meeting.origin == "held", Meeting.status.in_(AT_WORK)
    ).order_by(Meeting.starts, Meeting.id).limit(MOST)  # fmt: skip
    return [meeting for meeting in session.scalars(query) if viewer.scope(meeting.id).sees(PARTICIPANTS)]
