"""What the room offers to do, to whom, now: the buttons at the foot of the page and beside the list."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from suhbat.acts.actors import SPEAKERS, STAFF, Role, Viewer
from suhbat.floor.floor_state import CONVENED, OPEN, SUSPENDED
from suhbat.floor.models import FloorRequest
from suhbat.floor.queries import State
from suhbat.floor.requests import MOST_REPLIES, POINT, QUESTION, REPLY, SPEECH
from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext as _

Fields = Mapping[str, str | int]


@dataclass(frozen=True)
class Offer:
    """One act that can be done with one press."""

    act: str
    label: str
    fields: Fields = field(default_factory=dict)
    main: bool = False
    """The one thing that is most likely wanted now."""
    short: str = ""
    """A shorter label for a phone, where there is one."""
    confirm: str = ""
    """What to say before it is done, where it cannot be undone."""

    @property
    def id(self) -> str:
        """A name that stays the same while the page is refreshed, so that the focus can stay on it."""
        return "-".join(["o", self.act.replace(".", "-"), *(str(v) for k, v in self.fields.items() if k != "seen")])


def own_delegation(state: State, actor: Viewer) -> str:
    """The delegation that the reader sits in, as an observer too; empty for staff and interpreters."""
    if found := actor.delegation_at(state.meeting.id):
        return found
    seats = actor.seats_at(state.meeting.id)
    return next((seat.state for seat in seats if seat.role == Role.OBSERVER and seat.state), "")


def for_delegation(state: State, actor: Viewer) -> list[Offer]:
    """What a delegation's member is offered at the foot."""
    roles = actor.roles_at(state.meeting.id)
    own = own_delegation(state, actor)
    if not own or not roles & (SPEAKERS | {Role.OBSERVER}):
        return []
    made: list[Offer] = []
    holder = state.holder
    if holder and holder.delegation == own and state.meeting.status in {OPEN, SUSPENDED}:
        made.append(Offer("floor.ended", _("End my turn"), {"given": holder.id}, main=True))
    made += [_withdrawal(each) for each in state.waiting_of(own) if each in state.waiting or not state.item]
    made += _requests(state, own, member=bool(roles & SPEAKERS), first=not made)
    return made


def _requests(state: State, own: str, *, member: bool, first: bool) -> list[Offer]:
    status, item = state.meeting.status, state.room.item
    asked = {each.kind for each in state.waiting_of(own) if each.item == item or each.kind in {POINT, QUESTION}}
    if status == CONVENED:
        asked |= {each.kind for each in state.waiting_of(own)}
    made = []
    if status in {CONVENED, OPEN, SUSPENDED} and SPEECH not in asked and not state.list_of(item).closed:
        made.append(Offer("floor.requested", _("Ask for the floor"), {"kind": SPEECH}, main=first))
    if not member or status != OPEN:
        return made
    if POINT not in asked:
        made.append(Offer("floor.requested", _("Point of order"), {"kind": POINT}))
    holder = state.holder
    if holder and holder.delegation != own and holder.kind in {SPEECH, REPLY} and QUESTION not in asked:
        made.append(Offer("floor.requested", _("Question to the speaker"), {"kind": QUESTION}, short=_("Question")))
    on_item = [turn for turn in state.interventions if turn.item == item]
    used = sum(turn.delegation == own and turn.kind == REPLY for turn in on_item)
    if REPLY not in asked and used < MOST_REPLIES and any(turn.delegation != own for turn in on_item):
        made.append(Offer("floor.requested", _("Right of reply"), {"kind": REPLY}))
    return made


def _withdrawal(request: FloorRequest) -> Offer:
    said = {
        SPEECH: _("Withdraw my request"),
        REPLY: _("Withdraw my reply"),
        POINT: _("Withdraw my point of order"),
        QUESTION: _("Withdraw my question"),
    }
    return Offer("floor.request_withdrawn", said[request.kind], {"request": request.id}, short=_("Withdraw"))


