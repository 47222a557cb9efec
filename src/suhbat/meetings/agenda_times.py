"""The expected starting times of agenda items."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from suhbat.ground.clock import instant
from suhbat.meetings.models import Meeting


def minutes_of(item: dict[str, Any], items: list[dict[str, Any]]) -> int:
    """The planned minutes of an item of a released version: its own, or else the sum of the items under it."""
    of_children = sum(minutes_of(child, items) for child in items if child["parent"] == item["id"])
    return int(item["minutes"]) or of_children


def beginnings(meeting: Meeting, items: list[dict[str, Any]]) -> dict[str, str]:
    """When the top items would begin, on the host's clock, if each took its planned time.

    The list ends with the first item without a planned time.
    """
    if not meeting.opens_at:
        return {}
    begins = instant(meeting.opens_at).astimezone(ZoneInfo(meeting.zone))
    times: dict[str, str] = {}
    for item in items:
        if item["parent"]:
            continue
        times[item["id"]] = begins.strftime("%H:%M")
        if not (minutes := minutes_of(item, items)):
            break
        begins += timedelta(minutes=minutes)
    return times if len(times) > 1 else {}
