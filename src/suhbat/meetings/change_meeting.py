"""Acts on a meeting that was convened: changed, and cancelled."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, Role, act, effect, phrase
from suhbat.acts.inputs import OfMeeting
from suhbat.formats.state_names import is_known
from suhbat.ground.clock import stamp
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused, conflict, out_of_order
from suhbat.meetings.convene_meeting import FACTS, Facts, desk_of, meeting_of, seating, set_facts
from suhbat.meetings.models import Meeting
from suhbat.meetings.wall_times import check_times
from suhbat.record.entries import Entry

CHANGEABLE = frozenset({"draft", "convened"})
"""Before it is opened. What happens afterwards is for the chair on the floor."""
IN_CALENDARS = ("title", "mode", "zone", "opens_at", "closes_at", "city", "country")
Reason = Annotated[str, Meta(title="Reason", min_length=1, max_length=1_000, extra={"widget": "textarea"})]


class Change(Facts, frozen=True, kw_only=True):
    """The meeting as it is to be. `seen` is the entry that the form showed."""

    meeting: OfMeeting
    seen: Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]
    chair_state: Annotated[str, Meta(title="In the chair", max_length=20, extra={"choices": "delegations"})]
    reason: Annotated[str, Meta(title="Reason", max_length=1_000, extra={"widget": "textarea"})] = ""


@act("meeting.changed", "Change a meeting", by={Role.SECRETARIAT})
def change(occasion: Occasion, inputs: Change) -> Decision[Any]:
    """The secretariat changes a meeting's title, time, place or chair until it is opened.

    What calendars show is sent anew with a higher number, so that they put the new time in place of the old. Once the
    meeting is released, a change is public. A form that shows an older state of the meeting is refused.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    if meeting.status not in CHANGEABLE:
        raise out_of_order(lazy("Only a meeting that was not opened yet can be changed."))
    if meeting.entry != inputs.seen:
        raise conflict()
    faults: dict[str, Lazy | str] = {}
    opens, closes = check_times(inputs.opens, inputs.closes, inputs.zone, faults)
    if inputs.chair_state not in {each.state for each in meeting.delegations if not each.observer}:
        faults["chair_state"] = lazy("The chair's state has to be among the delegations.")
    if inputs.country and not is_known(inputs.country):
        faults["country"] = lazy("This is no known state.")
    if inputs.mode != "video" and not inputs.country:
        faults["country"] = lazy("A meeting in a place has a place.")
    if faults or opens is None or closes is None:
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults)
    facts = {
        "number": inputs.number, "title": inputs.title, "level": inputs.level, "mode": inputs.mode, "zone": inputs.zone,
        "starts": inputs.opens[:10], "ends": inputs.closes[:10], "opens_at": stamp(opens), "closes_at": stamp(closes),
        "city": inputs.city, "country": inputs.country, "host_first": inputs.host_first,
    }  # fmt: skip
    chair = {"state": inputs.chair_state, "name": inputs.chair_name, "office": inputs.chair_office}
    was = {name: getattr(meeting, name) for name in FACTS}
    chair_was = {"state": meeting.chair_state, "name": meeting.chair_name, "office": meeting.chair_office}
    different = sorted(name for name in FACTS if facts[name] != was[name]) + (["chair"] if chair != chair_was else [])
    if not different:
        raise out_of_order(lazy("Nothing would be different."))
    return Decision(
        {
            **facts, "chair": chair, "changed": different, "was": {**was, "chair": chair_was}, "reason": inputs.reason,
            "sequence": meeting.sequence + any(name in IN_CALENDARS for name in different),
            "delegations": seating(
                [each.state for each in meeting.delegations if not each.observer],
                [each.state for each in meeting.delegations if each.observer],
                inputs.chair_state if inputs.host_first else "",
            ),
        },
        audience="" if meeting.status == "draft" else "public",
        reply={"then": desk_of(meeting.id)},
    )  # fmt: skip


@effect("meeting.changed")
def _changed(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    set_facts(meeting, entry.body)
    meeting.sequence, meeting.entry = entry.body["sequence"], entry.number
    seat(meeting, entry.body["delegations"])


@phrase("meeting.changed")
def _say_changed(entry: Entry) -> str:
    names = in_a_row(str(CHANGED[name]) for name in entry.body["changed"] if name in CHANGED)
    return gettext("The secretariat changed the meeting: %(what)s.") % {"what": names}


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
"""What the parts of a meeting are called in the record."""


class Cancel(InMeeting, frozen=True, kw_only=True):
    """The meeting is not to be held."""

    reason: Reason


@act("meeting.cancelled", "Cancel a meeting", by={Role.SECRETARIAT})
def cancel(occasion: Occasion, inputs: Cancel) -> Decision[Any]:
    """The secretariat cancels a meeting that was not opened, and says why.

    Calendars are told to strike it out. The meeting keeps its address and its record; it cannot be convened again.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    if meeting.status not in CHANGEABLE:
        raise out_of_order(lazy("Only a meeting that was not opened yet can be cancelled."))
    return Decision(
        {"title": meeting.title, "reason": inputs.reason, "sequence": meeting.sequence + 1},
        audience="" if meeting.status == "draft" else "public",
        reply={"then": desk_of(meeting.id)},
    )


@effect("meeting.cancelled")
def _cancelled(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.cancelled_because = "cancelled", entry.body["reason"]
    meeting.sequence, meeting.entry = entry.body["sequence"], entry.number


@phrase("meeting.cancelled")
def _say_cancelled(entry: Entry) -> str:
    return gettext("“%(title)s” was cancelled: %(reason)s") % entry.body


def seat(meeting: Meeting, order: list[dict[str, Any]]) -> None:
    """Put the delegations into the order that an entry gives."""
    places = {each["state"]: n for n, each in enumerate(order)}
    for each in meeting.delegations:
        each.position = places[each.state]
