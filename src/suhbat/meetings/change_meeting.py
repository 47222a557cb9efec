"""Changing the title, time, place or chair of a meeting that was convened."""

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Notice, Occasion, Role, Viewer, act, effect, guard, notice, phrase
from suhbat.acts.inputs import OfMeeting
from suhbat.formats.state_names import is_known
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused, conflict, out_of_order
from suhbat.meetings.meeting_facts import (
    FACTS,
    Facts,
    MeetingFacts,
    SeatedDelegation,
    facts_from_input,
    facts_of,
    protocol_seating,
    set_delegation_order,
    set_facts,
    with_zone,
)
from suhbat.meetings.meeting_status import not_opened
from suhbat.meetings.models import Meeting
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.queries import meeting_of
from suhbat.meetings.wall_times import check_times
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import Entry

IN_CALENDARS = ("title", "mode", "zone", "opens_at", "closes_at", "city", "country")
URGENT = frozenset(IN_CALENDARS) - {"title"}
"""Facts whose change is told at once: people travel."""


class Change(Facts, frozen=True, kw_only=True):
    """The new facts of the meeting. `seen` is the entry that the form showed."""

    meeting: OfMeeting
    seen: Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]
    chair_state: Annotated[str, Meta(title="In the chair", max_length=20, extra={"choices": "delegations"})]
    reason: Annotated[str, Meta(title="Reason", max_length=1_000, extra={"widget": "textarea"})] = ""


class MeetingChanged(MeetingFacts, frozen=True, kw_only=True):
    """The new facts of the meeting, and the old ones."""

    changed: list[str]
    """The keys of the facts in this body that are different, in alphabetical order, with `chair` last."""
    was: MeetingFacts
    reason: str
    sequence: int
    """The iCalendar SEQUENCE: one higher if the calendar data has changed."""
    delegations: list[SeatedDelegation]
    """In protocol order, which depends on the chair if the host is named first."""


@guard("meeting.changed")
def may_change(_viewer: Viewer, meeting: Meeting) -> None:
    """A meeting can be changed until it is opened."""
    not_opened(meeting, lazy("Only a meeting that was not opened yet can be changed."))


@act("meeting.changed", "Change a meeting", by={Role.SECRETARIAT})
def change(occasion: Occasion, inputs: Change) -> Decision[MeetingChanged]:
    """The secretariat changes a meeting's title, time, place or chair until it is opened.

    Calendars are sent a new invitation with a higher number, so that the new time replaces the old. Once the
    meeting is released, the public page shows the new facts, but no name of a person and no reason. A form that shows
    an older state of the meeting is refused.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_change(occasion.actor, meeting)
    if meeting.entry != inputs.seen:
        raise conflict()
    delegations = [delegation.state for delegation in meeting.delegations if not delegation.observer]
    observers = [delegation.state for delegation in meeting.delegations if delegation.observer]
    facts = _checked_facts(with_zone(inputs), delegations)
    was = facts_of(meeting)
    changed_names = [name for name in (*sorted(FACTS), "chair") if getattr(facts, name) != getattr(was, name)]
    if not changed_names:
        raise out_of_order(lazy("Nothing would be different."))
    body = MeetingChanged(
        **msgspec.structs.asdict(facts),
        changed=changed_names,
        was=was,
        reason=inputs.reason,
        sequence=meeting.sequence + any(name in IN_CALENDARS for name in changed_names),
        delegations=protocol_seating(delegations, observers, inputs.chair_state if inputs.host_first else ""),
    )
    return Decision(body, reply={"then": desk_of(meeting.id)})


@effect("meeting.changed")
def changed(session: Session, entry: Entry, body: MeetingChanged) -> None:
    """Sets the meeting's facts and the order of its delegations."""
    meeting = session.get_one(Meeting, entry.meeting)
    set_facts(meeting, body)
    meeting.sequence, meeting.entry = body.sequence, entry.number
    set_delegation_order(meeting, body.delegations)


@phrase("meeting.changed")
def say_changed(_entry: Entry, body: MeetingChanged) -> str:
    """Names the facts that were changed."""
    names = in_a_row(str(CHANGED[name]) for name in body.changed if name in CHANGED)
    return gettext("The secretariat changed the meeting: %(what)s.") % {"what": names}


@notice("meeting.changed")
def tell_changed(entry: Entry, body: MeetingChanged) -> Notice:
    """Everyone with a seat at the meeting: at once if it is another hour, another place or another way to meet."""
    return Notice(say_changed(entry, body), (PARTICIPANTS,), urgent=bool(URGENT & set(body.changed)))


CHANGED: dict[str, Lazy] = {
    "number": lazy("number"),
    "title": lazy("title"),
    "level": lazy("level"),
    "mode": lazy("how it meets"),
    "zone": lazy("time zone"),
    "opens_at": lazy("beginning"),
    "closes_at": lazy("end"),
    "city": lazy("city"),
    "country": lazy("place"),
    "chair": lazy("chair", context="what changed of a meeting"),
    "host_first": lazy("protocol order", context="what changed of a meeting"),
}
"""Names of the facts in the sentence about the entry."""


def _checked_facts(inputs: Change, delegations: list[str]) -> MeetingFacts:
    """The facts from the input. Invalid input is refused, with every error named."""
    faults: dict[str, Lazy | str] = {}
    opens, closes = check_times(inputs.opens, inputs.closes, inputs.zone, faults)
    if inputs.chair_state not in delegations:
        faults["chair_state"] = lazy("The chair's state has to be among the delegations.")
    if inputs.country and not is_known(inputs.country):
        faults["country"] = lazy("This is no known state.")
    if inputs.mode != "video" and not inputs.country:
        faults["country"] = lazy("A meeting in a place has a place.")
    if faults or opens is None or closes is None:
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), faults)
    return facts_from_input(inputs, opens, closes)
