"""What is equal and never changes is kept once.

A state's code, a topic or a day comes out of the database as a text of its own for every row that names it. At a
hundred times the record that is millions of equal texts and lists.
"""

import json
from typing import Any, TypeVar

T = TypeVar("T")


class Shared:
    """Hands out the same object for equal values, for as long as something is gathered."""

    def __init__(self) -> None:
        self._values: dict[Any, Any] = {}
        self._texts: dict[str, Any] = {}

    def of(self, value: T) -> T:
        """The first value that was equal to this one."""
        found: T = self._values.setdefault(value, value)
        return found

    def read(self, text: str | None) -> Any:
        """What a text of JSON holds: read once for all columns that hold just this text."""
        if text is None:
            return None
        found = self._texts.get(text, self)
        if found is self:
            found = self._texts[text] = json.loads(text)
        return found

    def known_by(self, key: Any, value: T) -> T:
        """The first value that was known by this key."""
        found: T = self._values.setdefault(key, value)
        return found
