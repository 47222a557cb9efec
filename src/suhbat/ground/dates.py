"""Dates as sources give them: a day, a month or a year, never made more precise.

They are shown as ministries write them, in patterns of our own: CLDR abbreviates the year in Russian, Kazakh and
Kyrgyz, reverses the Uzbek date, and has no Tajik or Turkmen endings. Dates for programs stay in ISO format.
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from suhbat.ground.calendar_words import month, weekday
from suhbat.ground.language import language
from suhbat.ground.ordinals import ordinal

PARTIAL = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
_YEAR, _MONTH = 4, 7
DAY = {
    "en": "{day} {month} {year}",
    "ru": "{day} {month} {year} года",
    "ja": "{year}年{month}{day}日",
    "kk": "{year} жылғы {day} {month}",
    "ky": "{year}-жылдын {day}-{month}",
    "tg": "{day} {month} соли {year}",
    "tk": "{which_year} ýylyň {which_day} {month}",
    "uz": "{year}-yil {day}-{month}",
}
MONTH = {
    "en": "{month} {year}",
    "ru": "{month} {year} года",
    "ja": "{year}年{month}",
    "kk": "{year} жылғы {month}",
    "ky": "{year}-жылдын {month}",
    "tg": "{month} соли {year}",
    "tk": "{which_year} ýylyň {month}",
    "uz": "{year}-yil {month}",
}
YEAR = {"ja": "{year}年"}
YEAR_AFTER_PREPOSITION = YEAR | {"ru": "{year} года", "tg": "соли {year}"}
WITH_WEEKDAY = {
    "en": "{weekday}, {date}",
    "ru": "{weekday}, {date}",
    "ja": "{date}（{weekday}）",
    "tg": "{weekday}, {date}",
}
"""In the other languages the weekday follows: `2020-yil 11-avgust, seshanba`."""
SHORT_DAY = {
    "en": "{weekday} {day} {month}",
    "ru": "{weekday}, {day} {month}",
    "ja": "{month}{day}日（{weekday}）",
    "kk": "{day} {month}, {weekday}",
    "ky": "{day}-{month}, {weekday}",
    "tg": "{weekday}, {day} {month}",
    "tk": "{day} {month}, {weekday}",
    "uz": "{day}-{month}, {weekday}",
}
FIGURES = {"en": "{day} {month} {year}", "ja": "{year}年{month}{day}日"}
"""A day in narrow tables; in the other languages `11.08.2020`."""


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
    """The first day that a partial date can mean; for sorting, never for display."""
    return date.fromisoformat(text + "-01-01"[len(text) - _YEAR :] if len(text) < len("2020-08-11") else text)


def show_date(text: str | None, form: str = "") -> str:
    """A partial date in the reader's language, with the precision that it has.

    `form` is `genitive` after a preposition in a sentence: с августа 2020 года, аз соли 2020.
    """
    return _shown(text, language(), form) if text else ""


@lru_cache(maxsize=20_000)
def _shown(text: str, code: str, form: str) -> str:
    day = first_day(text)
    if len(text) == _YEAR:
        years = YEAR_AFTER_PREPOSITION if form == "genitive" else YEAR
        return years.get(code, "{year}").format(year=day.year)
    if len(text) == _MONTH:
        return fill(MONTH, day, code, "date" if form == "genitive" else "alone")
    return fill(DAY, day, code)


def fill(patterns: dict[str, str], day: date, code: str, months: str = "date", days: str = "") -> str:
    """A day put into a language's pattern; `months` is a form of a month (`calendar_words`).

    `days` replaces the day's number if several days share a month: `11–12`.
    """
    number = days or str(day.day)
    first_days = number.removesuffix(str(day.day))
    return patterns[code].format(
        year=day.year,
        day=number,
        month=month(code, months, day.month),
        which_year=ordinal(day.year, code),
        which_day=first_days + ordinal(day.day, code),
    )


def show_weekday(text: str) -> str:
    """A day with its weekday; a month or a year as in `show_date`."""
    if len(text) <= _MONTH:
        return show_date(text)
    name = weekday(language(), "full", first_day(text).weekday())
    return WITH_WEEKDAY.get(language(), "{date}, {weekday}").format(date=show_date(text), weekday=name)


def short_day(at: date) -> str:
    """A day near today, for clocks and narrow tables: Tue 11 Aug; вт, 11 авг.; 8月11日（火）."""
    code = language()
    return SHORT_DAY[code].format(
        day=at.day,
        month=month(code, "short", at.month),
        weekday=weekday(code, "short", at.weekday()),
    )


def figures(at: date) -> str:
    """A day in the shortest clear form of the reader's language: 11 Aug 2020, 11.08.2020."""
    code = language()
    if code in FIGURES:
        return fill(FIGURES, at, code, "short")
    return f"{at:%d.%m.%Y}"


def show_instant(at: datetime, zone: str = "UTC", form: str = "day-and-time") -> str:
    """An instant in the local time of a zone, in the reader's language.

    Forms: `day-and-time`, `time`, `short-day`, `short-day-and-time`, `figures-and-time`. The clock has 24 hours.
    """
    local = at.astimezone(ZoneInfo(zone))
    time = f"{local:%H:%M}"
    if form == "time":
        return time
    if form == "short-day":
        return short_day(local)
    day = {
        "day-and-time": lambda: show_date(local.date().isoformat()),
        "short-day-and-time": lambda: short_day(local),
        "figures-and-time": lambda: figures(local),
    }[form]()
    return f"{day}{_joint(day)}{time}"


def _joint(day: str) -> str:
    """What is between a day and a time: nothing after a full-width bracket, which has a space in itself."""
    if language() != "ja":
        return ", "
    return "" if day.endswith("）") else " "


def show_duration(seconds: int) -> str:
    """A length of time as a clock shows it: `4:32`, `1:02:09`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def local_instant(day: str, time: str, zone: str) -> datetime | None:
    """The instant of a local day and time in a zone; None if that time does not exist there.

    When clocks go forward, an hour is skipped: the conversion to UTC and back then gives a different time.
    """
    wall = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone))
    at = wall.astimezone(UTC)
    return at if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall.replace(tzinfo=None) else None
