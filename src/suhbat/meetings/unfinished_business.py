"""What earlier meetings left for the next one. Outcomes stand a layer above: their package registers how to find it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.register import add_once
from suhbat.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True)
class LeftOver:
    """An outcome that asks for a later meeting's attention, or was not seen again since."""

    outcome: str
    """Its id: `<meeting>#<name>`."""
    meeting: str
    """The id of the meeting that left it."""
    day: str
    """When that meeting was held: a day, month or year."""
    kind: str
    """`recommendation` or `next-meeting`."""
    title: str
    topic: str = ""
    by: tuple[str, ...] = ()


Finder = Callable[[Session, str], Iterable[LeftOver]]
FINDERS: list[Finder] = []


def knows_left_overs(finder: Finder) -> Finder:
    """Register who knows what a format's meetings left over: given the session and the format's id."""
    add_once(FINDERS, finder, "the finders of what was left over")
    return finder


def left_overs(session: Session, format_: str) -> list[LeftOver]:
    """What is open in a format and on no agenda yet, the newest first; rehearsals leave nothing to real meetings."""
    taken = set(
        session.scalars(
            select(AgendaItem.left_over_from)
            .join(Meeting, Meeting.id == AgendaItem.meeting)
            .where(Meeting.format == format_, Meeting.status != "cancelled", AgendaItem.left_over_from.is_not(None))
        )
    )
    rehearsed = set(session.scalars(select(Meeting.id).where(Meeting.format == format_, Meeting.rehearsal.is_(True))))
    known = (left for finder in FINDERS for left in finder(session, format_) if left.meeting not in rehearsed)
    return sorted((left for left in known if left.outcome not in taken), key=lambda left: left.day, reverse=True)
