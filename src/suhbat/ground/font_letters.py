"""Which letters a font file has: read from its table `cmap`, formats 4 and 12, which the fonts of today have."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

Ranges = tuple[tuple[int, int], ...]
_BY_SEGMENTS, _BY_GROUPS = 4, 12
_LAST_SEGMENT = 0xFFFF


@cache
def letters_of(file: Path) -> Ranges:
    """The code points for which a font file has a sign, as ranges; none if it is no font that can be read."""
    try:
        with file.open("rb") as font:
            return tuple(sorted(set(_ranges(font))))
    except (OSError, struct.error, StopIteration):
        return ()


def has_letter(file: Path, letter: str) -> bool:
    """Whether a font file has a sign for a letter."""
    return any(first <= ord(letter) <= last for first, last in letters_of(file))


def _ranges(font: BinaryIO) -> Iterator[tuple[int, int]]:
    table = _place_of_map(font)
    font.seek(table)
    (_version, count) = struct.unpack(">HH", font.read(4))
    for _platform, _encoding, offset in struct.iter_unpack(">HHL", font.read(8 * count)):
        font.seek(table + offset)
        (form,) = struct.unpack(">H", font.read(2))
        if form == _BY_SEGMENTS:
            yield from _segments(font)
        elif form == _BY_GROUPS:
            font.seek(table + offset + 12)
            (groups,) = struct.unpack(">L", font.read(4))
            for first, last, _sign in struct.iter_unpack(">LLL", font.read(12 * groups)):
                yield first, last


def _place_of_map(font: BinaryIO) -> int:
    """Where the table stands in the file; of a collection, that of its first font."""
    if font.read(4) == b"ttcf":
        font.seek(12)
        (first,) = struct.unpack(">L", font.read(4))
        font.seek(first + 4)
    (count,) = struct.unpack(">H", font.read(2))
    font.seek(6, 1)
    tables = struct.iter_unpack(">4sLLL", font.read(16 * count))
    return int(next(offset for tag, _sum, offset, _length in tables if tag == b"cmap"))


def _segments(font: BinaryIO) -> Iterator[tuple[int, int]]:
    font.seek(4, 1)
    (doubled,) = struct.unpack(">H", font.read(2))
    font.seek(6, 1)
    ends = struct.unpack(f">{doubled // 2}H", font.read(doubled))
    font.seek(2, 1)
    starts = struct.unpack(f">{doubled // 2}H", font.read(doubled))
    yield from ((start, end) for start, end in zip(starts, ends, strict=True) if start != _LAST_SEGMENT)
