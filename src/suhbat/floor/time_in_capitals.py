"""The clocks of all capitals. Capitals with the same time share one clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from suhbat.formats.city_names import city_name
from suhbat.formats.state_names import capital_of, state_name, zone_of


@dataclass(frozen=True)
class Clock:
    """One time of day and the capitals that have it."""

    zone: str
    time: str
    """`15:24`."""
    places: tuple[str, ...]


def clocks(states: Iterable[str], day: str, at: datetime) -> list[Clock]:
    """The time in each delegation's capital at an instant, the most easterly first. `day` names the capitals."""
    by_time: dict[str, tuple[str, list[str]]] = {}
    for state in states:
        zone = zone_of(state)
        if not zone:
            continue
        local = at.astimezone(ZoneInfo(zone))
        _zone, places = by_time.setdefault(local.strftime("%Y-%m-%d %H:%M"), (zone, []))
        capital = capital_of(state, day)
        places.append(city_name(capital) if capital else state_name(state))
    return [Clock(zone, moment[-5:], tuple(places)) for moment, (zone, places) in sorted(by_time.items(), reverse=True)]
