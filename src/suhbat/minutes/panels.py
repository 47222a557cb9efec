"""The panel of the summary record on the desk of a meeting, and in the room once the meeting is closed."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.panels import panel
from suhbat.acts.roles_and_seats import Viewer
from suhbat.meetings.models import Meeting
from suhbat.minutes import waiting_record  # noqa: F401  (it registers what waits)
from suhbat.minutes.minutes_agreement import agreed_by, delegations_of, minutes_of, stands_now
from suhbat.record.audiences import PARTICIPANTS

CHANGED_BY = ("minutes.", "meeting.closed", "outcome.", "pledge.")


@panel("minutes-desk", "desk", "Summary record", "minutes/panel.html", order=70, refresh_on=CHANGED_BY)
def at_desk(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The state of the summary record, for those who take part in the meeting."""
    row = session.get(Meeting, meeting)
    if row is None or row.status not in {"closed", "published"} or not actor.scope(meeting).sees(PARTICIPANTS):
        return None
    minutes = minutes_of(session, meeting)
    state = actor.delegation_at(meeting)
    agreed = agreed_by(minutes) if minutes is not None else set()
    return {
        "minutes_meeting": row,
        "minutes": minutes,
        "agreed_count": len(agreed),
        "objections": sum(not stand.agrees for stand in stands_now(minutes).values()) if minutes is not None else 0,
        "delegation_count": len(delegations_of(row)),
        "must_answer": bool(state) and state in delegations_of(row) and state not in agreed and row.status == "closed",
    }


panel("minutes-room", "room", "Summary record", "minutes/panel.html", order=5, refresh_on=CHANGED_BY)(at_desk)
