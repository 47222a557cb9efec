"""Addresses of a meeting's desk, and of forms that are filled with present values."""

from typing import Any
from urllib.parse import urlencode

from suhbat.meetings.models import Meeting
from suhbat.meetings.wall_times import wall_time


def desk_of(meeting: str) -> str:
    """The address of a meeting's desk."""
    return f"/meetings/{meeting}/desk"


def change_form(meeting: Meeting) -> str:
    """The address of the form that changes a meeting, filled with its present facts."""
    values = {
        "meeting": meeting.id, "seen": meeting.entry, "title": meeting.title, "number": meeting.number,
        "level": meeting.level, "mode": meeting.mode, "zone": meeting.zone,
        "opens": wall_time(meeting.opens_at, meeting.zone), "closes": wall_time(meeting.closes_at, meeting.zone),
        "city": meeting.city, "country": meeting.country, "chair_state": meeting.chair_state,
        "chair_name": meeting.chair_name, "chair_office": meeting.chair_office,
        "host_first": "true" if meeting.host_first else None,
    }  # fmt: skip
    return "/acts/meeting.changed?" + urlencode(
        {name: value for name, value in values.items() if value not in {None, ""}}
    )


def item_form(meeting: Meeting, item: Any) -> str:
    """The address of the form that changes an agenda item, filled with its present words."""
    values = {
        "meeting": meeting.id, "item": item.id, "seen": meeting.agenda_changed, "title": item.title,
        "topic": item.topic, "minutes": item.minutes, "note": item.note,
    }  # fmt: skip
    return "/acts/agenda.item_changed?" + urlencode({name: value for name, value in values.items() if value != ""})
