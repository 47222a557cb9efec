"""What the secretariat says of a meeting as a whole, when it convenes it and when it changes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from suhbat.acts import Body, Input
from suhbat.formats.form_fields import LEVELS
from suhbat.formats.state_names import protocol_order
from suhbat.ground.clock import stamp
from suhbat.meetings.models import Meeting
from suhbat.meetings.wall_times import WallTime

FACTS = (
    "number", "title", "level", "mode", "zone", "starts", "ends", "opens_at", "closes_at", "city", "country",
    "host_first",
)  # fmt: skip
"""The facts that are called alike in the table and in `MeetingFacts`."""
MODES = Literal["in-person", "video", "hybrid"]
Zone = Annotated[str, Meta(title="Clock of the host", max_length=40, extra={"choices": "zones"})]


class Facts(Input, frozen=True, kw_only=True):
    """What is said of a meeting as a whole. Times are wall times on the host's clock."""

    title: Annotated[str, Meta(title="Title", min_length=1, max_length=400, extra={"context": "a meeting's"})]
    number: Annotated[int, Meta(title="Number in the series", ge=1, le=1_000)] | None = None
    level: Annotated[LEVELS, Meta(title="Level")]
    mode: Annotated[MODES, Meta(title="How it meets")]
    zone: Zone
    opens: Annotated[WallTime, Meta(title="Opens")]
    closes: Annotated[WallTime, Meta(title="Closes")]
    city: Annotated[str, Meta(title="City", max_length=120)] | None = None
    country: Annotated[str, Meta(title="State of the place", max_length=20, extra={"choices": "states"})] | None = None
    chair_state: Annotated[str, Meta(title="In the chair", max_length=20, extra={"choices": "states"})]
    chair_name: Annotated[str, Meta(title="Name of the chair", max_length=200)] | None = None
    chair_office: Annotated[str, Meta(title="Office of the chair", max_length=300)] | None = None
    host_first: Annotated[bool, Meta(title="The chair's delegation is named first")] = False


class InTheChair(msgspec.Struct, frozen=True, kw_only=True):
    """Who is in the chair."""

    state: str
    """The code of the state."""
    name: str | None
    office: str | None


class SeatedDelegation(msgspec.Struct, frozen=True, kw_only=True):
    """A delegation at its place in protocol order."""

    state: str
    observer: bool


class MeetingFacts(Body, frozen=True, kw_only=True):
    """What an entry says of a meeting as a whole."""

    number: int | None
    """In the series of its format."""
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
    """Whether the chair's delegation stands before the alphabetical order."""
    chair: InTheChair


def facts_given(inputs: Facts, opens: datetime, closes: datetime) -> MeetingFacts:
    """What a form says of a meeting, its times as instants."""
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
    """What is now said of a meeting that was convened here."""
    chair = InTheChair(state=meeting.chair_state or "", name=meeting.chair_name, office=meeting.chair_office)
    return MeetingFacts(chair=chair, **{name: getattr(meeting, name) for name in FACTS})


def set_facts(meeting: Meeting, facts: MeetingFacts) -> None:
    """Copy what an entry says of a meeting as a whole."""
    for name in FACTS:
        setattr(meeting, name, getattr(facts, name))
    chair = facts.chair
    meeting.chair_state, meeting.chair_name, meeting.chair_office = chair.state, chair.name, chair.office


def seating(delegations: Iterable[str], observers: Iterable[str], host: str) -> list[SeatedDelegation]:
    """Delegations in English alphabetical order, the host first if one is named; observers after them."""
    return [SeatedDelegation(state=state, observer=False) for state in protocol_order(delegations, "en", host=host)] + [
        SeatedDelegation(state=state, observer=True) for state in protocol_order(observers, "en")
    ]


def seat(meeting: Meeting, order: Iterable[SeatedDelegation]) -> None:
    """Put the delegations into the order that an entry gives."""
    places = {seated.state: n for n, seated in enumerate(order)}
    for delegation in meeting.delegations:
        delegation.position = places[delegation.state]
