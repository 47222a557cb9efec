"""The chair closes and reopens the speakers' list of an item, sets its order and its time limit."""

from typing import Annotated, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.floor.floor_inputs import Item, Seen
from suhbat.floor.floor_state import (
    CONVENED,
    OPEN,
    SUSPENDED,
    FloorState,
    floor_state,
    item_of,
    list_of,
    mark_changed,
    must_be,
)
from suhbat.floor.intervention_kinds import MAX_SECONDS
from suhbat.floor.models import SpeakersList
from suhbat.ground.dates import show_duration
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry


class OneList(InMeeting, frozen=True, kw_only=True):
    """Which list: that of the item before the meeting if none is named."""

    item: Item = ""
    seen: Seen = 0


class ListBody(Body, frozen=True, kw_only=True):
    """The fields that all bodies about the speakers' list of an item have."""

    item: str
    """Empty for the list of a meeting without an item before it."""
    title: str
    """The item's, as the agenda has it at this moment."""


class ListClosed(ListBody, frozen=True, kw_only=True):
    """A list that takes no more speeches."""


@guard("list.closed")
def may_close_list(_viewer: Viewer, meeting: Meeting, speakers: SpeakersList) -> None:
    """The list is open, and the meeting is not closed."""
    must_be(meeting, CONVENED, OPEN, SUSPENDED)
    if speakers.closed:
        raise out_of_order(lazy("The list is closed already."))


@act("list.closed", "Close the speakers' list", by={Role.CHAIR})
def close_list(occasion: Occasion, inputs: OneList) -> ListClosed:
    """The chair announces the list of an item and declares it closed: nobody else asks to speak on it.

    Rights of reply and points of order remain. Source: rule 73 of the UN General Assembly.
    """
    floor, item = _floor_and_item(occasion, inputs)
    may_close_list(occasion.actor, floor.meeting, list_of(occasion.session, inputs.meeting, item))
    return ListClosed(item=item, title=_item_title(occasion, inputs, item))


@effect("list.closed")
def list_closed(session: Session, entry: Entry, body: ListClosed) -> None:
    """The list takes no more speeches."""
    _list_to_change(session, entry, body).closed = True


@phrase("list.closed")
def say_list_closed(_entry: Entry, _body: ListClosed) -> str:
    """The list is closed."""
    return _("The chair closes the speakers' list.")


class ListOpened(ListBody, frozen=True, kw_only=True):
    """A list that takes speeches again."""


@guard("list.opened")
def may_open_list(_viewer: Viewer, meeting: Meeting, speakers: SpeakersList) -> None:
    """The list is closed, and the meeting is not."""
    must_be(meeting, CONVENED, OPEN, SUSPENDED)
    if not speakers.closed:
        raise out_of_order(lazy("The list is open already."))


@act("list.opened", "Reopen the speakers' list", by={Role.CHAIR})
def open_list(occasion: Occasion, inputs: OneList) -> ListOpened:
    """The chair reopens a list that was closed. A list is open from the start until it is closed."""
    floor, item = _floor_and_item(occasion, inputs)
    may_open_list(occasion.actor, floor.meeting, list_of(occasion.session, inputs.meeting, item))
    return ListOpened(item=item, title=_item_title(occasion, inputs, item))


@effect("list.opened")
def list_opened(session: Session, entry: Entry, body: ListOpened) -> None:
    """The list takes speeches again."""
    _list_to_change(session, entry, body).closed = False


@phrase("list.opened")
def say_list_opened(_entry: Entry, _body: ListOpened) -> str:
    """The list is open again."""
    return _("The chair reopens the speakers' list.")


class OrderList(OneList, frozen=True, kw_only=True):
    """The order of the list."""

    order: Annotated[
        Literal["request", "protocol"],
        Meta(title="Order", extra={"context": "a list of speakers", "words_of": "order of a list of speakers"}),
    ]


