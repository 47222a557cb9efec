"""The chair's frame of a meeting: it is opened, suspended, resumed, closed, and moves through its agenda."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import InMeeting, Occasion, Role, act, effect
from suhbat.floor.floor_state import (
    CONVENED,
    OPEN,
    SUSPENDED,
    Standing,
    end,
    go_on,
    item_of,
    pause,
    room_of,
    spoken,
    standing,
    unfinished,
)
from suhbat.floor.models import FloorRequest, Intervention
from suhbat.ground.clock import stamp
from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry

Seen = Annotated[int, Meta(ge=0, title="What the form had seen", extra={"widget": "hidden"})]
"""The number of the chair's last decision that the form showed; 0 where it showed none."""


class OpenMeeting(InMeeting, frozen=True, kw_only=True):
    """What the chair says on opening."""

    present: Annotated[
        list[str], Meta(title="Delegations present", max_length=60, extra={"choices": "floor.delegations"})
    ] = msgspec.field(default_factory=list)
    seen: Seen = 0


class ChairMeeting(InMeeting, frozen=True, kw_only=True):
    """Suspend, resume or close."""

    seen: Seen = 0


class OpenItem(InMeeting, frozen=True, kw_only=True):
    """The item that the chair moves to."""

    item: Annotated[str, Meta(title="Agenda item", min_length=1, max_length=40, extra={"choices": "floor.items"})]
    seen: Seen = 0


@act("meeting.opened", "Open the meeting", by={Role.CHAIR})
def open_meeting(occasion: Occasion, inputs: OpenMeeting) -> dict[str, Any]:
    """The chair opens the meeting.

    Until then those who have come wait in the lobby. The delegations that are present are recorded; one that comes
    later takes part from then on, and nothing that was done before it came is undone by its absence. A meeting is
    opened once: after a suspension it is resumed.
    """
    stands = standing(occasion.session, inputs.meeting)
    if stands.meeting.status == SUSPENDED:
        raise out_of_order(lazy("The meeting is suspended: resume it."))
    stands.must_have_seen(inputs.seen)
    stands.must_be(CONVENED)
    invited = [each.state for each in stands.meeting.delegations]
    return {"present": [state for state in invited if state in set(inputs.present)]}


@effect("meeting.opened")
def opened(session: Session, entry: Entry) -> None:
    """The meeting is open."""
    _turn(session, entry, OPEN)
    room_of(session, entry.meeting).opened = stamp(entry.time)


@act("meeting.suspended", "Suspend the meeting", by={Role.CHAIR})
def suspend(occasion: Occasion, inputs: ChairMeeting) -> dict[str, Any]:
    """The chair suspends the meeting for a while.

    Whoever has the floor keeps it: the clock stands still and goes on when the meeting is resumed. The speakers'
    list stays as it is and still takes requests to speak.
    """
    stands = standing(occasion.session, inputs.meeting)
    stands.must_have_seen(inputs.seen)
    stands.must_be(OPEN)
    return {"pauses": stands.holder.id if stands.holder else ""}


@effect("meeting.suspended")
def suspended(session: Session, entry: Entry) -> None:
    """The meeting is suspended and no clock runs."""
    _turn(session, entry, SUSPENDED)
    room_of(session, entry.meeting).suspended = stamp(entry.time)
    for turn in unfinished(session, entry.meeting):
        pause(turn, entry.time)


@act("meeting.resumed", "Resume the meeting", by={Role.CHAIR})
def resume(occasion: Occasion, inputs: ChairMeeting) -> dict[str, Any]:
    """The chair resumes a suspended meeting; whoever had the floor has it again."""
    stands = standing(occasion.session, inputs.meeting)
    stands.must_have_seen(inputs.seen)
    stands.must_be(SUSPENDED)
    return {"resumes": stands.holder.id if stands.holder else ""}


