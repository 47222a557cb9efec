"""Tables as CSV files that spreadsheets open safely."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from suhbat.ground.sheets.sheet_table import AS_TEXT, COMMANDS

Table = tuple[Sequence[str], Iterable[Sequence[Any]]]
"""Names of the columns, and rows."""


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read it).

    A cell that a spreadsheet would treat as a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        value = " ".join(str(item) for item in value)
    if isinstance(value, str) and value.startswith(COMMANDS):
        return AS_TEXT + value
    return value
