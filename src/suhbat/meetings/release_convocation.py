"""Releasing a convocation: the draft becomes a meeting that anyone may know of."""

from typing import ClassVar

from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Notice, Occasion, Role, Viewer, act, effect, guard, notice, phrase
from suhbat.acts.bodies import Shape, upcaster
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.meeting_status import convened_here
from suhbat.meetings.models import Meeting
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.public_facts import PublicFacts, public_facts, show_facts
from suhbat.meetings.queries import meeting_of
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import Entry


class Release(InMeeting, frozen=True, kw_only=True):
    """The draft to release."""


class MeetingReleased(Body, frozen=True, kw_only=True):
    """The facts that became public with the release."""

    version: ClassVar[int] = 2
    title: str
    opens_at: str
    """The instant in UTC (`clock.stamp`)."""
    zone: str
    """The time zone of the host."""
    facts: PublicFacts | None
    """All that anyone may know from now on; none in version 1."""


@upcaster("meeting.released", 1)
def from_version_1(shape: Shape) -> Shape:
    """Version 1 told three facts only."""
    return {**shape, "facts": None}


@guard("meeting.released")
def may_release(_viewer: Viewer, meeting: Meeting) -> None:
    """Only a draft can be released."""
    convened_here(meeting)
    if meeting.trial:
        raise out_of_order(lazy("This is a test meeting. Nothing of it becomes public."))
    if meeting.status != "draft":
        raise out_of_order(lazy("It has been released already."))


@act("meeting.released", "Release the convocation", by={Role.SECRETARIAT}, audience="public")
def release(occasion: Occasion, inputs: Release) -> Decision[MeetingReleased]:
    """The secretariat releases a draft: the meeting is convened, anyone may see that, when and where it will be held.

    What is seen of the agenda and the papers is decided by their own releases and audiences.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_release(occasion.actor, meeting)
    body = MeetingReleased(
        title=meeting.title,
        opens_at=meeting.opens_at or "",
        zone=meeting.zone,
        facts=public_facts(meeting, status="convened"),
    )
    return Decision(body, reply={"then": desk_of(meeting.id)})


@effect("meeting.released")
def released(session: Session, entry: Entry, body: MeetingReleased) -> None:
    """Marks the meeting as convened and released; it stays public even if it is cancelled."""
    if body.facts:
        show_facts(session, entry, body.facts)
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.released, meeting.entry = "convened", True, entry.number


@phrase("meeting.released")
def say_released(_entry: Entry, body: MeetingReleased) -> str:
    """Names the meeting."""
    return gettext("“%(title)s” is convened.") % {"title": body.title}


@notice("meeting.released")
def tell_released(_entry: Entry, _body: MeetingReleased) -> Notice:
    """Everyone with a seat at the meeting; what was told of its draft is seen from now on."""
    return Notice(gettext("The meeting is convened."), (PARTICIPANTS,))
