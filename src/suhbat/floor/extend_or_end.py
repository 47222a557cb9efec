"""An intervention in progress: it is given more time, or it ends."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.floor.floor_state import OPEN, SUSPENDED, FloorState, floor_state, mark_changed, must_be, must_hold_floor
from suhbat.floor.intervention_kinds import MAX_SECONDS
from suhbat.floor.models import Intervention
from suhbat.floor.requesters import ASKERS, own_delegation
from suhbat.floor.turn_clock import end_turn, ended_turn, resume_turn
from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_duration
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import invalid, not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry

Given = Annotated[str, Meta(title="Intervention", max_length=40, extra={"widget": "hidden"})]


class ExtendFloor(InMeeting, frozen=True, kw_only=True):
    """How much longer the present speaker may speak."""

    seconds: Annotated[int, Meta(ge=1, le=MAX_SECONDS, title="Seconds more")] = 60
    given: Given = ""


class FloorExtended(Body, frozen=True, kw_only=True):
    """The time of the present speaker, extended."""

    given: str
    """The intervention's id."""
    delegation: str
    added: int
    """Seconds more."""
    seconds: int
    """Seconds allowed in all."""


@guard("floor.extended")
def may_extend(_viewer: Viewer, meeting: Meeting, floor: FloorState) -> None:
    """A delegation has the floor, for a limited time."""
    must_be(meeting, OPEN, SUSPENDED)
    if not must_hold_floor(floor).seconds:
        raise out_of_order(lazy("This speaker's time is not limited."))


@act("floor.extended", "Extend the time", by={Role.CHAIR})
def extend(occasion: Occasion, inputs: ExtendFloor) -> FloorExtended:
    """The chair allows the present speaker more time, as often as the chair sees fit."""
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_still_be(inputs.given)
    may_extend(occasion.actor, floor.meeting, floor)
    turn = must_hold_floor(floor)
    total = turn.seconds + inputs.seconds
    if total > MAX_SECONDS:
        raise invalid(seconds=lazy("The number is too large."))
    return FloorExtended(given=turn.id, delegation=turn.delegation, added=inputs.seconds, seconds=total)


@effect("floor.extended")
def floor_extended(session: Session, entry: Entry, body: FloorExtended) -> None:
    """The speaker is allowed more time."""
    session.get_one(Intervention, body.given).seconds = body.seconds
    mark_changed(session, entry, chair=True)


@phrase("floor.extended")
def say_extended(_entry: Entry, body: FloorExtended) -> str:
    """Names the speaker and the time that is added."""
    added = show_duration(body.added)
    return _("%(state)s is given %(span)s more.") % {"state": state_name(body.delegation), "span": added}


class EndFloor(InMeeting, frozen=True, kw_only=True):
    """Which intervention ends; the present one if none is named."""

    given: Given = ""


class FloorEnded(Body, frozen=True, kw_only=True):
    """A turn that is over."""

    given: str
    """The intervention's id."""
    delegation: str
    seconds: int
    """Time on the floor, to the nearest second; interruptions do not count."""
    item: str
    resumes: str
    """The intervention that goes on, since this one had interrupted it; empty where none does."""


@guard("floor.ended")
def may_end_turn(viewer: Viewer, meeting: Meeting, floor: FloorState) -> None:
    """Only its delegation, the chair or the secretariat ends an intervention."""
    must_be(meeting, OPEN, SUSPENDED)
    turn = must_hold_floor(floor)
    if not viewer.roles_at(meeting.id) & STAFF and turn.delegation != own_delegation(viewer, meeting.id):
        raise not_allowed(lazy("Another delegation has the floor."))


@act("floor.ended", "End the floor", by=ASKERS)
def end_floor(occasion: Occasion, inputs: EndFloor) -> FloorEnded:
    """The speaker ends, or the chair takes the floor back; the delegation's own members and the secretariat may too.

    If the turn had interrupted another, that one goes on and its clock runs again.
    """
    floor = floor_state(occasion.session, inputs.meeting)
    floor.must_still_be(inputs.given)
    may_end_turn(occasion.actor, floor.meeting, floor)
    turn = must_hold_floor(floor)
    ended = ended_turn(turn, occasion.now)
    resumes = turn.interrupts if floor.meeting.status == OPEN else ""
    return FloorEnded(
        given=ended.given, delegation=ended.delegation, seconds=ended.seconds, item=turn.item, resumes=resumes
    )


@effect("floor.ended")
def floor_ended(session: Session, entry: Entry, body: FloorEnded) -> None:
    """Nobody has the floor, or an interrupted speaker has it again."""
    end_turn(session.get_one(Intervention, body.given), entry.time)
    if body.resumes:
        resume_turn(session.get_one(Intervention, body.resumes), entry.time)
    mark_changed(session, entry, chair=False)


@phrase("floor.ended")
def say_ended(_entry: Entry, body: FloorEnded) -> str:
    """Names the speaker and the time on the floor."""
    spoken = show_duration(body.seconds)
    return _("%(state)s ends after %(span)s.") % {"state": state_name(body.delegation), "span": spoken}
