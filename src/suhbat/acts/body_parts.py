"""A body that is too long for one entry, in parts that each fit into an entry of their own."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from suhbat.record.hashing import canonical

PART = 40_000
"""Maximum bytes of rows in one entry; the record accepts 65,535 bytes for a whole entry."""
Row = TypeVar("Row")


def in_parts(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows in their order, split into parts. There is at least one; a row that is too long stands alone."""
    parts: list[list[Row]] = [[]]
    size = 0
    for row in rows:
        length = len(canonical(msgspec.to_builtins(row)))
        if parts[-1] and size + length > PART:
            parts.append([])
            size = 0
        parts[-1].append(row)
        size += length
    return parts
