"""Deleting a meeting that nobody but its participants ever knew of: a wrong draft, or a test."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.meeting_status import UNDER_WAY, convened_here
from suhbat.meetings.models import Meeting
from suhbat.meetings.queries import meeting_of
from suhbat.record.entries import Entry


class MeetingDeleted(Body, frozen=True, kw_only=True):
    """The title of the meeting that is no more."""

    title: str


@guard("meeting.deleted")
def may_delete(_viewer: Viewer, meeting: Meeting) -> None:
    """A meeting that was never released, while nobody sits in session."""
    convened_here(meeting)
    if meeting.released:
        raise out_of_order(lazy("This meeting was released. It can be cancelled, not deleted."))
    if meeting.status in UNDER_WAY:
        raise out_of_order(lazy("This meeting is in session. Close it first."))


@act("meeting.deleted", "Delete a meeting", by={Role.SECRETARIAT})
def delete_meeting(occasion: Occasion, inputs: InMeeting) -> Decision[MeetingDeleted]:
    """The secretariat deletes a draft that was never released, or a test meeting, with all that is in it.

    Its pages are gone, its seats and letters end, and nothing public tells of it. The record keeps its entries, closed;
    nobody has a seat any more that opens them. Its address is not given again.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_delete(occasion.actor, meeting)
    return Decision(MeetingDeleted(title=meeting.title), reply={"then": f"/formats/{meeting.format}"})


@effect("meeting.deleted")
def deleted(session: Session, entry: Entry, _body: MeetingDeleted) -> None:
    """The meeting is no longer in the tables, nor anything that belongs to it."""
    session.flush()
    session.execute(delete(Meeting).where(Meeting.id == entry.meeting))
    session.expire_all()


@phrase("meeting.deleted")
def say_deleted(_entry: Entry, body: MeetingDeleted) -> str:
    """Names the meeting."""
    return gettext("“%(title)s” was deleted.") % {"title": body.title}
