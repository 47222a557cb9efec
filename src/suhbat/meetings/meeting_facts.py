"""The facts about a meeting as a whole, which the secretariat sets when it convenes or changes the meeting."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from suhbat.acts import Body, Input
from suhbat.formats.choices import zone_named
from suhbat.formats.state_names import protocol_order
from suhbat.formats.vocabulary import Level, Mode
from suhbat.ground.clock import stamp
from suhbat.meetings.models import Meeting
from suhbat.meetings.wall_times import WallTime

FACTS = (
    "number", "title", "level", "mode", "zone", "starts", "ends", "opens_at", "closes_at", "city", "country",
    "host_first",
)  # fmt: skip
"""The facts with the same name in the table and in `MeetingFacts`."""
Zone = Annotated[
    str,
    Meta(
        title="Clock of the host",
        description="Type a city or a state.",
        max_length=40,
        extra={"choices": "zones", "widget": "suggest"},
    ),
]


class Facts(Input, frozen=True, kw_only=True):
    """The facts that a form gives. Times are wall times on the host's clock."""

    title: Annotated[str, Meta(title="Title", min_length=1, max_length=400, extra={"context": "a meeting's"})]
    number: Annotated[int, Meta(title="Number in the series", ge=1, le=1_000)] | None = None
    level: Annotated[Level, Meta(title="Level")]
    mode: Annotated[Mode, Meta(title="How it meets")]
    zone: Zone
    opens: Annotated[WallTime, Meta(title="Opens")]
    closes: Annotated[WallTime, Meta(title="Closes")]
    city: Annotated[str, Meta(title="City", max_length=120)] | None = None
    country: Annotated[str, Meta(title="State of the place", max_length=20, extra={"choices": "states"})] | None = None
    chair_state: Annotated[str, Meta(title="In the chair", max_length=20, extra={"choices": "states"})]
    chair_name: Annotated[str, Meta(title="Name of the chair", max_length=200)] | None = None
    chair_office: Annotated[str, Meta(title="Office of the chair", max_length=300)] | None = None
    host_first: Annotated[bool, Meta(title="The chair's delegation is named first")] = False


F = TypeVar("F", bound=Facts)


class InTheChair(msgspec.Struct, frozen=True, kw_only=True):
    """The person in the chair."""

    state: str
    """The code of the state."""
    name: str | None
    office: str | None


class SeatedDelegation(msgspec.Struct, frozen=True, kw_only=True):
    """A delegation in a list in protocol order."""

    state: str
    observer: bool


class MeetingFacts(Body, frozen=True, kw_only=True):
    """The facts about a meeting as a whole, as an entry stores them."""

    number: int | None
    """The number in the series of its format."""
    title: str
    level: str
    mode: str
    """`in-person`, `video` or `hybrid`."""
    zone: str
    """The time zone of the host, such as `Asia/Tokyo`."""
    starts: str
    """The day on the host's calendar."""
    ends: str
    opens_at: str
    """The instant in UTC (`clock.stamp`)."""
    closes_at: str
    city: str | None
    country: str | None
    """The code of the state of the place."""
    host_first: bool
    """Whether the chair's delegation comes before the alphabetical order."""
    chair: InTheChair


def with_zone(inputs: F) -> F:
    """The same facts, with the time zone that the host's clock means: a state or a city is enough."""
    return msgspec.structs.replace(inputs, zone=zone_named(inputs.zone) or inputs.zone)


def facts_from_input(inputs: Facts, opens: datetime, closes: datetime) -> MeetingFacts:
    """The facts from a form, with the times as instants."""
    return MeetingFacts(
        number=inputs.number,
        title=inputs.title,
        level=inputs.level,
        mode=inputs.mode,
        zone=inputs.zone,
        starts=inputs.opens[:10],
        ends=inputs.closes[:10],
        opens_at=stamp(opens),
        closes_at=stamp(closes),
        city=inputs.city,
        country=inputs.country,
        host_first=inputs.host_first,
        chair=InTheChair(state=inputs.chair_state, name=inputs.chair_name, office=inputs.chair_office),
    )


def facts_of(meeting: Meeting) -> MeetingFacts:
    """The present facts of a meeting that was convened here."""
    chair = InTheChair(state=meeting.chair_state or "", name=meeting.chair_name, office=meeting.chair_office)
    return MeetingFacts(chair=chair, **{name: getattr(meeting, name) for name in FACTS})


def set_facts(meeting: Meeting, facts: MeetingFacts) -> None:
    """Copy the facts of an entry to the meeting."""
    for name in FACTS:
        setattr(meeting, name, getattr(facts, name))
    chair = facts.chair
    meeting.chair_state, meeting.chair_name, meeting.chair_office = chair.state, chair.name, chair.office


def protocol_seating(delegations: Iterable[str], observers: Iterable[str], host: str) -> list[SeatedDelegation]:
    """Delegations in English alphabetical order, the host first if there is one; observers after them."""
    return [SeatedDelegation(state=state, observer=False) for state in protocol_order(delegations, "en", host=host)] + [
        SeatedDelegation(state=state, observer=True) for state in protocol_order(observers, "en")
    ]


def set_delegation_order(meeting: Meeting, order: Iterable[SeatedDelegation]) -> None:
    """Set the order of the delegations as an entry says."""
    positions = {seated.state: n for n, seated in enumerate(order)}
    for delegation in meeting.delegations:
        delegation.position = positions[delegation.state]
