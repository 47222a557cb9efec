"""Parquet, written by hand: one row group, one page per column, plain values, nothing compressed.

The format's own readers take it (a test reads it back through another implementation of the thrift compact protocol).
A column is INT64 where all its values are whole numbers or missing, BOOLEAN likewise, else UTF-8 text; every column
may have missing values. Written here because the libraries that do it weigh forty megabytes and more.
"""

import struct
from collections.abc import Sequence
from typing import Any

MAGIC = b"PAR1"
BOOLEAN, INT64, BYTE_ARRAY = 0, 2, 6
OPTIONAL, UTF8, PLAIN, RLE = 1, 0, 0, 3
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12


def as_parquet(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A table as a Parquet file. Lists become text with spaces between."""
    out = bytearray(MAGIC)
    chunks = []
    for position, name in enumerate(columns):
        values = [_cell(row[position]) for row in rows]
        kind = _kind(values)
        page = _levels(values) + _plain(values, kind)
        header = _Struct()
        header.i32(1, 0).i32(2, len(page)).i32(3, len(page))
        header.struct(5, _Struct().i32(1, len(values)).i32(2, PLAIN).i32(3, RLE).i32(4, RLE))
        offset = len(out)
        packed = header.done()
        out += packed + page
        chunks.append((name, kind, offset, len(packed) + len(page)))
    meta = _meta(chunks, len(rows))
    out += meta + struct.pack("<I", len(meta)) + MAGIC
    return bytes(out)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return value


def _kind(values: list[Any]) -> int:
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, bool) for value in given):
        return BOOLEAN
    if given and all(isinstance(value, int) and not isinstance(value, bool) for value in given):
        return INT64
    return BYTE_ARRAY


def _levels(values: list[Any]) -> bytes:
    """Which values are there: runs of one bit (RLE), with their length before them."""
    runs = bytearray()
    start = 0
    for n in range(1, len(values) + 1):
        if n == len(values) or (values[n] is None) != (values[start] is None):
            runs += _varint((n - start) << 1) + bytes([values[start] is not None])
            start = n
    return struct.pack("<I", len(runs)) + bytes(runs)


def _plain(values: list[Any], kind: int) -> bytes:
    given = [value for value in values if value is not None]
    if kind == INT64:
        return struct.pack(f"<{len(given)}q", *given)
    if kind == BOOLEAN:
        packed = bytearray((len(given) + 7) // 8)
        for n, value in enumerate(given):
            packed[n // 8] |= int(value) << (n % 8)
        return bytes(packed)
    texts = [str(value).encode() for value in given]
    return b"".join(struct.pack("<I", len(text)) + text for text in texts)


def _meta(chunks: list[tuple[str, int, int, int]], rows: int) -> bytes:
    schema = [_Struct().binary(4, "table").i32(5, len(chunks))]
    groups = []
    for name, kind, offset, size in chunks:
        element = _Struct().i32(1, kind).i32(3, OPTIONAL).binary(4, name)
        schema.append(element.i32(6, UTF8) if kind == BYTE_ARRAY else element)
        column = _Struct().i32(1, kind).ints(2, [PLAIN, RLE]).texts(3, [name]).i32(4, 0)
        column.i64(5, rows).i64(6, size).i64(7, size).i64(9, offset)
        groups.append(_Struct().i64(2, offset).struct(3, column))
    group = _Struct().structs(1, groups).i64(2, sum(chunk[3] for chunk in chunks)).i64(3, rows)
    whole = _Struct().i32(1, 1).structs(2, schema).i64(3, rows).structs(4, [group]).binary(6, "Suhbat")
    return whole.done()


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:  # noqa: PLR2004  (seven bits to a byte)
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])


class _Struct:
    """A thrift struct in the compact protocol, field by field in rising order."""

    def __init__(self) -> None:
        self._bytes, self._last = bytearray(), 0

    def _field(self, number: int, kind: int) -> None:
        self._bytes.append((number - self._last) << 4 | kind)
        self._last = number

    def i32(self, number: int, value: int) -> "_Struct":
        self._field(number, _I32)
        self._bytes += _varint(value << 1)
        return self

    def i64(self, number: int, value: int) -> "_Struct":
        self._field(number, _I64)
        self._bytes += _varint(value << 1)
        return self

    def binary(self, number: int, text: str) -> "_Struct":
        self._field(number, _BINARY)
        self._bytes += _varint(len(text.encode())) + text.encode()
        return self

    def struct(self, number: int, other: "_Struct") -> "_Struct":
        self._field(number, _STRUCT)
        self._bytes += other.done()
        return self

    def structs(self, number: int, others: "Sequence[_Struct]") -> "_Struct":
        self._list(number, _STRUCT, len(others))
        for other in others:
            self._bytes += other.done()
        return self

    def ints(self, number: int, values: Sequence[int]) -> "_Struct":
        self._list(number, _I32, len(values))
        for value in values:
            self._bytes += _varint(value << 1)
        return self

    def texts(self, number: int, values: Sequence[str]) -> "_Struct":
        self._list(number, _BINARY, len(values))
        for value in values:
            self._bytes += _varint(len(value.encode())) + value.encode()
        return self

    def _list(self, number: int, kind: int, length: int) -> None:
        self._field(number, _LIST)
        self._bytes += bytes([length << 4 | kind]) if length < 15 else bytes([0xF0 | kind]) + _varint(length)  # noqa: PLR2004

    def done(self) -> bytes:
        return bytes(self._bytes) + b"\0"