@effect("meeting.resumed")
def resumed(session: Session, entry: Entry) -> None:
    """The meeting is open again and the speaker's clock runs on."""
    _turn(session, entry, OPEN)
    room_of(session, entry.meeting).suspended = None
    if entry.body["resumes"]:
        go_on(_intervention(session, entry.body["resumes"]), entry.time)


@act("meeting.closed", "Close the meeting", by={Role.CHAIR})
def close(occasion: Occasion, inputs: ChairMeeting) -> dict[str, Any]:
    """The chair declares the meeting closed.

    Whoever speaks is taken to have ended. Requests that were not reached lapse, and the record says whose they
    were. A closed meeting is not opened again: what is left over goes to the next one.
    """
    stands = standing(occasion.session, inputs.meeting)
    stands.must_have_seen(inputs.seen)
    stands.must_be(OPEN, SUSPENDED)
    waiting = _waiting(occasion.session, inputs.meeting)
    return {
        "ends": all_ended(stands, occasion.now),
        "lapsed": [{"request": each.id, "delegation": each.delegation, "kind": each.kind} for each in waiting],
    }


@effect("meeting.closed")
def closed(session: Session, entry: Entry) -> None:
    """The meeting is closed, the floor is empty, and what waited has lapsed."""
    _turn(session, entry, "closed")
    room = room_of(session, entry.meeting)
    room.closed, room.suspended, room.open_to_all = stamp(entry.time), None, False
    end_all(session, entry)
    for each in _waiting(session, entry.meeting):
        each.status = "lapsed"


@act("item.opened", "Move to an agenda item", by={Role.CHAIR})
def open_item(occasion: Occasion, inputs: OpenItem) -> dict[str, Any]:
    """The chair opens an item of the agenda.

    Items are taken in any order, and one may come back to an earlier one; each move is recorded. Whoever speaks on
    the item that is left is taken to have ended. Every item keeps its own speakers' list: requests on the item that
    is left wait there until it is taken up again.
    """
    stands = standing(occasion.session, inputs.meeting)
    stands.must_have_seen(inputs.seen)
    stands.must_be(OPEN)
    item = item_of(occasion.session, inputs.meeting, inputs.item)
    if stands.room.item == item.id:
        raise out_of_order(lazy("This item is before the meeting already."))
    return {"item": item.id, "title": item.title, "left": stands.room.item, "ends": all_ended(stands, occasion.now)}


@effect("item.opened")
def opened_item(session: Session, entry: Entry) -> None:
    """The item is before the meeting."""
    end_all(session, entry)
    room = room_of(session, entry.meeting)
    room.item, room.open_to_all = entry.body["item"], False
    mark(session, entry, chair=True)


def all_ended(stands: Standing, at: datetime) -> list[dict[str, Any]]:
    """What an act says of the interventions that it ends: which, whose, after how many seconds on the floor."""
    return [ended(turn, at) for turn in reversed(stands.turns)]


def ended(turn: Intervention, at: datetime) -> dict[str, Any]:
    """What an entry says of one intervention that ends."""
    return {"given": turn.id, "delegation": turn.delegation, "seconds": round(spoken(turn, at) / 1_000_000)}


def end_all(session: Session, entry: Entry) -> None:
    """End the interventions that the entry names."""
    for each in entry.body["ends"]:
        end(_intervention(session, each["given"]), entry.time)


def mark(session: Session, entry: Entry, *, chair: bool) -> None:
    """Note that the room looks different since this entry, and that the chair decided so."""
    room = room_of(session, entry.meeting)
    room.changed = entry.number
    if chair:
        room.chaired = entry.number


def _turn(session: Session, entry: Entry, status: str) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.entry = status, entry.number
    mark(session, entry, chair=True)


def _intervention(session: Session, given: str) -> Intervention:
    return session.get_one(Intervention, given)


def _waiting(session: Session, meeting: str) -> list[FloorRequest]:
    query = select(FloorRequest).where(FloorRequest.meeting == meeting, FloorRequest.status == "waiting")
    return list(session.scalars(query.order_by(FloorRequest.entry)))
