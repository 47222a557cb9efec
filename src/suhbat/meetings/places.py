"""What seats at a meeting need to know of it."""

from sqlalchemy.orm import Session

from suhbat.acts.places import Place, knows_places
from suhbat.formats.city_names import city_name
from suhbat.meetings.models import Meeting


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
