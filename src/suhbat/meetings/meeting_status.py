"""How far a meeting is, as the guards of acts ask it. `models.Meeting.status` names all of its statuses."""

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting

NOT_OPENED = frozenset({"draft", "convened"})
"""Before it is opened. What happens afterwards is for the chair on the floor."""
UNDER_WAY = frozenset({"open", "suspended"})
OVER = frozenset({"closed", "published", "cancelled"})


def convened_here(meeting: Meeting) -> None:
    """Refuse acts on a meeting that only sources report: it is changed in the public record."""
    if meeting.origin != "held":
        raise out_of_order(lazy("This meeting is known from reports; it was not convened here."))


def not_opened(meeting: Meeting, why: Lazy) -> None:
    """Refuse what belongs to the preparation once the meeting is opened or cancelled; `why` says so."""
    convened_here(meeting)
    if meeting.status not in NOT_OPENED:
        raise out_of_order(why)


def not_over(meeting: Meeting, why: Lazy) -> None:
    """Refuse what comes too late for a meeting that is closed or cancelled; `why` says so."""
    convened_here(meeting)
    if meeting.status in OVER:
        raise out_of_order(why)
