"""The chair opens the discussion to all, and ends it."""

from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.floor.floor_inputs import Seen
from suhbat.floor.floor_state import OPEN, FloorState, floor_state, mark_changed, must_be, room_of
from suhbat.floor.turn_clock import EndedTurn, all_ended_turns, end_turns, with_ends
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry


class ToAll(InMeeting, frozen=True, kw_only=True):
    """Open the discussion to all, or close it."""

    seen: Seen = 0


class FloorOpenedToAll(Body, frozen=True, kw_only=True):
    """An open discussion that begins."""

    item: str
    """The agenda item before the meeting; empty where none is open."""
    ends: list[EndedTurn]


@guard("floor.opened_to_all")
def may_open_to_all(_viewer: Viewer, meeting: Meeting, floor: FloorState) -> None:
    """The meeting is open, its discussion is not open to all yet, and no point of order waits."""
    must_be(meeting, OPEN)
    if floor.room.open_to_all:
        raise out_of_order(lazy("The discussion is open to all already."))
    if floor.point_waits:
        raise out_of_order(lazy("A point of order was raised: it is taken first."))


@act("floor.opened_to_all", "Open the discussion to all", by={Role.CHAIR})
def open_to_all(occasion: Occasion, inputs: ToAll) -> FloorOpenedToAll:
    """The chair lets the delegations talk to one another without the list; every microphone may be opened.

    Whoever has the floor is taken to have ended. The time of an open discussion is nobody's: it is not counted for
    any delegation. Requests on the list keep their places.
    """
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    may_open_to_all(occasion.actor, floor.meeting, floor)
    return FloorOpenedToAll(item=floor.room.item, ends=all_ended_turns(floor, occasion.now))


@effect("floor.opened_to_all")
def floor_opened_to_all(session: Session, entry: Entry, body: FloorOpenedToAll) -> None:
    """Everyone may speak; the interventions in progress have ended."""
    end_turns(session, entry, body.ends)
    room_of(session, entry.meeting).open_to_all = True
    mark_changed(session, entry, chair=True)


@phrase("floor.opened_to_all")
def say_opened_to_all(_entry: Entry, body: FloorOpenedToAll) -> str:
    """Names also the interventions that end with it."""
    return with_ends(_("The chair opens the discussion to all."), body.ends)


class FloorClosedToAll(Body, frozen=True, kw_only=True):
    """An open discussion that is over."""

    item: str
    """The agenda item before the meeting; empty where none is open."""


@guard("floor.closed_to_all")
def may_close_to_all(_viewer: Viewer, meeting: Meeting, floor: FloorState) -> None:
    """The discussion of an open meeting is open to all."""
    must_be(meeting, OPEN)
    if not floor.room.open_to_all:
        raise out_of_order(lazy("The discussion is not open to all."))


@act("floor.closed_to_all", "End the open discussion", by={Role.CHAIR})
def close_to_all(occasion: Occasion, inputs: ToAll) -> FloorClosedToAll:
    """The chair ends the open discussion: from now on one speaks who was given the floor."""
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    may_close_to_all(occasion.actor, floor.meeting, floor)
    return FloorClosedToAll(item=floor.room.item)


@effect("floor.closed_to_all")
def floor_closed_to_all(session: Session, entry: Entry, _body: FloorClosedToAll) -> None:
    """Only a delegation that is given the floor may speak."""
    room_of(session, entry.meeting).open_to_all = False
    mark_changed(session, entry, chair=True)


@phrase("floor.closed_to_all")
def say_closed_to_all(_entry: Entry, _body: FloorClosedToAll) -> str:
    """The open discussion has ended."""
    return _("The chair ends the open discussion.")
