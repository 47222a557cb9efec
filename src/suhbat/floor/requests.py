"""A delegation asks for the floor, or withdraws its request."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS, STAFF
from suhbat.floor.delegation_speaker import Speaker, head_of
from suhbat.floor.floor_inputs import Delegation, Item, Kind
from suhbat.floor.floor_state import (
    CONVENED,
    OPEN,
    SUSPENDED,
    floor_state,
    item_of,
    mark_changed,
    must_be,
    observers,
    request_of,
)
from suhbat.floor.intervention_kinds import MAX_REPLIES, QUESTION, REPLY, SPEECH
from suhbat.floor.models import FloorRequest
from suhbat.floor.possible_requests import NewRequest, new_request_of
from suhbat.floor.requesters import ASKERS, own_delegation
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry


class AskForFloor(InMeeting, frozen=True, kw_only=True):
    """What is asked for. The delegation is the asker's own unless the chair or secretariat asks for another."""

    kind: Annotated[Kind, Meta(title="For", extra={"context": "what the floor is for"})] = "speech"
    delegation: Delegation = ""
    item: Item = ""


class FloorRequested(Body, frozen=True, kw_only=True):
    """A request that waits."""

    request: str
    """Its id."""
    kind: str
    """`speech`, `reply`, `point-of-order` or `question`."""
    delegation: str
    item: str
    """The agenda item on whose list it waits; empty where the agenda has none."""
    person: str
    """Who will speak: the id of the person, empty where nobody has taken the seat yet."""
    speaker: str
    """The name of who will speak; empty where it is not known."""
    office: str


@guard("floor.requested")
def may_request(viewer: Viewer, meeting: Meeting, request: NewRequest) -> None:
    """A delegation asks for itself, while such requests are accepted, and not twice for the same."""
    staff = viewer.roles_at(meeting.id) & STAFF
    if not staff and request.delegation != own_delegation(viewer, meeting.id):
        raise not_allowed(lazy("A delegation asks for the floor for itself only."))
    if request.kind == SPEECH:
        must_be(meeting, CONVENED, OPEN, SUSPENDED)
    else:
        must_be(meeting, OPEN)
    if request.waits_already:
        raise out_of_order(lazy("This delegation has asked already; its request waits on the list."))
    if request.kind != SPEECH and request.observer:
        raise out_of_order(
            lazy("An observer may ask to speak; points of order, replies and questions are for members.")
        )
    if request.kind == SPEECH and request.list_closed:
        raise out_of_order(lazy("The speakers' list of this item is closed."))
    if request.kind == REPLY:
        _refuse_reply(request)
    if request.kind == QUESTION:
        holder = request.floor.holder
        if holder is None or holder.kind not in {SPEECH, REPLY} or holder.delegation == request.delegation:
            raise out_of_order(lazy("A question is put to another delegation while it speaks."))


def _refuse_reply(request: NewRequest) -> None:
    if not request.others_spoke:
        raise out_of_order(lazy("No other delegation has spoken on this item yet, so there is nothing to reply to."))
    if request.replies >= MAX_REPLIES:
        raise out_of_order(lazy("This delegation has used its right of reply twice on this item."))


@act("floor.requested", "Ask for the floor", by=ASKERS)
def ask(occasion: Occasion, inputs: AskForFloor) -> FloorRequested:
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
    session, kind = occasion.session, str(inputs.kind)
    floor = floor_state(session, inputs.meeting)
    delegations = observers(session, inputs.meeting)
    state = inputs.delegation or own_delegation(occasion.actor, inputs.meeting)
    # Only a speech may wait on any item; the other kinds belong to the moment.
    chosen_item = item_of(session, inputs.meeting, inputs.item).id if kind == SPEECH and inputs.item else ""
    item = chosen_item or floor.item_for(kind)
    request = new_request_of(session, floor, kind, state, item, observer=delegations.get(state, False))
    may_request(occasion.actor, floor.meeting, request)
    if not state:
        raise invalid(delegation=lazy("Say for which delegation."))
    if state not in delegations:
        raise invalid(delegation=lazy("This delegation is not at the meeting."))
    person, name, office = _speaker_of(occasion, inputs.meeting, state)
    return FloorRequested(
        request=new_id(), kind=kind, delegation=state, item=item, person=person, speaker=name, office=office
    )


