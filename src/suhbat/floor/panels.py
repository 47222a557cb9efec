"""What the floor contributes to the desk of a meeting: the way into the room, who asks to speak, the statements."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.actors import PARTICIPANT_ROLES, Viewer
from suhbat.acts.panels import panel
from suhbat.floor.queries import state_of, statements_of
from suhbat.meetings.models import Meeting


@panel("floor-desk", "desk", "The room", "floor/desk.html", order=20, refresh_on=("floor.", "meeting.", "statement."))
def at_desk(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The room's state in a few lines; None for those who have no seat, and before the meeting is convened."""
    held = session.get(Meeting, meeting)
    roles = actor.roles_at(meeting) & PARTICIPANT_ROLES
    if held is None or held.origin != "held" or not roles or held.status in {"draft", "cancelled"}:
        return None
    state = state_of(session, meeting)
    return {
        "room": state,
        "titles": {item.id: item.title for item in state.items},
        "statements": statements_of(session, meeting, actor.scope(meeting)),
    }
