"""The floor's panel on the desk of a meeting: the link to the room, who asks to speak, the statements."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.panels import panel
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Viewer
from suhbat.floor.queries import room_state, statements_of
from suhbat.meetings.models import Meeting


@panel("floor-desk", "desk", "The room", "floor/desk.html", order=20, refresh_on=("floor.", "meeting.", "statement."))
def at_desk(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The state of the room in brief; None for viewers without a seat, and before the meeting is convened."""
    row = session.get(Meeting, meeting)
    roles = actor.roles_at(meeting) & PARTICIPANT_ROLES
    if row is None or row.origin != "held" or not roles or row.status in {"draft", "cancelled"}:
        return None
    state = room_state(session, meeting)
    return {
        "room": state,
        "titles": {item.id: item.title for item in state.items},
        "statements": statements_of(session, meeting, actor.scope(meeting)),
    }
