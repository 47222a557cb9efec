"""Who may do what with outcomes, and when: shared by their guards."""

from suhbat.acts.roles_and_seats import HEADS, SPEAKERS, STAFF, Role, Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome

WRITERS = STAFF | {Role.NOTE_TAKER}
"""The roles that write down outcomes of the whole meeting."""
AT_WORK = frozenset({"open", "suspended", "closed"})
"""Statuses of a meeting in which outcomes are made and changed."""


def must_take_outcomes(meeting: Meeting) -> None:
    """Refuse unless the meeting was opened and is not published yet."""
    if meeting.status == "published":
        raise out_of_order(lazy("This meeting is published. What comes later is reported as a delivery."))
    if meeting.status not in AT_WORK:
        raise out_of_order(lazy("The meeting has not been opened: there is nothing yet to leave behind."))


def must_be_changeable(meeting: Meeting, outcome: Outcome) -> None:
    """Refuse to change an outcome that is withdrawn, published, or known only from sources."""
    if outcome.origin != "held":
        raise not_found(lazy("There is no such outcome at this meeting."))
    must_take_outcomes(meeting)
    if outcome.status == "withdrawn":
        raise out_of_order(lazy("This was withdrawn."))


def speaks_for(viewer: Viewer, meeting: str) -> str:
    """The state for which the viewer speaks at a meeting; empty if for none."""
    return next((seat.state for seat in viewer.seats_at(meeting) if seat.role in SPEAKERS and seat.state), "")


def may_word(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether the viewer may reword an outcome: as a speaker of its delegation, or a writer for the whole meeting."""
    seats = viewer.seats_at(outcome.meeting)
    if outcome.delegation:
        return any(seat.role in SPEAKERS and seat.state == outcome.delegation for seat in seats)
    return any(seat.role in WRITERS for seat in seats)


def may_bind(viewer: Viewer, outcome: Outcome) -> bool:
    """Whether the viewer may confirm an outcome: as head or alternate of its delegation, or chair for the meeting."""
    seats = viewer.seats_at(outcome.meeting)
    if outcome.delegation:
        return any(seat.role in HEADS and seat.state == outcome.delegation for seat in seats)
    return any(seat.role == Role.CHAIR for seat in seats)
