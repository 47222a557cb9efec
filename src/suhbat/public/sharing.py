"""What is equal and never changes is kept once.

A state's code, a topic or a day comes out of the database as a text of its own for every row that names it. At a
hundred times the record that is millions of equal texts and lists.
"""

from typing import Any, TypeVar

T = TypeVar("T")


class Shared:
    """Hands out the same object for equal values, for as long as something is gathered."""

    def __init__(self) -> None:
        self._values: dict[Any, Any] = {}

    def of(self, value: T) -> T:
        """The first value that was equal to this one. Lists of plain values may be given; they must not change."""
        return self.known_by((list, *value) if isinstance(value, list) else value, value)

    def known_by(self, key: Any, value: T) -> T:
        """The first value that was known by this key."""
        try:
            found: T = self._values.setdefault(key, value)
        except TypeError:  # a list of what cannot be a key
            return value
        return found
