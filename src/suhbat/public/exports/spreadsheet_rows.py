"""Meetings as rows of a table: columns and values, the same on pages and in downloads."""

from typing import Any

from suhbat.public.read_model.fact_types import Meeting

MEETING_COLUMNS = (
    "meeting", "number", "title", "level", "mode", "starts", "ends", "city", "country", "chair", "delegations",
    "outcomes", "origin", "confidence",
)  # fmt: skip


def meeting_row(meeting: Meeting) -> list[Any]:
    """A meeting as a row of a table."""
    return [
        meeting.id, meeting.number, meeting.title, meeting.level, meeting.mode, meeting.starts, meeting.ends,
        meeting.city, meeting.country, meeting.chair.state if meeting.chair else None,
        [d.state for d in meeting.delegations], len(meeting.outcomes), meeting.origin, meeting.confidence,
    ]  # fmt: skip
