"""Asking for the floor, and withdrawing what was asked."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import InMeeting, Occasion, Role, act, effect
from suhbat.acts.actors import SPEAKERS, STAFF
from suhbat.floor.default_speaker import head_of
from suhbat.floor.floor_state import CONVENED, OPEN, SUSPENDED, Standing, item_of, list_of, request_of, standing
from suhbat.floor.meeting_control import mark
from suhbat.floor.models import FloorRequest, Intervention
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, out_of_order
from suhbat.meetings.models import AgendaItem
from suhbat.record.entries import Entry

SPEECH, REPLY, POINT, QUESTION = "speech", "reply", "point-of-order", "question"
Kind = Annotated[
    Literal["speech", "reply", "point-of-order", "question"], Meta(extra={"words_of": "what the floor is for"})
]
MOST_REPLIES = 2
"""Replies of one delegation on one item at most, as the General Assembly's practice has it."""
ASKERS = SPEAKERS | {Role.OBSERVER} | STAFF

Delegation = Annotated[str, Meta(title="Delegation", max_length=20, extra={"choices": "floor.delegations"})]
Item = Annotated[str, Meta(title="Agenda item", max_length=40, extra={"choices": "floor.items"})]


class AskForFloor(InMeeting, frozen=True, kw_only=True):
    """What is asked for. The delegation is the asker's own unless the chair or secretariat asks for another."""

    kind: Annotated[Kind, Meta(title="For", extra={"context": "what the floor is for"})] = "speech"
    delegation: Delegation = ""
    item: Item = ""


class WithdrawRequest(InMeeting, frozen=True, kw_only=True):
    """The request that is taken back."""

    request: Annotated[str, Meta(title="Request", max_length=40, extra={"choices": "floor.requests"})]


@act("floor.requested", "Ask for the floor", by=ASKERS)
def ask(occasion: Occasion, inputs: AskForFloor) -> dict[str, Any]:
    """A delegation asks for the floor; the server's clock and number decide who was first.

    Heads, alternates and delegates ask; advisers advise. The secretariat and the chair may put a delegation on the
    list that asked them otherwise, by telephone or by a raised hand, and the record says who did so. Observers may
    ask to speak and wait for the chair; procedure is not theirs to raise.

    A *speech* goes on the list of an item, also before the meeting opens, as long as the list is open; one request
    of a delegation waits on an item at a time. A *right of reply* answers what another delegation has said; it comes
    after the list, stays open when the list is closed, and is used at most twice on an item. A *point of order*
    concerns the conduct of the meeting, not its subject: it is raised at any moment of an open meeting, outranks
    everything, and the chair takes it before anyone else speaks. An *interposed question* is put to the one who
    speaks, with the chair's leave.

    Source: the rules of procedure of the UN General Assembly on points of order (71), on time limits (72) and on
    closing the list and the right of reply (73), and the practice that replies come at the end.
    """
    stands = standing(occasion.session, inputs.meeting)
    state = _for_whom(occasion, stands, inputs.delegation)
    if inputs.kind == SPEECH:
        stands.must_be(CONVENED, OPEN, SUSPENDED)
    else:
        stands.must_be(OPEN)
    item = _which_item(occasion.session, stands, inputs)
    _in_order(occasion.session, stands, inputs.kind, state, item)
    return {
        "request": new_id(),
        "kind": inputs.kind,
        "delegation": state,
        "item": item,
        **_who_speaks(occasion, inputs.meeting, state),
    }


@effect("floor.requested")
def asked(session: Session, entry: Entry) -> None:
    """The request waits on the list, behind those that came before."""
    body = entry.body
    session.add(
        FloorRequest(
            id=body["request"],
            meeting=entry.meeting,
            item=body["item"],
            delegation=body["delegation"],
            person=body["person"],
            speaker=body["speaker"],
            office=body["office"],
            kind=body["kind"],
            asked=stamp(entry.time),
            entry=entry.number,
            status="waiting",
        )
    )
    mark(session, entry, chair=False)