def for_chair(state: State, actor: Viewer) -> list[Offer]:
    """What the chair is offered at the foot: the next step first."""
    if Role.CHAIR not in actor.roles_at(state.meeting.id):
        return []
    status = state.meeting.status
    seen: Fields = {"seen": state.room.chaired}
    if status == CONVENED:
        return [Offer("meeting.opened", _("Open the meeting"), seen, main=True)]
    if status == SUSPENDED:
        return [Offer("meeting.resumed", _("Resume the meeting"), seen, main=True)]
    return _steps(state, seen) if status == OPEN else []


def _steps(state: State, seen: Fields) -> list[Offer]:
    made: list[Offer] = []
    if state.waiting:
        following = state.waiting[0]
        label = _("Give the floor to %(state)s") % {"state": state_name(following.delegation)}
        made.append(Offer("floor.given", label, {"request": following.id, **seen}, main=True))
    elif state.item is None and state.items:
        first = {"item": state.items[0].id, **seen}
        made.append(Offer("item.opened", _("Open the first item"), first, main=True))
    if holder := state.holder:
        whose = {"state": state_name(holder.delegation)}
        made.append(
            Offer("floor.ended", _("End %(state)s’s turn") % whose, {"given": holder.id}, short=_("End the turn"))
        )
        if holder.seconds:
            made.append(Offer("floor.extended", _("One minute more"), {"given": holder.id, "seconds": 60}, short="+1′"))
    return made


def chairs_others(state: State, actor: Viewer) -> list[Offer]:
    """What the chair does more rarely: behind a button of its own."""
    if Role.CHAIR not in actor.roles_at(state.meeting.id) or state.meeting.status not in {OPEN, SUSPENDED}:
        return []
    seen = {"seen": state.room.chaired}
    made: list[Offer] = []
    if state.meeting.status == OPEN:
        if state.room.open_to_all:
            made.append(Offer("floor.closed_to_all", _("End the open discussion"), seen))
        else:
            made.append(Offer("floor.opened_to_all", _("Open the discussion to all"), seen))
        made.append(Offer("meeting.suspended", _("Suspend the meeting"), seen))
    sure = _("A closed meeting is not opened again. Requests that still wait will lapse.")
    made.append(Offer("meeting.closed", _("Close the meeting"), seen, confirm=sure))
    return made


def for_list(state: State, actor: Viewer) -> list[Offer]:
    """What the chair may do with the list of the present item."""
    if Role.CHAIR not in actor.roles_at(state.meeting.id) or state.meeting.status not in {CONVENED, OPEN, SUSPENDED}:
        return []
    standing = state.list_of(state.room.item)
    seen: Fields = {"seen": state.room.chaired}
    by_protocol = standing.order == "protocol"
    return [
        Offer("list.opened", _("Reopen the list"), seen)
        if standing.closed
        else Offer("list.closed", _("Close the list"), seen),
        Offer("list.ordered", _("Order of requests"), {"order": "request", **seen})
        if by_protocol
        else Offer("list.ordered", _("Protocol order"), {"order": "protocol", **seen}),
    ]


def on_request(state: State, actor: Viewer, request: FloorRequest) -> list[Offer]:
    """What may be done with one request on the list."""
    roles = actor.roles_at(state.meeting.id)
    made: list[Offer] = []
    if Role.CHAIR in roles and state.meeting.status == OPEN:
        fields: Fields = {"request": request.id, "seen": state.room.chaired}
        made.append(Offer("floor.given", _("Give the floor"), fields, short=_("Give")))
    mine = own_delegation(state, actor) == request.delegation and bool(roles & (SPEAKERS | {Role.OBSERVER}))
    if mine or roles & STAFF:
        label = _("Withdraw") if mine else _("Take off the list")
        made.append(Offer("floor.request_withdrawn", label, {"request": request.id}, short=_("Off")))
    return made
