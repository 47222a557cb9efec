"""Meetings as places where seats are."""

from sqlalchemy.orm import Session

from suhbat.acts.places import Place, knows_places
from suhbat.meetings.models import Meeting


@knows_places
def place_of_meeting(session: Session, place: str) -> Place | None:
    """The meeting of this id."""
    found = session.get(Meeting, place)
    if found is None:
        return None
    invited = found.delegations
    return Place(
        found.id,
        found.title,
        f"/meetings/{found.id}",
        when=found.starts,
        where=found.city or "",
        chair=found.chair_state or "",
        states=tuple(each.state for each in invited),
        observers=tuple(each.state for each in invited if each.observer),
        heads={each.state: (each.head_name or "", each.head_office or "") for each in invited},
        rehearsal=found.rehearsal,
        over=found.status in {"cancelled", "reported"} or found.origin == "reported",
    )
