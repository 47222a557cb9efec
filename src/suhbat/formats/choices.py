"""Choices for the forms of every package: states, time zones and languages of texts."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.forms import Choice, Choices, choices, ticked
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.city_names import city_language, city_name
from suhbat.formats.models import Membership
from suhbat.formats.state_names import protocol_order, recorded, register, state_name, zone_of
from suhbat.ground.language import language
from suhbat.ground.language_names import language_label
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.text_languages import READY, all_languages, is_language, languages_with_a_name

NAMED_IN_FORMS = (
    "delegations", "observers", "members", "partners", "joined", "joined_as_partners", "left", "chair_state", "country",
)  # fmt: skip
"""Fields in which the form has states already."""


@choices("states")
def states(session: Session, _actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """Every state and organisation of the register: first those of the formats here and those that are ticked."""
    near = _of_formats(session, "") | {code for name in NAMED_IN_FORMS for code in ticked(values.get(name))}
    names = [(code, state_name(code)) for code in protocol_order(register())]
    return Choices([pair for pair in names if pair[0] in near], [pair for pair in names if pair[0] not in near])


@choices("zones")
def zones(session: Session, _actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """Time zones: first those of the capitals of the form's format, then all other capitals, then all others."""
    format_ = str(values.get("format") or values.get("meeting") or "").partition("/")[0]
    parties = _of_formats(session, format_) if format_ else set(recorded())
    near, further = _capitals(code for code in register() if code in parties), _capitals(register())
    others = sorted(
        zone for zone in available_timezones() - further.keys() if "/" in zone and not zone.startswith("Etc")
    )
    rest = [(zone, label) for zone, label in further.items() if zone not in near]
    return Choices([*near.items()], [*rest, *((zone, zone) for zone in others)])


@choices("text languages")
def text_languages(_session: Session, _actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The languages in which something can stand: first those of the region and its partners, then others.

    Those without a name in the reader's language are typed as a tag.
    """
    chosen = [*ticked(values.get("languages")), *ticked(values.get("language"))]
    near = list(dict.fromkeys([*READY, *(code for code in chosen if is_language(code))]))
    named = languages_with_a_name()
    others = [(code, language_label(code)) for code in all_languages() if code not in near and code in named]
    return Choices([(code, language_label(code)) for code in near], sorted(others, key=lambda pair: pair[1].casefold()))


def zone_named(words: str) -> str:
    """The time zone that a person means: by its own name, by its city, or by a state; empty if there is none."""
    if words in available_timezones():
        return words
    wanted = words.strip().casefold()
    for zone, label in _capitals(register()).items():
        if wanted in {label.casefold(), _city(zone).casefold()}:
            return zone
    states_named = (code for code in register() if state_name(code).casefold() == wanted)
    if code := next(states_named, ""):
        return zone_of(code)
    return next((zone for zone in sorted(available_timezones()) if _city(zone).casefold() == wanted), "")


def _of_formats(session: Session, format_: str) -> set[str]:
    """The states that stand in one format, or (empty) in any."""
    query = select(Membership.state).where(Membership.until.is_(None)).distinct()
    return set(session.scalars(query.where(Membership.format == format_) if format_ else query))


def _capitals(codes: Iterable[str]) -> dict[str, str]:
    """By time zone: the states whose capital has it, and its city."""
    states_by_zone: dict[str, list[str]] = {}
    for code in protocol_order(codes):
        if zone := zone_of(code):
            states_by_zone.setdefault(zone, []).append(state_name(code))
    return {zone: f"{in_a_row(names)} ({_zone(zone)})" for zone, names in states_by_zone.items()}


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _zone(zone: str) -> str:
    """A time zone's city in the reader's language, or the zone's own name if the city is not known."""
    city = _city(zone)
    return zone if city_language(city) != language() else city_name(city)
