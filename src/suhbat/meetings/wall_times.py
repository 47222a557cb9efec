"""Wall times of a host, and the instants they name."""

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Meta

from suhbat.ground.clock import instant
from suhbat.ground.dates import local_instant
from suhbat.ground.language import Lazy, lazy

WallTime = Annotated[
    str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$", extra={"widget": "datetime"}),
]  # fmt: skip
"""A time as a clock on the wall shows it, without a zone: `2020-08-11T15:00`."""

LONGEST = timedelta(days=14)
"""The longest a meeting may last."""


def wall_time(at: str | None, zone: str) -> str:
    """An instant as the wall clock of a zone shows it, as date and time fields take it."""
    return instant(at).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


def check_times(
    opens: str, closes: str, zone: str, faults: dict[str, Lazy | str]
) -> tuple[datetime | None, datetime | None]:
    """The instants of two wall times in a zone. What does not exist or does not follow is named in `faults`."""
    if zone not in available_timezones():
        faults["zone"] = lazy("There is no such time zone.")
        return None, None
    first, last = _instant("opens", opens, zone, faults), _instant("closes", closes, zone, faults)
    if first and last:
        if last <= first:
            faults["closes"] = lazy("It ends before it begins.")
        elif last - first > LONGEST:
            faults["closes"] = lazy("That is longer than two weeks.")
    return first, last


def _instant(field: str, wall: str, zone: str, faults: dict[str, Lazy | str]) -> datetime | None:
    day, _, time = wall.partition("T")
    try:
        moment = local_instant(day, time, zone)
    except (ValueError, OverflowError):
        faults[field] = lazy("This is no date or time.")
        return None
    if moment is None:
        faults[field] = lazy("There is no such time there: the clocks are put forward over it.")
    return moment
