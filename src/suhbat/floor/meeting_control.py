"""The chair opens, suspends, resumes and closes a meeting."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Input, Occasion, Role, Viewer, act, effect, follow, guard, phrase
from suhbat.floor.floor_inputs import Seen
from suhbat.floor.floor_state import (
    CLOSED,
    CONVENED,
    OPEN,
    SUSPENDED,
    floor_state,
    mark_changed,
    must_be,
    room_of,
    unfinished_turns,
)
from suhbat.floor.models import FloorRequest, Intervention
from suhbat.floor.turn_clock import EndedTurn, all_ended_turns, end_turns, pause_turn, resume_turn, with_ends
from suhbat.ground.clock import stamp
from suhbat.ground.language import _, lazy, ngettext
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.meetings.presence import NotePresence, anybody_came, end_stays
from suhbat.record.entries import Entry


class OpenMeeting(InMeeting, frozen=True, kw_only=True):
    """What the chair says on opening."""

    present: Annotated[
        list[str], Meta(title="Delegations present", max_length=60, extra={"choices": "floor.delegations"})
    ] = msgspec.field(default_factory=list)
    seen: Seen = 0


class MeetingOpened(Body, frozen=True, kw_only=True):
    """A meeting that begins."""

    present: list[str]
    """The delegations that are there, in protocol order."""


@guard("meeting.opened")
def may_open(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is convened and was not opened before."""
    if meeting.status == SUSPENDED:
        raise out_of_order(lazy("The meeting is suspended: resume it."))
    must_be(meeting, CONVENED)


@act("meeting.opened", "Open the meeting", by={Role.CHAIR})
def open_meeting(occasion: Occasion, inputs: OpenMeeting) -> MeetingOpened:
    """The chair opens the meeting.

    Until then those who have come wait in the lobby. The delegations that are present are recorded; one that comes
    later takes part from then on, and nothing that was done before it came is undone by its absence. A meeting is
    opened once: after a suspension it is resumed.
    """
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    may_open(occasion.actor, floor.meeting)
    invited = [delegation.state for delegation in floor.meeting.delegations]
    return MeetingOpened(present=[state for state in invited if state in set(inputs.present)])


@effect("meeting.opened")
def meeting_opened(session: Session, entry: Entry, _body: MeetingOpened) -> None:
    """The meeting is open."""
    _set_status(session, entry, OPEN)
    room_of(session, entry.meeting).opened = stamp(entry.time)


@phrase("meeting.opened")
def say_meeting_opened(_entry: Entry, body: MeetingOpened) -> str:
    """Says how many delegations are present, if the chair named them."""
    count = len(body.present)
    if not count:
        return _("The chair opens the meeting.")
    sentence = ngettext(
        "The chair opens the meeting; %(count)s delegation is present.",
        "The chair opens the meeting; %(count)s delegations are present.",
        count,
    )
    return sentence % {"count": count}


@follow("meeting.opened")
def note_who_is_there(session: Session, entry: Entry) -> Iterable[tuple[str, Input]]:
    """The system notes who is in the room as the meeting is opened."""
    if anybody_came(session, entry.meeting, entry.time):
        yield "presence.noted", NotePresence(meeting=entry.meeting)


class ChairMeeting(InMeeting, frozen=True, kw_only=True):
    """Suspend, resume or close."""

    seen: Seen = 0


class MeetingSuspended(Body, frozen=True, kw_only=True):
    """A meeting that rests for a while."""

    pauses: str
    """The intervention that has the floor and keeps it; empty where nobody has it."""