def _speaker_of(occasion: Occasion, meeting: str, state: str) -> Speaker:
    """The actor, if it is the actor's own delegation; else the head of the delegation."""
    for seat in occasion.actor.seats_at(meeting):
        if seat.state == state and seat.role in SPEAKERS | {Role.OBSERVER, Role.CHAIR}:
            return Speaker(occasion.actor.id, occasion.actor.name, seat.office)
    return head_of(occasion.session, meeting, state)


@effect("floor.requested")
def floor_requested(session: Session, entry: Entry, body: FloorRequested) -> None:
    """The request waits on the list, behind the earlier ones."""
    session.add(
        FloorRequest(
            id=body.request,
            meeting=entry.meeting,
            item=body.item,
            delegation=body.delegation,
            person=body.person,
            speaker=body.speaker,
            office=body.office,
            kind=body.kind,
            asked=stamp(entry.time),
            entry=entry.number,
            status="waiting",
        )
    )
    mark_changed(session, entry, chair=False)


@phrase("floor.requested")
def say_requested(_entry: Entry, body: FloorRequested) -> str:
    """Names the delegation and the kind of its request."""
    sentences = {
        "speech": _("%(state)s asks for the floor."),
        "reply": _("%(state)s asks for the right of reply."),
        "point-of-order": _("%(state)s raises a point of order."),
        "question": _("%(state)s asks to put a question."),
    }
    return sentences[body.kind] % {"state": state_name(body.delegation)}


class WithdrawRequest(InMeeting, frozen=True, kw_only=True):
    """The request that is taken back."""

    request: Annotated[str, Meta(title="Request", max_length=40, extra={"choices": "floor.requests"})]


class FloorRequestWithdrawn(Body, frozen=True, kw_only=True):
    """A request that waits no longer."""

    request: str
    delegation: str
    kind: str
    """`speech`, `reply`, `point-of-order` or `question`."""
    item: str


@guard("floor.request_withdrawn")
def may_withdraw(viewer: Viewer, meeting: Meeting, request: FloorRequest) -> None:
    """The request waits. Only its delegation, the chair or the secretariat withdraws it."""
    staff = viewer.roles_at(meeting.id) & STAFF
    if not staff and own_delegation(viewer, meeting.id) != request.delegation:
        raise not_allowed(lazy("A delegation withdraws its own request only."))
    if request.status != "waiting":
        raise conflict(lazy("This request waits no longer."))


@act("floor.request_withdrawn", "Withdraw a request for the floor", by=ASKERS)
def withdraw(occasion: Occasion, inputs: WithdrawRequest) -> FloorRequestWithdrawn:
    """A delegation takes its request back; the chair or the secretariat may do it in its stead.

    The chair also settles a point of order without giving the floor by taking it off the list: the ruling is then
    the chair's, and the record shows that it was.
    """
    floor = floor_state(occasion.session, inputs.meeting)
    request = request_of(occasion.session, floor.meeting.id, inputs.request)
    may_withdraw(occasion.actor, floor.meeting, request)
    return FloorRequestWithdrawn(
        request=request.id, delegation=request.delegation, kind=request.kind, item=request.item
    )


@effect("floor.request_withdrawn")
def floor_request_withdrawn(session: Session, entry: Entry, body: FloorRequestWithdrawn) -> None:
    """The request waits no longer."""
    session.get_one(FloorRequest, body.request).status = "withdrawn"
    mark_changed(session, entry, chair=False)


@phrase("floor.request_withdrawn")
def say_request_withdrawn(entry: Entry, body: FloorRequestWithdrawn) -> str:
    """Says whether the delegation itself withdrew the request."""
    if entry.delegation == body.delegation:
        return _("%(state)s withdraws its request.") % {"state": state_name(body.delegation)}
    return _("The request of %(state)s is taken off the list.") % {"state": state_name(body.delegation)}
