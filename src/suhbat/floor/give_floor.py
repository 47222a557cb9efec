"""The chair gives the floor to a delegation."""

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.floor.delegation_speaker import Speaker, head_of
from suhbat.floor.floor_inputs import Delegation, Kind, Seen
from suhbat.floor.floor_state import (
    OPEN,
    FloorState,
    floor_state,
    list_of,
    mark_changed,
    must_be,
    observers,
    request_of,
    room_of,
)
from suhbat.floor.intervention_kinds import DEFAULT_SECONDS, MAX_SECONDS, POINT, QUESTION, REPLY, SPEECH
from suhbat.floor.models import FloorRequest, Intervention, Statement
from suhbat.floor.possible_requests import Grant
from suhbat.floor.turn_clock import EndedTurn, all_ended_turns, end_turns, ended_turn, pause_turn, with_ends
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import conflict, invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry


class GiveFloor(InMeeting, frozen=True, kw_only=True):
    """To whom, for how long. A request names all the rest; without one the delegation is called upon."""

    request: Annotated[str, Meta(title="Request", max_length=40, extra={"choices": "floor.requests"})] = ""
    delegation: Delegation = ""
    kind: Annotated[Kind, Meta(title="For", extra={"context": "what the floor is for"})] = "speech"
    seconds: (
        Annotated[
            int, Meta(ge=0, le=MAX_SECONDS, title="Seconds", description="Empty for the usual time, 0 for no limit.")
        ]
        | None
    ) = None
    seen: Seen = 0


class OfferedStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that is offered to everyone from now on."""

    statement: str
    """Its id."""
    language: str
    title: str


class FloorGiven(Body, frozen=True, kw_only=True):
    """A turn that begins."""

    given: str
    """The intervention's id."""
    delegation: str
    person: str
    """Who speaks: the id of the person, empty where nobody has taken the seat yet."""
    speaker: str
    """The name of who speaks; empty where it is not known."""
    office: str
    item: str
    """The agenda item before the meeting; empty where none is open."""
    kind: str
    """`speech`, `reply`, `point-of-order` or `question`."""
    seconds: int
    """Time allowed; 0 where none is set."""
    request: str
    """The request that is granted; empty where the delegation was called upon."""
    interrupts: str
    """The intervention whose clock stands still meanwhile; empty where none does."""
    ends: list[EndedTurn]
    statements: list[OfferedStatement]


@guard("floor.given")
def may_give(_viewer: Viewer, meeting: Meeting, grant: Grant) -> None:
    """The meeting is open, and this kind of intervention is in order now. A point of order is taken first."""
    must_be(meeting, OPEN)
    kind, request, holder = grant.kind, grant.request, grant.floor.holder
    if request and request.status != "waiting":
        raise conflict(lazy("This request waits no longer."))
    if request and request.item != grant.floor.room.item and kind in {SPEECH, REPLY}:
        raise out_of_order(lazy("This request is for another item; move to that item first."))
    if kind != SPEECH and grant.observer:
        raise out_of_order(lazy("An observer may be given the floor to speak, and for nothing else."))
    if holder and holder.delegation == grant.delegation and holder.kind == kind:
        raise out_of_order(lazy("This delegation has the floor already."))
    if kind != POINT and grant.floor.point_waits:
        raise out_of_order(lazy("A point of order was raised: it is taken first."))
    if kind == QUESTION and holder and holder.kind == POINT:
        raise out_of_order(lazy("A point of order is before the meeting: it is settled first."))


@act("floor.given", "Give the floor", by={Role.CHAIR})
def give(occasion: Occasion, inputs: GiveFloor) -> FloorGiven:
    """The chair gives the floor: to a request on the list, or by calling upon a delegation, observers included.

    One delegation speaks at a time. Giving the floor ends the turn of whoever has it, in the same act, and closes an
    open discussion. Two kinds of turn interrupt instead: a *point of order* and an *interposed question* stop the
    speaker's clock, and when they end the speaker goes on with the time that was left. A point of order outranks
    everything: while one waits, the floor is given to nobody else, and no question interrupts it.

    The chair may depart from the order of the list. The time allowed is the chair's word, else the item's limit, else
    the usual time of the kind; time that is used up is shown to all, and cutting a speaker off remains the chair's
    decision. The statements that the delegation has filed on the item are offered to everyone with this entry.
    """
    session = occasion.session
    floor = floor_state(session, inputs.meeting)
    floor.must_have_seen(inputs.seen)
    request = _request(session, floor, inputs)
    kind, state = (request.kind, request.delegation) if request else (str(inputs.kind), inputs.delegation)
    delegations = observers(session, inputs.meeting)
    observer = delegations.get(state, False)
    grant = Grant(floor=floor, kind=kind, delegation=state, observer=observer, request=request)
    may_give(occasion.actor, floor.meeting, grant)
    if not state:
        raise invalid(delegation=lazy("Say which delegation."))
    if state not in delegations:
        raise invalid(delegation=lazy("This delegation is not at the meeting."))
    ends, interrupts = _ends_and_interrupts(floor, kind, occasion)
    person, name, office = (
        Speaker(request.person, request.speaker, request.office) if request else head_of(session, inputs.meeting, state)
    )
    return FloorGiven(
        given=new_id(),
        delegation=state,
        person=person,
        speaker=name,
        office=office,
        item=floor.room.item,
        kind=kind,
        seconds=_time_allowed(session, floor, kind, inputs.seconds),
        request=request.id if request else "",
        interrupts=interrupts,
        ends=ends,
        statements=_offered_statements(session, floor, kind, state),
    )


