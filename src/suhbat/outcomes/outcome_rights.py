"""Who may do what with outcomes, and when: what their guards have in common."""

from suhbat.acts.actors import HEADS, SPEAKERS, STAFF, Role, Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome

WRITERS = STAFF | {Role.NOTE_TAKER}
"""Those who write down what the meeting as a whole leaves behind."""
AT_WORK = frozenset({"open", "suspended", "closed"})
"""States of a meeting in which outcomes are made and changed."""


def takes_outcomes(meeting: Meeting) -> None:
    """Refuse unless outcomes can still be made or changed at a meeting: from its opening until it is published."""
    if meeting.status == "published":
        raise out_of_order(lazy("This meeting is published. What comes later is reported as a delivery."))
    if meeting.status not in AT_WORK:
        raise out_of_order(lazy("The meeting has not been opened: there is nothing yet to leave behind."))


def can_change(meeting: Meeting, outcome: Outcome) -> None:
    """Refuse what changes an outcome that is fixed: withdrawn, published, or known from sources alone."""
    if outcome.origin != "held":
        raise not_found(lazy("There is no such outcome at this meeting."))
    takes_outcomes(meeting)
    if outcome.status == "withdrawn":
        raise out_of_order(lazy("This was withdrawn."))


def speaks_for(viewer: Viewer, meeting: str) -> str:
    """The state for which the viewer speaks at a meeting; empty if for none."""
    return next((seat.state for seat in viewer.seats_at(meeting) if seat.role in SPEAKERS and seat.state), "")


def may_word(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether the viewer may word an outcome anew: its delegation's speakers; for the meeting's own, its writers."""
    seats = viewer.seats_at(outcome.meeting)
    if outcome.delegation:
        return any(seat.role in SPEAKERS and seat.state == outcome.delegation for seat in seats)
    return any(seat.role in WRITERS for seat in seats)


def may_bind(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether the viewer may confirm an outcome: the head or alternate of its delegation; the chair for the meeting."""
    seats = viewer.seats_at(outcome.meeting)
    if outcome.delegation:
        return any(seat.role in HEADS and seat.state == outcome.delegation for seat in seats)
    return any(seat.role == Role.CHAIR for seat in seats)
