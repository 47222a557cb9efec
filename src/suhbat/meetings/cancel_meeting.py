"""Cancelling a meeting that was not opened."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Notice, Occasion, Role, Viewer, act, effect, guard, notice, phrase
from suhbat.ground.language import gettext, lazy
from suhbat.meetings.meeting_status import not_opened
from suhbat.meetings.models import Meeting
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.queries import meeting_of
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import Entry


class Cancel(InMeeting, frozen=True, kw_only=True):
    """The meeting to cancel, and why."""

    reason: Annotated[str, Meta(title="Reason", min_length=1, max_length=1_000, extra={"widget": "textarea"})]


class MeetingCancelled(Body, frozen=True, kw_only=True):
    """The cancelled meeting, and the reason."""

    title: str
    reason: str
    sequence: int
    """The iCalendar SEQUENCE, one higher, so that calendars cancel the event."""


@guard("meeting.cancelled")
def may_cancel(_viewer: Viewer, meeting: Meeting) -> None:
    """A meeting can be cancelled once, before it is opened."""
    not_opened(meeting, lazy("Only a meeting that was not opened yet can be cancelled."))


@act("meeting.cancelled", "Cancel a meeting", by={Role.SECRETARIAT})
def cancel(occasion: Occasion, inputs: Cancel) -> Decision[MeetingCancelled]:
    """The secretariat cancels a meeting that was not opened, and says why.

    Calendars are told to strike it out. The meeting keeps its address and its record; it cannot be convened again.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_cancel(occasion.actor, meeting)
    body = MeetingCancelled(title=meeting.title, reason=inputs.reason, sequence=meeting.sequence + 1)
    audience = "" if meeting.status == "draft" else "public"
    return Decision(body, audience=audience, reply={"then": desk_of(meeting.id)})


@effect("meeting.cancelled")
def cancelled(session: Session, entry: Entry, body: MeetingCancelled) -> None:
    """Sets the status and the reason."""
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.cancelled_because = "cancelled", body.reason
    meeting.sequence, meeting.entry = body.sequence, entry.number


@phrase("meeting.cancelled")
def say_cancelled(_entry: Entry, body: MeetingCancelled) -> str:
    """Names the meeting and the reason."""
    return gettext("“%(title)s” was cancelled: %(reason)s") % {"title": body.title, "reason": body.reason}


@notice("meeting.cancelled")
def tell_cancelled(_entry: Entry, _body: MeetingCancelled) -> Notice:
    """Everyone with a seat at the meeting, at once."""
    return Notice(gettext("The meeting is cancelled."), (PARTICIPANTS,), urgent=True)