@guard("meeting.suspended")
def may_suspend(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is open."""
    must_be(meeting, OPEN)


@act("meeting.suspended", "Suspend the meeting", by={Role.CHAIR})
def suspend(occasion: Occasion, inputs: ChairMeeting) -> MeetingSuspended:
    """The chair suspends the meeting for a while.

    Whoever has the floor keeps it: the clock stands still and goes on when the meeting is resumed. The speakers'
    list stays as it is and still takes requests to speak.
    """
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    may_suspend(occasion.actor, floor.meeting)
    return MeetingSuspended(pauses=floor.holder.id if floor.holder else "")


@effect("meeting.suspended")
def meeting_suspended(session: Session, entry: Entry, _body: MeetingSuspended) -> None:
    """The meeting is suspended; all clocks stop."""
    _set_status(session, entry, SUSPENDED)
    room_of(session, entry.meeting).suspended = stamp(entry.time)
    for turn in unfinished_turns(session, entry.meeting):
        pause_turn(turn, entry.time)


@phrase("meeting.suspended")
def say_meeting_suspended(_entry: Entry, _body: MeetingSuspended) -> str:
    """The meeting is suspended."""
    return _("The chair suspends the meeting.")


class MeetingResumed(Body, frozen=True, kw_only=True):
    """A meeting that goes on."""

    resumes: str
    """The intervention whose clock runs again; empty where nobody has the floor."""


@guard("meeting.resumed")
def may_resume(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is suspended."""
    must_be(meeting, SUSPENDED)


@act("meeting.resumed", "Resume the meeting", by={Role.CHAIR})
def resume(occasion: Occasion, inputs: ChairMeeting) -> MeetingResumed:
    """The chair resumes a suspended meeting; whoever had the floor has it again."""
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    may_resume(occasion.actor, floor.meeting)
    return MeetingResumed(resumes=floor.holder.id if floor.holder else "")


@effect("meeting.resumed")
def meeting_resumed(session: Session, entry: Entry, body: MeetingResumed) -> None:
    """The meeting is open again; the speaker's clock runs."""
    _set_status(session, entry, OPEN)
    room_of(session, entry.meeting).suspended = None
    if body.resumes:
        resume_turn(session.get_one(Intervention, body.resumes), entry.time)


@phrase("meeting.resumed")
def say_meeting_resumed(_entry: Entry, _body: MeetingResumed) -> str:
    """The meeting goes on."""
    return _("The chair resumes the meeting.")


class LapsedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request that was not reached."""

    request: str
    delegation: str
    kind: str
    """`speech`, `reply`, `point-of-order` or `question`."""


class MeetingClosed(Body, frozen=True, kw_only=True):
    """A meeting that is over."""

    ends: list[EndedTurn]
    lapsed: list[LapsedRequest]
    """In the order in which they were made."""


@guard("meeting.closed")
def may_close(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is open or suspended."""
    must_be(meeting, OPEN, SUSPENDED)


@act("meeting.closed", "Close the meeting", by={Role.CHAIR})
def close(occasion: Occasion, inputs: ChairMeeting) -> MeetingClosed:
    """The chair declares the meeting closed.

    Whoever speaks is taken to have ended. Requests that were not reached lapse, and the record says whose they
    were. A closed meeting is not opened again: what is left over goes to the next one.
    """
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    may_close(occasion.actor, floor.meeting)
    requests = _waiting_requests(occasion.session, inputs.meeting)
    return MeetingClosed(
        ends=all_ended_turns(floor, occasion.now),
        lapsed=[
            LapsedRequest(request=request.id, delegation=request.delegation, kind=request.kind) for request in requests
        ],
    )


@effect("meeting.closed")
def meeting_closed(session: Session, entry: Entry, body: MeetingClosed) -> None:
    """The meeting is closed. All interventions and stays have ended, and the waiting requests have lapsed."""
    _set_status(session, entry, CLOSED)
    room = room_of(session, entry.meeting)
    room.closed, room.suspended, room.open_to_all = stamp(entry.time), None, False
    end_turns(session, entry, body.ends)
    end_stays(session, entry)
    for request in _waiting_requests(session, entry.meeting):
        request.status = "lapsed"


@phrase("meeting.closed")
def say_meeting_closed(_entry: Entry, body: MeetingClosed) -> str:
    """Names also the interventions that end with it."""
    return with_ends(_("The chair closes the meeting."), body.ends)


def _set_status(session: Session, entry: Entry, status: str) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.entry = status, entry.number
    mark_changed(session, entry, chair=True)


def _waiting_requests(session: Session, meeting: str) -> list[FloorRequest]:
    query = select(FloorRequest).where(FloorRequest.meeting == meeting, FloorRequest.status == "waiting")
    return list(session.scalars(query.order_by(FloorRequest.entry)))
