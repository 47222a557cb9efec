"""An instant in the capitals of several states."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from suhbat.formats.city_names import city_name
from suhbat.formats.state_names import capital_of, zone_of


@dataclass(frozen=True)
class CapitalTime:
    """An instant in one capital."""

    state: str
    city: str
    """The capital's English name; `city_name` gives it in other languages."""
    zone: str
    local: datetime


@dataclass(frozen=True)
class SharedTime:
    """A local time and the capitals that share it."""

    local: datetime
    zone: str
    """The time zone of the first of the capitals."""
    cities: tuple[str, ...]
    """The capitals in the reader's language."""


def capital_times(states: Iterable[str], at: datetime, named_on: str = "") -> list[CapitalTime]:
    """An instant in the capital of each state, in their order; states without a known zone are left out.

    The capitals have the names of the day `named_on` (ISO date), by default of the local day.
    """
    times = []
    for state in states:
        if zone := zone_of(state):
            local = at.astimezone(ZoneInfo(zone))
            times.append(CapitalTime(state, capital_of(state, named_on or local.date().isoformat()), zone, local))
    return times


def shared_times(states: Iterable[str], at: datetime, named_on: str = "") -> list[SharedTime]:
    """The different local times of an instant in the capitals, in the order of the states, each with its capitals."""
    by_local_time: dict[datetime, list[CapitalTime]] = {}
    for time in capital_times(states, at, named_on):
        by_local_time.setdefault(time.local.replace(tzinfo=None), []).append(time)
    return [
        SharedTime(times[0].local, times[0].zone, tuple(dict.fromkeys(city_name(time.city) for time in times)))
        for times in by_local_time.values()
    ]
