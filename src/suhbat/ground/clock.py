"""The only module that reads the system clock."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant in UTC, to the microsecond."""
    return datetime.now(UTC)


def stamp(instant: datetime) -> str:
    """An instant as the record writes it: UTC, microseconds, `Z`. Sorted as text, instants are in order of time."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """The instant that `stamp` wrote as this text."""
    if not text.endswith("Z"):
        raise ValueError(f"not an instant in UTC: {text!r}")
    return datetime.fromisoformat(text)
