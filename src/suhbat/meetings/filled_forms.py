"""Small reckonings for pages: when an item is likely to begin, and the forms that change a meeting and its items."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from suhbat.ground.clock import instant
from suhbat.meetings.models import Meeting


def wall_time(at: str | None, zone: str) -> str:
    """An instant as the wall clock of a zone shows it, as date and time fields take it."""
    return instant(at).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


def minutes_of(item: dict[str, Any], items: list[dict[str, Any]]) -> int:
    """The time foreseen for an item: its own, or else that of the items under it."""
    under = sum(minutes_of(each, items) for each in items if each["parent"] == item["id"])
    return int(item["minutes"]) or under


def beginnings(meeting: Meeting, items: list[dict[str, Any]]) -> dict[str, str]:
    """When the items at the top would begin if each took the time foreseen, on the host's clock.

    Only as far as the times are known: behind an item without one nothing is foretold.
    """
    if not meeting.opens_at:
        return {}
    at = instant(meeting.opens_at).astimezone(ZoneInfo(meeting.zone))
    found: dict[str, str] = {}
    for item in (each for each in items if not each["parent"]):
        found[item["id"]] = at.strftime("%H:%M")
        if not (minutes := minutes_of(item, items)):
            break
        at += timedelta(minutes=minutes)
    return found if len(found) > 1 else {}


def change_form(meeting: Meeting) -> str:
    """The address of the form that changes a meeting, filled with what it says now."""
    now = {
        "meeting": meeting.id, "seen": meeting.entry, "title": meeting.title, "number": meeting.number,
        "level": meeting.level, "mode": meeting.mode, "zone": meeting.zone,
        "opens": wall_time(meeting.opens_at, meeting.zone), "closes": wall_time(meeting.closes_at, meeting.zone),
        "city": meeting.city, "country": meeting.country, "chair_state": meeting.chair_state,
        "chair_name": meeting.chair_name, "chair_office": meeting.chair_office,
        "host_first": "true" if meeting.host_first else None,
    }  # fmt: skip
    return "/acts/meeting.changed?" + urlencode({name: said for name, said in now.items() if said not in {None, ""}})


def item_form(meeting: Meeting, item: Any) -> str:
    """The address of the form that changes an item of the agenda, filled with what it says now."""
    now = {
        "meeting": meeting.id, "item": item.id, "seen": meeting.agenda_changed, "title": item.title,
        "topic": item.topic, "minutes": item.minutes, "note": item.note,
    }  # fmt: skip
    return "/acts/agenda.item_changed?" + urlencode({name: said for name, said in now.items() if said != ""})
