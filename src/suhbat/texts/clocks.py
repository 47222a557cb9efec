"""A deadline on the clocks of all capitals."""

from collections.abc import Iterable
from datetime import UTC
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from suhbat.formats.names import capital_of, zone_of
from suhbat.ground.clock import instant
from suhbat.ground.language import language


def capitals_at(moment: str, states: Iterable[str]) -> list[tuple[str, str]]:
    """For each wall time at this instant (`clock.stamp`) the capitals that read it, in the order of the states."""
    at = instant(moment)
    held: dict[str, list[str]] = {}
    for state in states:
        zone = zone_of(state)
        local = at.astimezone(ZoneInfo(zone)) if zone else at.astimezone(UTC)
        said = format_datetime(local, "EEE d MMM, HH:mm", locale=language())
        capital = capital_of(state, local.date().isoformat()) if zone else ""
        held.setdefault(said, []).append(capital or state)
    return [(said, ", ".join(dict.fromkeys(capitals))) for said, capitals in held.items()]
