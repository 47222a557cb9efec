"""A meeting's time on the clock of every capital, and what is amiss with it there.

Zones come from the time zone database, so that Kazakhstan is an hour further from Tokyo in 2020 than since March 2024.
Holidays and weekends come from `holidays`; those that hang on the sighting of the moon are marked there as estimated,
and are shown as provisional until the capital confirms them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from babel.dates import format_skeleton

from suhbat.formats.names import capital_of, zone_of
from suhbat.ground.clock import instant
from suhbat.ground.language import gettext, language
from suhbat.meetings.models import Meeting

EARLIEST, LATEST = time(8), time(20)
"""The hours in which a meeting is no burden to those who sit in it."""


@dataclass(frozen=True)
class Caution:
    """Something that speaks against the time in one capital."""

    kind: str
    """`early`, `late`, `weekend`, `holiday` or `unknown`."""
    text: str
    provisional: bool = False


@dataclass(frozen=True)
class Clock:
    """A meeting's beginning and end in one capital."""

    state: str
    city: str
    zone: str
    opens: datetime
    closes: datetime
    days_from_host: int
    """Days by which the calendar there differs from the host's: 1 where it is already tomorrow."""
    cautions: tuple[Caution, ...]

    @property
    def day(self) -> str:
        """The day there, in the reader's language: Tue, 11 Aug."""
        return format_skeleton("MMMEd", self.opens, locale=language())

    @property
    def offset(self) -> str:
        """The difference from UTC there on that day: UTC+6."""
        seconds = int((self.opens.utcoffset() or self.opens - self.opens).total_seconds())
        sign, minutes = "+" if seconds >= 0 else "−", abs(seconds) // 60
        return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def clocks_of(meeting: Meeting) -> list[Clock]:
    """A meeting's time in the capital of each of its delegations, in their order; none without an hour."""
    if not meeting.opens_at or not meeting.closes_at:
        return []
    states = [each.state for each in meeting.delegations]
    return clocks(states, instant(meeting.opens_at), instant(meeting.closes_at), meeting.zone)


def clocks(states: Iterable[str], opens: datetime, closes: datetime, host_zone: str) -> list[Clock]:
    """The time from `opens` to `closes` in each capital; states without a known zone are left out."""
    host_day = opens.astimezone(ZoneInfo(host_zone)).date()
    found = []
    for state in states:
        if not (zone := zone_of(state)):
            continue
        here, until = opens.astimezone(ZoneInfo(zone)), closes.astimezone(ZoneInfo(zone))
        found.append(
            Clock(
                state,
                capital_of(state, here.date().isoformat()),
                zone,
                here,
                until,
                (here.date() - host_day).days,
                tuple(_cautions(state, here, until)),
            )
        )
    return found


def _cautions(state: str, opens: datetime, closes: datetime) -> Iterable[Caution]:
    if opens.time() < EARLIEST:
        yield Caution("early", gettext("begins before 08:00"))
    elif opens.time() >= LATEST:
        yield Caution("late", gettext("begins after 20:00"))
    elif closes - opens < timedelta(days=1) and closes.date() > opens.date():
        yield Caution("late", gettext("goes on past midnight"))
    elif closes.date() == opens.date() and closes.time() > LATEST:
        yield Caution("late", gettext("ends after 20:00"))
    yield from _about_the_day(state, opens.date())


def _about_the_day(state: str, day: date) -> Iterable[Caution]:
    calendar = _calendar(state, day.year, language())
    if calendar is None:
        yield Caution("unknown", gettext("public holidays there are not known to us"))
        return
    if calendar.is_weekend(day) and day not in calendar.weekend_workdays:
        yield Caution("weekend", gettext("weekend there"))
    for name in calendar.get_list(day):
        if _is_estimated(state, day):
            plain = name.rpartition(" (")[0] or name
            text = gettext("%(name)s (provisional: the capital has to confirm the day)") % {"name": plain}
            yield Caution("holiday", text, provisional=True)
        else:
            yield Caution("holiday", name)


def _is_estimated(state: str, day: date) -> bool:
    """Whether a holiday hangs on the moon: the library says so in its English names."""
    calendar = _calendar(state, day.year, "en")
    return any("estimated" in name for name in calendar.get_list(day))


@cache
def _calendar(state: str, year: int, reader: str) -> Any:
    """The public holidays of a state in a year, named in the reader's language, in English, or in its own."""
    if state not in holidays.list_supported_countries(include_aliases=False):
        return None
    spoken: tuple[str, ...] = holidays.country_holidays(state).supported_languages
    wanted = next((code for code in spoken if code.partition("_")[0] == reader), None)
    wanted = wanted or next((code for code in spoken if code.startswith("en")), None)
    return holidays.country_holidays(state, years=year, language=wanted)
