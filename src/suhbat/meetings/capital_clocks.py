"""A meeting's time in every capital, and cautions about this time.

Zones come from the time zone database: Kazakhstan changed its zone in March 2024, so its distance from Tokyo depends on
the date. Holidays and weekends come from the library `holidays`, their names from `holiday_names`. Holidays that depend
on the sighting of the moon are marked as estimated there, and are shown as provisional.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from markupsafe import Markup, escape

from suhbat.ground.clock import instant
from suhbat.ground.dates import short_day
from suhbat.ground.language import gettext, language
from suhbat.meetings.capital_times import CapitalTime, capital_times
from suhbat.meetings.holiday_names import HolidayName, holiday_name
from suhbat.meetings.models import Meeting

ENGLISH = "en_US"
"""The variant of English that the library has for almost every state; `holiday_names` uses its names as keys."""
EARLIEST, LATEST = time(8), time(20)
"""The hours in which a meeting is convenient for its participants."""


@dataclass(frozen=True)
class Caution:
    """A problem of the time in one capital."""

    kind: str
    """`early`, `late`, `night`, `weekend`, `holiday` or `unknown`."""
    text: str
    """In the reader's language; markup if a name in it is in another language."""
    provisional: bool = False


@dataclass(frozen=True)
class Clock:
    """A meeting's beginning and end in one capital."""

    state: str
    city: str
    opens: datetime
    closes: datetime
    days_from_host: int
    """The difference in days from the host's date: 1 if it is already the next day there."""
    cautions: tuple[Caution, ...]

    @property
    def day(self) -> str:
        """The local day in the reader's language: Tue 11 Aug."""
        return short_day(self.opens)

    @property
    def offset(self) -> str:
        """The local difference from UTC on that day: UTC+6."""
        seconds = int((self.opens.utcoffset() or self.opens - self.opens).total_seconds())
        sign, minutes = "+" if seconds >= 0 else "−", abs(seconds) // 60
        return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def clocks_of(meeting: Meeting) -> list[Clock]:
    """A meeting's time in the capital of each delegation, in their order; empty if the meeting has no hour."""
    if not meeting.opens_at or not meeting.closes_at:
        return []
    states = [delegation.state for delegation in meeting.delegations]
    return clocks(states, instant(meeting.opens_at), instant(meeting.closes_at), meeting.zone)


def clocks(states: Iterable[str], opens: datetime, closes: datetime, host_zone: str) -> list[Clock]:
    """The time from `opens` to `closes` in each capital; states without a known zone are left out."""
    host_day = opens.astimezone(ZoneInfo(host_zone)).date()
    capitals = []
    for capital in capital_times(states, opens):
        local_opens, local_closes = capital.local, closes.astimezone(ZoneInfo(capital.zone))
        capitals.append(
            Clock(
                capital.state,
                capital.city,
                local_opens,
                local_closes,
                (local_opens.date() - host_day).days,
                tuple(_cautions(capital.state, local_opens, local_closes)),
            )
        )
    return capitals


def cautions_at(states: Iterable[str], moment: datetime) -> list[tuple[CapitalTime, list[Caution]]]:
    """The capitals in which a deadline is no working hour, each with what speaks against it there."""
    odd_capitals = []
    for capital in capital_times(states, moment):
        cautions = [each for each in _day_cautions(capital.state, capital.local.date()) if each.kind != "unknown"]
        if not EARLIEST <= capital.local.time() < LATEST:
            cautions.insert(0, Caution("night", gettext("at night")))
        if cautions:
            odd_capitals.append((capital, cautions))
    return odd_capitals


def _cautions(state: str, opens: datetime, closes: datetime) -> Iterable[Caution]:
    if opens.time() < EARLIEST:
        yield Caution("early", gettext("begins before 08:00"))
    elif opens.time() >= LATEST:
        yield Caution("late", gettext("begins after 20:00"))
    elif closes - opens < timedelta(days=1) and closes.date() > opens.date():
        yield Caution("late", gettext("goes on past midnight"))
    elif closes.date() == opens.date() and closes.time() > LATEST:
        yield Caution("late", gettext("ends after 20:00"))
    yield from _day_cautions(state, opens.date())


def _day_cautions(state: str, day: date) -> Iterable[Caution]:
    calendar = _calendar(state, day.year)
    if calendar is None:
        yield Caution("unknown", gettext("public holidays there are not known to us"))
        return
    if calendar.is_weekend(day) and day not in calendar.weekend_workdays:
        yield Caution("weekend", gettext("weekend there"))
    for english in calendar.get_list(day):
        holiday = holiday_name(state, english)
        text = _marked_name(holiday)
        if holiday.estimated:
            sentence = escape(gettext("%(name)s (provisional: the capital has to confirm the day)"))
            text = sentence % {"name": text}
        yield Caution("holiday", text, provisional=holiday.estimated)


def _marked_name(holiday: HolidayName) -> str:
    """A holiday's name; if it is not in the language of the page, its language is marked."""
    if holiday.language == language():
        return holiday.text
    return Markup('<span lang="{}">{}</span>').format(holiday.language, holiday.text)


@cache
def _calendar(state: str, year: int) -> Any:
    """The public holidays of a state in a year, with English names; None if the library does not have the state."""
    if state not in holidays.list_supported_countries(include_aliases=False):
        return None
    languages: tuple[str, ...] = holidays.country_holidays(state).supported_languages
    return holidays.country_holidays(state, years=year, language=ENGLISH if ENGLISH in languages else None)
