"""Choices for the forms of every package: states and time zones."""

from typing import Any
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from suhbat.acts.forms import Choice, choices
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.city_names import city_language, city_name
from suhbat.formats.state_names import protocol_order, register, state_name, zone_of
from suhbat.ground.language import language
from suhbat.ground.name_lists import in_a_row


@choices("states")
def states(_session: Session, _actor: Viewer, _values: dict[str, Any]) -> list[Choice]:
    """Every state and organisation of the register, with its name."""
    return [(code, state_name(code)) for code in protocol_order(register())]


@choices("zones")
def zones(_session: Session, _actor: Viewer, _values: dict[str, Any]) -> list[Choice]:
    """Time zones: first those of the register's capitals, labelled by their states, then all others."""
    states_by_zone: dict[str, list[str]] = {}
    for code in protocol_order(register()):
        states_by_zone.setdefault(zone_of(code), []).append(state_name(code))
    labelled = [(zone, f"{in_a_row(names)} ({_zone(zone)})") for zone, names in states_by_zone.items()]
    others = sorted(
        zone for zone in available_timezones() - states_by_zone.keys() if "/" in zone and not zone.startswith("Etc")
    )
    return labelled + [(zone, zone) for zone in others]


def _zone(zone: str) -> str:
    """A time zone's city in the reader's language, or the zone's own name if the city is not known."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return zone if city_language(city) != language() else city_name(city)