@act("floor.request_withdrawn", "Withdraw a request for the floor", by=ASKERS)
def withdraw(occasion: Occasion, inputs: WithdrawRequest) -> dict[str, Any]:
    """A delegation takes its request back; the chair or the secretariat may do it in its stead.

    The chair also settles a point of order without giving the floor by taking it off the list: the ruling is then
    the chair's, and the record shows that it was.
    """
    stands = standing(occasion.session, inputs.meeting)
    request = request_of(occasion.session, stands.meeting.id, inputs.request)
    staff = bool(occasion.actor.roles_at(inputs.meeting) & STAFF)
    if not staff and own_state(occasion, inputs.meeting) != request.delegation:
        raise not_allowed(lazy("A delegation withdraws its own request only."))
    if request.status != "waiting":
        raise conflict(lazy("This request waits no longer."))
    return {"request": request.id, "delegation": request.delegation, "kind": request.kind, "item": request.item}


@effect("floor.request_withdrawn")
def withdrawn(session: Session, entry: Entry) -> None:
    """The request waits no longer."""
    session.get_one(FloorRequest, entry.body["request"]).status = "withdrawn"
    mark(session, entry, chair=False)


def own_state(occasion: Occasion, meeting: str) -> str:
    """The delegation that the actor sits in; an observer's and a chair's state are in their seat."""
    return occasion.actor.delegation_at(meeting) or occasion.seat.state


def _for_whom(occasion: Occasion, stands: Standing, wanted: str) -> str:
    own = own_state(occasion, stands.meeting.id)
    state = wanted or own
    if not state:
        raise invalid(delegation=lazy("Say for which delegation."))
    if not stands.knows(state):
        raise invalid(delegation=lazy("This delegation is not at the meeting."))
    if state != own and not occasion.actor.roles_at(stands.meeting.id) & STAFF:
        raise not_allowed(lazy("A delegation asks for the floor for itself only."))
    return state


def _which_item(session: Session, stands: Standing, inputs: AskForFloor) -> str:
    """A speech may wait on any item; the rest belongs to the moment. Before the first item, the first is meant."""
    if inputs.kind == SPEECH and inputs.item:
        return item_of(session, inputs.meeting, inputs.item).id
    if stands.room.item or inputs.kind != SPEECH:
        return stands.room.item
    first = select(AgendaItem.id).where(AgendaItem.meeting == inputs.meeting, AgendaItem.parent.is_(None))
    return session.scalar(first.order_by(AgendaItem.position).limit(1)) or ""


def _in_order(session: Session, stands: Standing, kind: str, state: str, item: str) -> None:
    meeting = stands.meeting.id
    same = select(FloorRequest.id).where(
        FloorRequest.meeting == meeting,
        FloorRequest.delegation == state,
        FloorRequest.kind == kind,
        FloorRequest.status == "waiting",
    )
    if session.scalar(same.where(FloorRequest.item == item) if kind in {SPEECH, REPLY} else same):
        raise out_of_order(lazy("This delegation has asked already; its request waits on the list."))
    if kind != SPEECH and stands.observes(state):
        raise out_of_order(
            lazy("An observer may ask to speak; points of order, replies and questions are for members.")
        )
    if kind == SPEECH and list_of(session, meeting, item).closed:
        raise out_of_order(lazy("The speakers' list of this item is closed."))
    if kind == REPLY:
        _reply_in_order(session, meeting, state, item)
    if kind == QUESTION:
        holder = stands.holder
        if holder is None or holder.kind not in {SPEECH, REPLY} or holder.delegation == state:
            raise out_of_order(lazy("A question is put to another delegation while it speaks."))


def _reply_in_order(session: Session, meeting: str, state: str, item: str) -> None:
    on_item = select(func.count()).where(Intervention.meeting == meeting, Intervention.item == item)
    if not session.scalar(on_item.where(Intervention.delegation != state)):
        raise out_of_order(lazy("No other delegation has spoken on this item yet, so there is nothing to reply to."))
    used = session.scalar(on_item.where(Intervention.delegation == state, Intervention.kind == REPLY)) or 0
    if used >= MOST_REPLIES:
        raise out_of_order(lazy("This delegation has used its right of reply twice on this item."))


def _who_speaks(occasion: Occasion, meeting: str, state: str) -> dict[str, str]:
    """The one who asks for the own delegation will speak; asked for by others, its head will."""
    for seat in occasion.actor.seats_at(meeting):
        if seat.state == state and seat.role in SPEAKERS | {Role.OBSERVER, Role.CHAIR}:
            return {"person": occasion.actor.id, "speaker": occasion.actor.name, "office": seat.office}
    return head_of(occasion.session, meeting, state)
