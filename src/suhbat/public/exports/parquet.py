"""Tables as Parquet files with typed columns: numbers, booleans, lists, text. Unknown values are null.

The types are declared and not inferred from the values, so that an empty column has the right type too.
docs/adr/0008 explains why such a large library is used.
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

    Raises an error if a value does not have the type of its column.
    """
    # Imported at the first request for such a file: pages do not need these 45 MB of memory.
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
    """The type of a column. A column name has the same type in every table."""
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
