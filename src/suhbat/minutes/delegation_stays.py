"""From when to when each delegation was in the room of a meeting, by the entries that note who comes and goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from suhbat.acts import body_of
from suhbat.ground.clock import instant
from suhbat.record.entries import Entry


@dataclass
class DelegationStay:
    """The time between the first coming and the last going of a delegation's members."""

    came: datetime
    went: datetime | None = None
    """None if somebody was there to the end."""
    members: set[str] = field(default_factory=set)
    """The persons who are in the room."""


def stays_of_delegations(entries: Iterable[Entry]) -> dict[str, DelegationStay]:
    """By state. Members of a delegation may come and go one by one, and come back: the whole span counts."""
    stays: dict[str, DelegationStay] = {}
    for entry in entries:
        if entry.act != "presence.noted":
            continue
        body = body_of(entry)
        for departure in body.went:
            if departure.delegation in stays:
                stay = stays[departure.delegation]
                stay.members.discard(departure.person)
                if not stay.members:
                    stay.went = max(stay.went or stay.came, instant(departure.at))
        for arrival in body.came:
            if arrival.delegation:
                stay = stays.setdefault(arrival.delegation, DelegationStay(entry.time))
                stay.members.add(arrival.person)
                stay.went = None
    return stays
