"""The floor: given, extended, ended, and opened to all."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import InMeeting, Occasion, Role, act, effect
from suhbat.acts.actors import STAFF
from suhbat.floor.asking import ASKERS, POINT, QUESTION, REPLY, SPEECH, Delegation, Kind, own_state
from suhbat.floor.models import FloorRequest, Intervention, Statement
from suhbat.floor.opening import Seen, all_ended, end_all, ended, mark
from suhbat.floor.speakers import head_of
from suhbat.floor.standing import OPEN, SUSPENDED, Standing, end, go_on, list_of, pause, request_of, room_of, standing
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, out_of_order
from suhbat.record.entries import Entry

USUAL = {SPEECH: 300, REPLY: 180, POINT: 120, QUESTION: 60}
"""Seconds of a turn where neither the chair nor the list's time limit says otherwise."""
LONGEST = 4 * 3600

Given = Annotated[str, Meta(title="Intervention", max_length=40, extra={"widget": "hidden"})]


class GiveFloor(InMeeting, frozen=True, kw_only=True):
    """To whom, for how long. A request names all the rest; without one the delegation is called upon."""

    request: Annotated[str, Meta(title="Request", max_length=40, extra={"choices": "floor.requests"})] = ""
    delegation: Delegation = ""
    kind: Annotated[Kind, Meta(title="For", extra={"context": "what the floor is for"})] = "speech"
    seconds: (
        Annotated[int, Meta(ge=0, le=LONGEST, title="Seconds", description="Empty for the usual time, 0 for no limit.")]
        | None
    ) = None
    seen: Seen = 0


class ExtendFloor(InMeeting, frozen=True, kw_only=True):
    """How much longer the present speaker may speak."""

    seconds: Annotated[int, Meta(ge=1, le=LONGEST, title="Seconds more")] = 60
    given: Given = ""


class EndFloor(InMeeting, frozen=True, kw_only=True):
    """Which intervention ends; the present one if none is named."""

    given: Given = ""


class ToAll(InMeeting, frozen=True, kw_only=True):
    """Open the discussion to all, or close it."""

    seen: Seen = 0


@act("floor.given", "Give the floor", by={Role.CHAIR})
def give(occasion: Occasion, wish: GiveFloor) -> dict[str, Any]:
    """The chair gives the floor: to a request on the list, or by calling upon a delegation, observers included.

    One delegation speaks at a time. Giving the floor ends the turn of whoever has it, in the same act, and closes an
    open discussion. Two kinds of turn interrupt instead: a *point of order* and an *interposed question* stop the
    speaker's clock, and when they end the speaker goes on with the time that was left. A point of order outranks
    everything: while one waits, the floor is given to nobody else, and no question interrupts it.

    The chair may depart from the order of the list. The time allowed is the chair's word, else the item's limit, else
    the usual time of the kind; time that is used up is shown to all, and cutting a speaker off remains the chair's
    decision. The statements that the delegation has filed on the item are offered to everyone with this entry.
    """
    stands = standing(occasion.session, wish.meeting)
    stands.must_have_seen(wish.seen)
    stands.must_be(OPEN)
    request = _request(occasion.session, stands, wish)
    kind, state = (request.kind, request.delegation) if request else (str(wish.kind), wish.delegation)
    _may_be_given(occasion.session, stands, kind, state, request)
    ends, interrupts = _place(stands, kind, occasion)
    speaker = (
        {"person": request.person, "speaker": request.speaker, "office": request.office}
        if request
        else head_of(occasion.session, wish.meeting, state)
    )
    return {
        "given": new_id(),
        "delegation": state,
        **speaker,
        "item": stands.room.item,
        "kind": kind,
        "seconds": _time(occasion.session, stands, kind, wish.seconds),
        "request": request.id if request else "",
        "interrupts": interrupts,
        "ends": ends,
        "statements": _offered(occasion.session, stands, kind, state),
    }


