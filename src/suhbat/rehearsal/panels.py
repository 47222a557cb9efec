"""In the room of a rehearsed meeting: what is due, and a press to let it be played."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.panels import panel
from suhbat.meetings.models import Meeting
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.pages import describe, mover
from suhbat.rehearsal.runner import due


@panel("rehearsal", "room", "Rehearsal", "rehearsal/panel.html", order=5, refresh_on=("",))
def rehearsal(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """What is due next, for whom, and the pace; None where this is no rehearsal."""
    staged = session.get(Rehearsal, meeting)
    if staged is None or staged.away:  # nothing to show
        return None
    rehearsed = session.get_one(Meeting, meeting)
    move = due(session, meeting)
    return {
        "staged": staged,
        "rehearsed": rehearsed,
        "move": move,
        "by": mover(move),
        "said": describe(move),
        "is_mine": bool(move and move.yours and move.yours == actor.delegation_at(meeting)),
    }
