"""The one place that asks what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant in UTC, to the microsecond."""
    return datetime.now(UTC)


def stamp(instant: datetime) -> str:
    """Write an instant as the record does: UTC, microseconds, `Z`; sorts as text in the order of time."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
