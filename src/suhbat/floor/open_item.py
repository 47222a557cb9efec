"""The chair opens an agenda item."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.floor.floor_inputs import Seen
from suhbat.floor.floor_state import OPEN, FloorState, floor_state, item_of, mark_changed, must_be, room_of
from suhbat.floor.turn_clock import EndedTurn, all_ended_turns, end_turns, with_ends
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry


class OpenItem(InMeeting, frozen=True, kw_only=True):
    """The item that the chair moves to."""

    item: Annotated[str, Meta(title="Agenda item", min_length=1, max_length=40, extra={"choices": "floor.items"})]
    seen: Seen = 0


class ItemOpened(Body, frozen=True, kw_only=True):
    """An agenda item that is before the meeting from now on."""

    item: str
    title: str
    """As the agenda has it at this moment."""
    left: str
    """The item that was before the meeting; empty where none was."""
    ends: list[EndedTurn]


@guard("item.opened")
def may_open_item(_viewer: Viewer, meeting: Meeting, floor: FloorState, item: str) -> None:
    """The meeting is open, and this item is not before it already."""
    must_be(meeting, OPEN)
    if floor.room.item == item:
        raise out_of_order(lazy("This item is before the meeting already."))


@act("item.opened", "Move to an agenda item", by={Role.CHAIR})
def open_item(occasion: Occasion, inputs: OpenItem) -> ItemOpened:
    """The chair opens an item of the agenda.

    Items are taken in any order, and one may come back to an earlier one; each move is recorded. Whoever speaks on
    the item that is left is taken to have ended. Every item keeps its own speakers' list: requests on the item that
    is left wait there until it is taken up again.
    """
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    item = item_of(occasion.session, inputs.meeting, inputs.item)
    may_open_item(occasion.actor, floor.meeting, floor, item.id)
    return ItemOpened(item=item.id, title=item.title, left=floor.room.item, ends=all_ended_turns(floor, occasion.now))


@effect("item.opened")
def item_opened(session: Session, entry: Entry, body: ItemOpened) -> None:
    """The item is before the meeting; the interventions in progress have ended."""
    end_turns(session, entry, body.ends)
    room = room_of(session, entry.meeting)
    room.item, room.open_to_all = body.item, False
    mark_changed(session, entry, chair=True)


@phrase("item.opened")
def say_item_opened(_entry: Entry, body: ItemOpened) -> str:
    """Names the item, and the interventions that end with it."""
    return with_ends(_("The chair opens the item “%(title)s”.") % {"title": body.title}, body.ends)
