"""What a person's own page shows of meetings."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.panels import panel
from suhbat.meetings.meetings_at_work import meetings_at_work


@panel("meetings", "me", "Your meetings", "meetings/mine.html", order=5)
def own_meetings(session: Session, viewer: Viewer, _place: str) -> dict[str, Any] | None:
    """The meetings that the person works on, with the ways to the desk and the room; nothing if there is none."""
    meetings = meetings_at_work(session, viewer)
    return {"meetings": meetings} if meetings else None