def _request(session: Session, floor: FloorState, inputs: GiveFloor) -> FloorRequest | None:
    """The request that is granted: the one that is named, else a waiting one of this delegation, kind and item."""
    if inputs.request:
        return request_of(session, inputs.meeting, inputs.request)
    query = select(FloorRequest).where(
        FloorRequest.meeting == inputs.meeting,
        FloorRequest.delegation == inputs.delegation,
        FloorRequest.kind == str(inputs.kind),
        FloorRequest.item == floor.room.item,
        FloorRequest.status == "waiting",
    )
    return session.scalar(query.order_by(FloorRequest.entry).limit(1))


def _ends_and_interrupts(floor: FloorState, kind: str, occasion: Occasion) -> tuple[list[EndedTurn], str]:
    """The interventions that the new one ends, and the one that it interrupts.

    A second question or point of order ends the first one and interrupts the same speaker.
    """
    holder = floor.holder
    if holder is None:
        return [], ""
    if kind in {SPEECH, REPLY}:
        return all_ended_turns(floor, occasion.now), ""
    if holder.kind == kind:
        return [ended_turn(holder, occasion.now)], holder.interrupts
    return [], holder.id


def _time_allowed(session: Session, floor: FloorState, kind: str, seconds: int | None) -> int:
    if seconds is not None:
        return seconds
    limit = list_of(session, floor.meeting.id, floor.room.item).seconds if kind == SPEECH else 0
    return limit or DEFAULT_SECONDS[kind]


def _offered_statements(session: Session, floor: FloorState, kind: str, state: str) -> list[OfferedStatement]:
    """The statements that the delegation has filed on this item and that are not offered yet."""
    if kind not in {SPEECH, REPLY}:
        return []
    query = select(Statement).where(
        Statement.meeting == floor.meeting.id,
        Statement.item == floor.room.item,
        Statement.delegation == state,
        Statement.offered.is_(None),
        Statement.replaced.is_(False),
    )
    rows = session.scalars(query.order_by(Statement.entry))
    return [OfferedStatement(statement=row.id, language=row.language, title=row.title) for row in rows]


@effect("floor.given")
def floor_given(session: Session, entry: Entry, body: FloorGiven) -> None:
    """The delegation has the floor and its clock runs. An interrupted intervention waits, a replaced one has ended."""
    end_turns(session, entry, body.ends)
    if body.interrupts:
        pause_turn(session.get_one(Intervention, body.interrupts), entry.time)
    session.add(
        Intervention(
            id=body.given,
            meeting=entry.meeting,
            entry=entry.number,
            item=body.item,
            delegation=body.delegation,
            person=body.person,
            speaker=body.speaker,
            office=body.office,
            kind=body.kind,
            request=body.request,
            seconds=body.seconds,
            began=stamp(entry.time),
            since=stamp(entry.time),
            spoken=0,
            interrupts=body.interrupts,
        )
    )
    if body.request:
        session.get_one(FloorRequest, body.request).status = "given"
    for statement in body.statements:
        if filed := session.get(Statement, statement.statement):  # others have it from `statement.shared`
            filed.offered = entry.number
    room_of(session, entry.meeting).open_to_all = False
    mark_changed(session, entry, chair=True)


@phrase("floor.given")
def say_given(_entry: Entry, body: FloorGiven) -> str:
    """Names the delegation and the kind of its intervention."""
    sentences = {
        "speech": _("%(state)s has the floor."),
        "reply": _("%(state)s has the floor in reply."),
        "point-of-order": _("%(state)s has the floor on a point of order."),
        "question": _("%(state)s has the floor for a question."),
    }
    return with_ends(sentences[body.kind] % {"state": state_name(body.delegation)}, body.ends)
