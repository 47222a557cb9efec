"""Parquet, with the types that the columns have: numbers, yes or no, lists; what is not known is null.

The types are declared, not guessed from the values: a column in which nothing is known yet keeps its type.
docs/adr/0008 says why a library of this weight writes it.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

NUMBERS = frozenset({"n", "number", "position", "outcomes", "value", "source", "entry"})
TRUTHS = frozenset({"observer", "counted_as_promised"})
LISTS = frozenset({"levels", "delegations", "by", "to"})
LISTS_OF_NUMBERS = frozenset({"sources"})


def as_parquet(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as a Parquet file: the same facts give the same bytes.

    Raises where a value is not of its column's type.
    """
    # Loaded by who first asks for such a file: no page needs its 45 MB of memory.
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    schema = pa.schema([(name, type_of(name)) for name in columns])
    values = zip(*rows, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(values, schema, strict=False)]
    table = pa.Table.from_arrays(arrays, schema=schema) if arrays else schema.empty_table()
    out = pa.BufferOutputStream()
    parquet.write_table(table, out, compression="zstd")
    return bytes(out.getvalue().to_pybytes())


def type_of(column: str) -> "pa.DataType":
    """The type of a column; the same name means the same in every table."""
    import pyarrow as pa  # noqa: PLC0415  (as above)

    if column in NUMBERS:
        return pa.int64()
    if column in TRUTHS:
        return pa.bool_()
    if column in LISTS:
        return pa.list_(pa.string())
    if column in LISTS_OF_NUMBERS:
        return pa.list_(pa.int64())
    return pa.string()
