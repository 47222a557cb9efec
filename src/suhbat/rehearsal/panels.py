"""What a rehearsal adds to the room: the move that is due with its button, and the pace."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.panels import panel
from suhbat.acts.roles_and_seats import Viewer
from suhbat.meetings.models import Meeting
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.pages import describe_move, mover_name
from suhbat.rehearsal.runner import due_move


@panel("rehearsal-now", "stage", "Rehearsal", "rehearsal/now.html", order=90, refresh_on=("",))
@panel("rehearsal", "room", "Rehearsal", "rehearsal/panel.html", order=5, refresh_on=("",))
def rehearsal(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The next move, for whom it is, and the pace; None if the meeting is not a rehearsal."""
    rehearsed = session.get_one(Meeting, meeting)
    staged = session.get(Rehearsal, meeting) if rehearsed.rehearsal else None
    if staged is None or staged.away:  # nothing to show
        return None
    move = due_move(session, meeting)
    return {
        "staged": staged,
        "rehearsed": rehearsed,
        "move": move,
        "mover": mover_name(move),
        "move_text": describe_move(move),
        "is_mine": bool(move and move.yours and move.yours == actor.delegation_at(meeting)),
    }
