"""Checks of a meeting's status for the guards of acts. `models.Meeting.status` lists all statuses."""

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting

NOT_OPENED = frozenset({"draft", "convened"})
"""Before the meeting is opened. Afterwards the chair directs it with the acts of the floor."""
UNDER_WAY = frozenset({"open", "suspended"})
OVER = frozenset({"closed", "published", "cancelled"})


def convened_here(meeting: Meeting) -> None:
    """Refuse acts on a reported meeting: it is changed in the public record."""
    if meeting.origin != "held":
        raise out_of_order(lazy("This meeting is known from reports; it was not convened here."))


def not_opened(meeting: Meeting, why: Lazy) -> None:
    """Refuse acts of the preparation once the meeting is opened or cancelled, with the message `why`."""
    convened_here(meeting)
    if meeting.status not in NOT_OPENED:
        raise out_of_order(why)


def not_over(meeting: Meeting, why: Lazy) -> None:
    """Refuse acts that are too late because the meeting is closed or cancelled, with the message `why`."""
    convened_here(meeting)
    if meeting.status in OVER:
        raise out_of_order(why)
