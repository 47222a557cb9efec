"""Wall times in the host's zone, and the instants that they mean."""

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
"""A local time without a zone: `2020-08-11T15:00`."""

LONGEST = timedelta(days=14)
"""The maximum duration of a meeting."""


def wall_time(instant_text: str | None, zone: str) -> str:
    """An instant as local time in a zone, in the format of HTML date and time fields."""
    return instant(instant_text).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if instant_text else ""


def check_times(
    opens: str, closes: str, zone: str, faults: dict[str, Lazy | str]
) -> tuple[datetime | None, datetime | None]:
    """The instants of two wall times in a zone. Errors, such as a time that does not exist, are put in `faults`."""
    if zone not in available_timezones():
        faults["zone"] = lazy("There is no such time zone.")
        return None, None
    opens_at, closes_at = _instant("opens", opens, zone, faults), _instant("closes", closes, zone, faults)
    if opens_at and closes_at:
        if closes_at <= opens_at:
            faults["closes"] = lazy("It ends before it begins.")
        elif closes_at - opens_at > LONGEST:
            faults["closes"] = lazy("That is longer than two weeks.")
    return opens_at, closes_at


def _instant(field: str, local_text: str, zone: str, faults: dict[str, Lazy | str]) -> datetime | None:
    day, _, time = local_text.partition("T")
    try:
        moment = local_instant(day, time, zone)
    except (ValueError, OverflowError):
        faults[field] = lazy("This is no date or time.")
        return None
    if moment is None:
        faults[field] = lazy("There is no such time there: the clocks are put forward over it.")
    return moment