@effect("floor.given")
def given(session: Session, entry: Entry) -> None:
    """The delegation has the floor and its clock runs; what it interrupts waits, what it replaces has ended."""
    body = entry.body
    end_all(session, entry)
    if body["interrupts"]:
        pause(session.get_one(Intervention, body["interrupts"]), entry.time)
    session.add(
        Intervention(
            id=body["given"],
            meeting=entry.meeting,
            entry=entry.number,
            item=body["item"],
            delegation=body["delegation"],
            person=body["person"],
            speaker=body["speaker"],
            office=body["office"],
            kind=body["kind"],
            request=body["request"],
            seconds=body["seconds"],
            began=stamp(entry.time),
            since=stamp(entry.time),
            spoken=0,
            interrupts=body["interrupts"],
        )
    )
    if body["request"]:
        session.get_one(FloorRequest, body["request"]).status = "given"
    for each in body["statements"]:
        session.get_one(Statement, each["statement"]).offered = entry.number
    room_of(session, entry.meeting).open_to_all = False
    mark(session, entry, chair=True)


@act("floor.extended", "Extend the time", by={Role.CHAIR})
def extend(occasion: Occasion, wish: ExtendFloor) -> dict[str, Any]:
    """The chair allows the present speaker more time, as often as the chair sees fit."""
    stands = standing(occasion.session, wish.meeting)
    stands.must_be(OPEN, SUSPENDED)
    turn = _present(stands, wish.given)
    if not turn.seconds:
        raise out_of_order(lazy("This speaker's time is not limited."))
    total = turn.seconds + wish.seconds
    if total > LONGEST:
        raise invalid(seconds=lazy("This is more than can be."))
    return {"given": turn.id, "delegation": turn.delegation, "added": wish.seconds, "seconds": total}


@effect("floor.extended")
def extended(session: Session, entry: Entry) -> None:
    """The speaker's time is longer."""
    session.get_one(Intervention, entry.body["given"]).seconds = entry.body["seconds"]
    mark(session, entry, chair=True)


@act("floor.ended", "End the floor", by=ASKERS)
def end_floor(occasion: Occasion, wish: EndFloor) -> dict[str, Any]:
    """The speaker ends, or the chair takes the floor back; the delegation's own members and the secretariat may too.

    If the turn had interrupted another, that one goes on and its clock runs again.
    """
    stands = standing(occasion.session, wish.meeting)
    stands.must_be(OPEN, SUSPENDED)
    turn = _present(stands, wish.given)
    staff = occasion.actor.roles_at(wish.meeting) & STAFF
    if not staff and turn.delegation != own_state(occasion, wish.meeting):
        raise not_allowed(lazy("Another delegation has the floor."))
    resumes = turn.interrupts if stands.meeting.status == OPEN else ""
    return {**ended(turn, occasion.now), "item": turn.item, "resumes": resumes}


@effect("floor.ended")
def floor_ended(session: Session, entry: Entry) -> None:
    """The floor is free, or back with the one who was interrupted."""
    end(session.get_one(Intervention, entry.body["given"]), entry.time)
    if entry.body["resumes"]:
        go_on(session.get_one(Intervention, entry.body["resumes"]), entry.time)
    mark(session, entry, chair=False)


@act("floor.opened_to_all", "Open the discussion to all", by={Role.CHAIR})
def open_to_all(occasion: Occasion, wish: ToAll) -> dict[str, Any]:
    """The chair lets the delegations talk to one another without the list; every microphone may be opened.

    Whoever has the floor is taken to have ended. The time of an open discussion is nobody's: it is not counted for
    any delegation. Requests on the list keep their places.
    """
    stands = standing(occasion.session, wish.meeting)
    stands.must_have_seen(wish.seen)
    stands.must_be(OPEN)
    if stands.room.open_to_all:
        raise out_of_order(lazy("The discussion is open to all already."))
    _no_point_of_order_waits(occasion.session, stands)
    return {"item": stands.room.item, "ends": all_ended(stands, occasion.now)}


@effect("floor.opened_to_all")
def opened_to_all(session: Session, entry: Entry) -> None:
    """Whoever has the floor loses it, and from now on nobody waits to be called."""
    end_all(session, entry)
    room_of(session, entry.meeting).open_to_all = True
    mark(session, entry, chair=True)


