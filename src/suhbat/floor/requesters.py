"""Who may ask for the floor, and for which delegation."""

from suhbat.acts import Role, Viewer
from suhbat.acts.roles_and_seats import SPEAKERS, STAFF

ASKERS = SPEAKERS | {Role.OBSERVER} | STAFF


def own_delegation(viewer: Viewer, meeting: str) -> str:
    """The delegation of a viewer; for an observer or a chair, the state named in the seat. Empty for all others."""
    seat = viewer.seat_for(ASKERS, meeting)
    return viewer.delegation_at(meeting) or (seat.state if seat else "")
