"""When the items of an agenda are likely to begin."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from suhbat.ground.clock import instant
from suhbat.meetings.models import Meeting


def minutes_of(item: dict[str, Any], items: list[dict[str, Any]]) -> int:
    """The time foreseen for an item of a released version: its own, or else that of the items under it."""
    under = sum(minutes_of(lower, items) for lower in items if lower["parent"] == item["id"])
    return int(item["minutes"]) or under


def beginnings(meeting: Meeting, items: list[dict[str, Any]]) -> dict[str, str]:
    """When the items at the top would begin if each took the time foreseen, on the host's clock.

    Only as far as the times are known: behind an item without one nothing is foretold.
    """
    if not meeting.opens_at:
        return {}
    at = instant(meeting.opens_at).astimezone(ZoneInfo(meeting.zone))
    times: dict[str, str] = {}
    for item in items:
        if item["parent"]:
            continue
        times[item["id"]] = at.strftime("%H:%M")
        if not (minutes := minutes_of(item, items)):
            break
        at += timedelta(minutes=minutes)
    return times if len(times) > 1 else {}
