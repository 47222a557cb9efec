"""Choices that forms of every package offer: states, and time zones."""

from typing import Any
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.forms import Choice, choices
from suhbat.formats.city_names import city_language, city_name
from suhbat.formats.state_names import protocol_order, register, state_name, zone_of
from suhbat.ground.language import language
from suhbat.ground.name_lists import in_a_row


@choices("states")
def states(_session: Session, _actor: Viewer, _values: dict[str, Any]) -> list[Choice]:
    """Every state and organisation of the register, by its name."""
    return [(code, state_name(code)) for code in protocol_order(register())]


@choices("zones")
def zones(_session: Session, _actor: Viewer, _values: dict[str, Any]) -> list[Choice]:
    """Time zones: those of the register's capitals by the states they serve, then every other."""
    served: dict[str, list[str]] = {}
    for code in protocol_order(register()):
        served.setdefault(zone_of(code), []).append(state_name(code))
    named = [(zone, f"{in_a_row(names)} ({_zone(zone)})") for zone, names in served.items()]
    others = sorted(
        zone for zone in available_timezones() - served.keys() if "/" in zone and not zone.startswith("Etc")
    )
    return named + [(zone, zone) for zone in others]


def _zone(zone: str) -> str:
    """A time zone by its city in the reader's language, or by its own name where that city is not known."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return zone if city_language(city) != language() else city_name(city)
