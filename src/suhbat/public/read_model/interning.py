"""Interning: equal values that never change are stored once.

The database returns a new string for every row that names a state, a topic or a day. For a record a hundred times as
large, these are millions of equal strings and lists.
"""

import json
from typing import Any, TypeVar

T = TypeVar("T")


class Shared:
    """Returns the same object for equal values; used during one load of the facts."""

    def __init__(self) -> None:
        self._values: dict[Any, Any] = {}
        self._texts: dict[str, Any] = {}

    def of(self, value: T) -> T:
        """Return the first value that was equal to this one."""
        first: T = self._values.setdefault(value, value)
        return first

    def read(self, text: str | None) -> Any:
        """Parse a JSON text, only once for all columns that contain the same text."""
        if text is None:
            return None
        parsed = self._texts.get(text, self)
        if parsed is self:
            parsed = self._texts[text] = json.loads(text)
        return parsed

    def by_key(self, key: Any, value: T) -> T:
        """Return the first value that was given with this key."""
        first: T = self._values.setdefault(key, value)
        return first