class ListOrdered(ListBody, frozen=True, kw_only=True):
    """A list in another order."""

    order: str
    """`request` or `protocol`."""


@guard("list.ordered", "list.time_limited")
def may_rule_list(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is convened and not closed yet."""
    must_be(meeting, CONVENED, OPEN, SUSPENDED)


@act("list.ordered", "Order the speakers' list", by={Role.CHAIR})
def order_list(occasion: Occasion, inputs: OrderList) -> ListOrdered:
    """The chair has the list follow the order of requests, as the server took them, or the order of protocol.

    Either way a point of order stands first and replies stand last.
    """
    floor, item = _floor_and_item(occasion, inputs)
    may_rule_list(occasion.actor, floor.meeting)
    if list_of(occasion.session, inputs.meeting, item).order == inputs.order:
        raise out_of_order(lazy("The list is in this order already."))
    return ListOrdered(item=item, title=_item_title(occasion, inputs, item), order=str(inputs.order))


@effect("list.ordered")
def list_ordered(session: Session, entry: Entry, body: ListOrdered) -> None:
    """The list has the order that the chair chose."""
    _list_to_change(session, entry, body).order = body.order


@phrase("list.ordered")
def say_list_ordered(_entry: Entry, body: ListOrdered) -> str:
    """Names the new order."""
    if body.order == "protocol":
        return _("The chair puts the speakers' list in the order of protocol.")
    return _("The chair puts the speakers' list in the order of requests.")


class LimitTime(OneList, frozen=True, kw_only=True):
    """The time of a speech on the item."""

    seconds: Annotated[int, Meta(ge=0, le=MAX_SECONDS, title="Seconds for a speech", description="0 lifts the limit.")]


class ListTimeLimited(ListBody, frozen=True, kw_only=True):
    """A list whose speeches have this much time."""

    seconds: int
    """For each speech; 0 where the limit is lifted."""


@act("list.time_limited", "Limit the time of speeches", by={Role.CHAIR})
def limit_time(occasion: Occasion, inputs: LimitTime) -> ListTimeLimited:
    """The chair limits the time of each speech on an item, or lifts the limit.

    It holds for turns that begin from now on. Source: rule 72 of the UN General Assembly.
    """
    floor, item = _floor_and_item(occasion, inputs)
    may_rule_list(occasion.actor, floor.meeting)
    return ListTimeLimited(item=item, title=_item_title(occasion, inputs, item), seconds=inputs.seconds)


@effect("list.time_limited")
def list_time_limited(session: Session, entry: Entry, body: ListTimeLimited) -> None:
    """Speeches on the item have this much time."""
    _list_to_change(session, entry, body).seconds = body.seconds


@phrase("list.time_limited")
def say_list_time_limited(_entry: Entry, body: ListTimeLimited) -> str:
    """Names the time of a speech, or says that the limit is lifted."""
    if not body.seconds:
        return _("The chair lifts the time limit of speeches.")
    return _("The chair limits speeches to %(span)s.") % {"span": show_duration(body.seconds)}


def _floor_and_item(occasion: Occasion, inputs: OneList) -> tuple[FloorState, str]:
    """The state of the floor, and the item of the list: the named one, else the present one."""
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    if inputs.item:
        return floor, item_of(occasion.session, inputs.meeting, inputs.item).id
    if floor.awaits_item:
        raise out_of_order(lazy("No item is before the meeting yet, and each item has its own list: open one first."))
    return floor, floor.room.item


def _item_title(occasion: Occasion, inputs: OneList, item: str) -> str:
    return item_of(occasion.session, inputs.meeting, item).title if item else ""


def _list_to_change(session: Session, entry: Entry, body: ListBody) -> SpeakersList:
    """The row of the list that an entry changes; the room is marked as changed."""
    speakers = list_of(session, entry.meeting, body.item)
    session.add(speakers)
    mark_changed(session, entry, chair=True)
    return speakers
