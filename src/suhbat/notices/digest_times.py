"""When the mail of the day or of the week is due: in the morning of the person's own capital."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from suhbat.notices.subscriptions import WEEKLY

HOUR = 6
"""The hour of the morning on the own clock, so that it is there when people come to their desks."""


def last_morning(now: datetime, zone: str, rhythm: str) -> datetime:
    """The last morning, or the last Monday morning, at which a mail was due. UTC."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() - timedelta(days=local.weekday() if rhythm == WEEKLY else 0)
    morning = _morning(day.isoformat(), zone)
    if morning > now:
        morning = _morning((day - timedelta(days=7 if rhythm == WEEKLY else 1)).isoformat(), zone)
    return morning


def _morning(day: str, zone: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{HOUR:02}:00").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
