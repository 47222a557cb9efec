"""Deadlines as they are told: on the clock of UTC, and on those of all capitals."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from suhbat.formats.city_names import city_name
from suhbat.formats.state_names import capital_of, zone_of
from suhbat.ground.clock import instant
from suhbat.ground.dates import show_instant
from suhbat.ground.language import gettext
from suhbat.ground.name_lists import in_a_row


def in_utc(moment: str) -> str:
    """An instant (`clock.stamp`) in the reader's language, on the clock of UTC."""
    return gettext("%(time)s UTC") % {"time": show_instant(instant(moment))}


def capitals_at(moment: str, states: Iterable[str]) -> list[tuple[str, str]]:
    """For each wall time at this instant (`clock.stamp`) the capitals that read it, in the order of the states."""
    at = instant(moment)
    by_wall_time: dict[str, list[str]] = {}
    for state in states:
        zone = zone_of(state)
        said = show_instant(at, zone or "UTC", "short-day-and-time")
        capital = city_name(capital_of(state, at.astimezone(ZoneInfo(zone)).date().isoformat())) if zone else ""
        by_wall_time.setdefault(said, []).append(capital or state)
    return [(said, in_a_row(dict.fromkeys(capitals))) for said, capitals in by_wall_time.items()]
