"""Unfinished business of earlier meetings. Outcomes are in a higher layer, so their package registers a finder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from suhbat.ground.register import add_once
from suhbat.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True)
class LeftOver:
    """An outcome for a later meeting that no later meeting has taken up."""

    outcome: str
    """The id of the outcome: `<meeting>#<name>`."""
    meeting: str
    """The id of the meeting of the outcome."""
    day: str
    """The date of that meeting: a day, month or year."""
    kind: str
    """`recommendation` or `next-meeting`."""
    title: str
    topic: str = ""
    by: tuple[str, ...] = ()


Finder = Callable[[Session, str], Iterable[LeftOver]]
FINDERS: list[Finder] = []


def knows_left_overs(finder: Finder) -> Finder:
    """Register a function that returns the unfinished business of a format, given the session and the format's id."""
    add_once(FINDERS, finder, "the finders of unfinished business")
    return finder


def left_overs(session: Session, format_id: str) -> list[LeftOver]:
    """Unfinished business of a format that is on no agenda yet, the newest first; rehearsals and tests leave none."""
    taken_up = set(
        session.scalars(
            select(AgendaItem.left_over_from)
            .join(Meeting, Meeting.id == AgendaItem.meeting)
            .where(
                Meeting.format == format_id,
                Meeting.status != "cancelled",
                Meeting.trial.is_(False),
                AgendaItem.left_over_from.is_not(None),
            )
        )
    )
    not_held = or_(Meeting.rehearsal.is_(True), Meeting.trial.is_(True))
    rehearsals = set(session.scalars(select(Meeting.id).where(Meeting.format == format_id, not_held)))
    all_left_overs = (
        left_over
        for finder in FINDERS
        for left_over in finder(session, format_id)
        if left_over.meeting not in rehearsals
    )
    return sorted(
        (left_over for left_over in all_left_overs if left_over.outcome not in taken_up),
        key=lambda left_over: left_over.day,
        reverse=True,
    )


LONGEST_TITLE = 80
"""Characters of an agenda item that takes up what was left over. The whole sentence is its note."""


def short_title(sentence: str) -> str:
    """A title for an agenda, from the sentence in which something was put down: its beginning, by whole words."""
    if len(sentence) <= LONGEST_TITLE:
        return sentence.removesuffix(".")
    return f"{sentence[:LONGEST_TITLE].rpartition(' ')[0].rstrip(' ,;:–-') or sentence[:LONGEST_TITLE]}…"
