"""The chair's hand on the speakers' list of an item: closed and reopened, its order, its time limit."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import InMeeting, Occasion, Role, act, effect
from suhbat.floor.floor_state import CONVENED, OPEN, SUSPENDED, Standing, item_of, list_of, standing
from suhbat.floor.interventions import LONGEST
from suhbat.floor.meeting_control import Seen, mark
from suhbat.floor.models import SpeakersList
from suhbat.floor.requests import Item
from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.record.entries import Entry


class OneList(InMeeting, frozen=True, kw_only=True):
    """Which list: that of the item before the meeting if none is named."""

    item: Item = ""
    seen: Seen = 0


class OrderList(OneList, frozen=True, kw_only=True):
    """The order of the list."""

    order: Annotated[
        Literal["request", "protocol"],
        Meta(title="Order", extra={"context": "a list of speakers", "words_of": "order of a list of speakers"}),
    ]


class LimitTime(OneList, frozen=True, kw_only=True):
    """The time of a speech on the item."""

    seconds: Annotated[int, Meta(ge=0, le=LONGEST, title="Seconds for a speech", description="0 lifts the limit.")]


@act("list.closed", "Close the speakers' list", by={Role.CHAIR})
def close_list(occasion: Occasion, inputs: OneList) -> dict[str, Any]:
    """The chair announces the list of an item and declares it closed: nobody else asks to speak on it.

    Rights of reply and points of order remain. Source: rule 73 of the UN General Assembly.
    """
    stands, item = _list(occasion, inputs)
    if list_of(occasion.session, inputs.meeting, item).closed:
        raise out_of_order(lazy("The list is closed already."))
    return {"item": item, "title": _title(stands, occasion, item)}


@effect("list.closed")
def closed(session: Session, entry: Entry) -> None:
    """The list takes no more speeches."""
    _kept(session, entry).closed = True


@act("list.opened", "Reopen the speakers' list", by={Role.CHAIR})
def open_list(occasion: Occasion, inputs: OneList) -> dict[str, Any]:
    """The chair reopens a list that was closed. A list is open from the start until it is closed."""
    stands, item = _list(occasion, inputs)
    if not list_of(occasion.session, inputs.meeting, item).closed:
        raise out_of_order(lazy("The list is open already."))
    return {"item": item, "title": _title(stands, occasion, item)}


@effect("list.opened")
def opened(session: Session, entry: Entry) -> None:
    """The list takes speeches again."""
    _kept(session, entry).closed = False


@act("list.ordered", "Order the speakers' list", by={Role.CHAIR})
def order_list(occasion: Occasion, inputs: OrderList) -> dict[str, Any]:
    """The chair has the list follow the order of requests, as the server took them, or the order of protocol.

    Either way a point of order stands first and replies stand last.
    """
    stands, item = _list(occasion, inputs)
    if list_of(occasion.session, inputs.meeting, item).order == inputs.order:
        raise out_of_order(lazy("The list is in this order already."))
    return {"item": item, "title": _title(stands, occasion, item), "order": str(inputs.order)}


@effect("list.ordered")
def ordered(session: Session, entry: Entry) -> None:
    """The list is in the order that was chosen."""
    _kept(session, entry).order = entry.body["order"]


@act("list.time_limited", "Limit the time of speeches", by={Role.CHAIR})
def limit_time(occasion: Occasion, inputs: LimitTime) -> dict[str, Any]:
    """The chair limits the time of each speech on an item, or lifts the limit.

    It holds for turns that begin from now on. Source: rule 72 of the UN General Assembly.
    """
    stands, item = _list(occasion, inputs)
    return {"item": item, "title": _title(stands, occasion, item), "seconds": inputs.seconds}


@effect("list.time_limited")
def time_limited(session: Session, entry: Entry) -> None:
    """Speeches on the item have this much time."""
    _kept(session, entry).seconds = entry.body["seconds"]


def _list(occasion: Occasion, inputs: OneList) -> tuple[Standing, str]:
    stands = standing(occasion.session, inputs.meeting)
    stands.must_have_seen(inputs.seen)
    stands.must_be(CONVENED, OPEN, SUSPENDED)
    return stands, item_of(occasion.session, inputs.meeting, inputs.item).id if inputs.item else stands.room.item


def _title(stands: Standing, occasion: Occasion, item: str) -> str:
    return item_of(occasion.session, stands.meeting.id, item).title if item else ""


def _kept(session: Session, entry: Entry) -> SpeakersList:
    found = list_of(session, entry.meeting, entry.body["item"])
    session.add(found)
    mark(session, entry, chair=True)
    return found