@act("floor.closed_to_all", "End the open discussion", by={Role.CHAIR})
def close_to_all(occasion: Occasion, wish: ToAll) -> dict[str, Any]:
    """The chair ends the open discussion: from now on one speaks who was given the floor."""
    stands = standing(occasion.session, wish.meeting)
    stands.must_have_seen(wish.seen)
    stands.must_be(OPEN)
    if not stands.room.open_to_all:
        raise out_of_order(lazy("The discussion is not open to all."))
    return {"item": stands.room.item}


@effect("floor.closed_to_all")
def closed_to_all(session: Session, entry: Entry) -> None:
    """The floor is given one by one again."""
    room_of(session, entry.meeting).open_to_all = False
    mark(session, entry, chair=True)


def _request(session: Session, stands: Standing, wish: GiveFloor) -> FloorRequest | None:
    """The request that is granted: the one named, else the one of this kind that the delegation has waiting here."""
    if wish.request:
        return request_of(session, wish.meeting, wish.request)
    if not wish.delegation:
        raise invalid(delegation=lazy("Say which delegation."))
    query = select(FloorRequest).where(
        FloorRequest.meeting == wish.meeting,
        FloorRequest.delegation == wish.delegation,
        FloorRequest.kind == str(wish.kind),
        FloorRequest.item == stands.room.item,
        FloorRequest.status == "waiting",
    )
    return session.scalar(query.order_by(FloorRequest.entry).limit(1))


def _may_be_given(session: Session, stands: Standing, kind: str, state: str, request: FloorRequest | None) -> None:
    if not stands.knows(state):
        raise invalid(delegation=lazy("This delegation is not at the meeting."))
    if request and request.status != "waiting":
        raise conflict(lazy("This request waits no longer."))
    if request and request.item != stands.room.item and kind in {SPEECH, REPLY}:
        raise out_of_order(lazy("This request is for another item; move to that item first."))
    if kind != SPEECH and stands.observes(state):
        raise out_of_order(lazy("An observer may be given the floor to speak, and for nothing else."))
    holder = stands.holder
    if holder and holder.delegation == state and holder.kind == kind:
        raise out_of_order(lazy("This delegation has the floor already."))
    if kind != POINT:
        _no_point_of_order_waits(session, stands)


def _no_point_of_order_waits(session: Session, stands: Standing) -> None:
    raised = select(FloorRequest.id).where(
        FloorRequest.meeting == stands.meeting.id, FloorRequest.kind == POINT, FloorRequest.status == "waiting"
    )
    if session.scalar(raised.limit(1)):
        raise out_of_order(lazy("A point of order was raised: it is taken first."))


def _place(stands: Standing, kind: str, occasion: Occasion) -> tuple[list[dict[str, Any]], str]:
    """What the new turn ends, and what it interrupts. An interruption that replaces one of its kind inherits it."""
    holder = stands.holder
    if holder is None:
        return [], ""
    if kind in {SPEECH, REPLY}:
        return all_ended(stands, occasion.now), ""
    if holder.kind == kind:
        return [ended(holder, occasion.now)], holder.interrupts
    if holder.kind == POINT:
        raise out_of_order(lazy("A point of order is before the meeting: it is settled first."))
    return [], holder.id


def _time(session: Session, stands: Standing, kind: str, wanted: int | None) -> int:
    if wanted is not None:
        return wanted
    limit = list_of(session, stands.meeting.id, stands.room.item).seconds if kind == SPEECH else 0
    return limit or USUAL[kind]


def _offered(session: Session, stands: Standing, kind: str, state: str) -> list[dict[str, str]]:
    """The statements that the delegation has filed on this item and that nobody else has seen yet."""
    if kind not in {SPEECH, REPLY}:
        return []
    query = select(Statement).where(
        Statement.meeting == stands.meeting.id,
        Statement.item == stands.room.item,
        Statement.delegation == state,
        Statement.offered.is_(None),
        Statement.replaced.is_(False),
    )
    rows = session.scalars(query.order_by(Statement.entry))
    return [{"statement": row.id, "language": row.language, "title": row.title} for row in rows]


def _present(stands: Standing, named: str) -> Intervention:
    """The intervention that has the floor; refused where the form meant another one."""
    if stands.holder is None:
        raise out_of_order(lazy("Nobody has the floor."))
    if named and named != stands.holder.id:
        raise conflict(lazy("The floor has passed on meanwhile."))
    return stands.holder
