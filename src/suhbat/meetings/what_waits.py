"""What waits for a person at the own meetings, each with the one step to it: on the own page and on the desk.

A package whose objects wait for somebody registers how to find them. It is asked once for all meetings of a page, so
it takes the same number of queries for one meeting and for many.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.door import Door
from suhbat.acts.roles_and_seats import STAFF, Viewer
from suhbat.ground.register import Register
from suhbat.meetings.models import Meeting

TO_DO, OTHERS, DONE = "to-do", "others", "done"
"""Whose move it is: the reader's, that of others for whom the reader waits, or nobody's any more."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits at a meeting."""

    meeting: Meeting
    says: str
    """One sentence."""
    page: str
    """Where the one step is taken; an address without a language."""
    step: str
    """What the link there says."""
    move: str = TO_DO


@dataclass(frozen=True)
class Asking:
    """Who asks what waits, at which meetings."""

    session: Session
    door: Door
    viewer: Viewer
    moment: datetime
    meetings: Mapping[str, Meeting]
    """By id. The delegations of each are loaded."""

    def offers(self, act: str, meeting: Meeting, *about: Any) -> bool:
        """Whether the reader is offered an act there."""
        return self.door.offers(self.viewer, act, meeting, *about)

    def serves(self, meeting: Meeting) -> bool:
        """Whether the reader is in the chair or of the secretariat there."""
        return bool(self.viewer.roles_at(meeting.id) & STAFF)

    def those(self, *statuses: str) -> dict[str, Meeting]:
        """The meetings with one of these statuses."""
        return {id_: meeting for id_, meeting in self.meetings.items() if meeting.status in statuses}


Finder = Callable[[Asking], Iterable[Waiting]]
WAITS: Register[tuple[int, Finder]] = Register("finders of what waits")
PREPARATION = "preparation"
"""The finder of what is to be prepared. The desk has a list of its own for it."""


def waits(name: str, order: int) -> Callable[[Finder], Finder]:
    """Register a function that finds what waits; the lowest `order` comes first."""

    def register(finder: Finder) -> Finder:
        WAITS[name] = order, finder
        return finder

    return register


def what_waits(asking: Asking, *, without: str = "") -> list[Waiting]:
    """Everything that waits for the reader at these meetings, meeting by meeting."""
    if not asking.meetings:
        return []
    finders = [finder for name, (_order, finder) in sorted(WAITS.items(), key=lambda it: it[1][0]) if name != without]
    found = [each for finder in finders for each in finder(asking)]
    places = {meeting: n for n, meeting in enumerate(asking.meetings)}
    return sorted(found, key=lambda each: places[each.meeting.id])
