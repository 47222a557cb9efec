"""The only module that reads the system clock."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant in UTC, to the microsecond."""
    return datetime.now(UTC)


def ahead_by(file: Path) -> Clock:
    """A clock that runs ahead of the system's by the seconds in a file, which is read at every look.

    Where there is no such file, it is the system's. It is never set back: what has happened would lie ahead.
    """
    most = timedelta(0)

    def read() -> datetime:
        nonlocal most
        with suppress(OSError, ValueError, OverflowError):  # not written yet, or being written
            most = max(most, timedelta(seconds=float(file.read_text(encoding="ascii"))))
        return now() + most

    return read


def stamp(instant: datetime) -> str:
    """An instant as the record writes it: UTC, microseconds, `Z`. Sorted as text, instants are in order of time."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """The instant that `stamp` wrote as this text."""
    if not text.endswith("Z"):
        raise ValueError(f"not an instant in UTC: {text!r}")
    return datetime.fromisoformat(text)
