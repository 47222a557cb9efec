"""The day that it is at a meeting: today, or in a rehearsal the day that is rehearsed."""

from datetime import date, datetime
from typing import Protocol

from suhbat.ground.dates import first_day


class Dated(Protocol):
    """A meeting, as its table or a reader's copy of the public facts has it."""

    @property
    def starts(self) -> str: ...  # noqa: D102
    @property
    def rehearsal(self) -> bool: ...  # noqa: D102


def day_at(meeting: Dated, now: datetime) -> date:
    """Today; a rehearsal has a day of its own, so that nothing in it is years old the moment it is said."""
    return first_day(meeting.starts) if meeting.rehearsal else now.date()
