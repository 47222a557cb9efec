"""Dates as sources give them: a day, a month or a year; never rounded to what was not said."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton

from suhbat.ground.language import language

PARTIAL = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
_YEAR, _MONTH = 4, 7
_DAY_FIRST = {"en": "en_GB"}
"""English of the house writes 11 August 2020, as diplomatic papers do."""


def is_partial(text: str) -> bool:
    """Whether this is a real day, month or year written `2020-08-11`, `2020-08` or `2020`."""
    if not PARTIAL.match(text):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def first_day(text: str) -> date:
    """The first day a partial date can mean; for sorting, never for showing."""
    return date.fromisoformat(text + "-01-01"[len(text) - _YEAR :] if len(text) < len("2020-08-11") else text)


def show_date(text: str | None) -> str:
    """A partial date in the reader's language, with no more precision than it has."""
    return _shown(text, _DAY_FIRST.get(language(), language())) if text else ""


@lru_cache(maxsize=20_000)
def _shown(text: str, locale: str) -> str:
    day = first_day(text)
    if len(text) == _YEAR:
        return format_skeleton("y", day, locale=locale)
    if len(text) == _MONTH:
        return format_skeleton("yMMMM", day, locale=locale)
    return format_date(day, "long", locale=locale)


def show_weekday(text: str) -> str:
    """A day with its weekday; a month or a year as `show_date` has it."""
    if len(text) <= _MONTH:
        return show_date(text)
    return format_date(first_day(text), "full", locale=_DAY_FIRST.get(language(), language()))


def show_instant(at: datetime, zone: str = "UTC", form: str = "medium") -> str:
    """An instant on the clock of a zone, in the reader's language."""
    return format_datetime(at.astimezone(ZoneInfo(zone)), form, tzinfo=ZoneInfo(zone), locale=language())


def local_instant(day: str, time: str, zone: str) -> datetime | None:
    """The instant a wall clock shows `day` `time` in a zone; None where that time does not exist there.

    A clock put forward skips an hour: the round trip through UTC then shows another time than was asked.
    """
    wall = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone))
    at = wall.astimezone(UTC)
    return at if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall.replace(tzinfo=None) else None
