"""A table as it was sent: rows of text cells, with warnings, within limits that are told here and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import Refused, invalid

MOST_BYTES = 5 * 1024 * 1024
"""Bytes of a file."""
MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes of all parts of an Excel file, which is a ZIP file."""
MOST_PARTS = 2_000
"""Parts of an Excel file."""
MOST_ROWS = 2_000
"""Rows below the headings. Empty rows do not count."""
MOST_COLUMNS = 60
MOST_CHARACTERS = 2_000
"""Characters of one cell."""
MOST_NAMED = 12
"""Cells or rows that one warning names."""
FORMULA = "="
"""What a formula begins with."""
COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula, where a cell begins with it."""
AS_TEXT = "'"
"""What is before such a cell in a CSV file, so that it stays text."""


@dataclass(frozen=True)
class SheetRow:
    """One row with its number in the file, from 1. All rows of a table have the same number of cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SheetTable:
    """The rows that are not empty, and what a reader should know of how they were read."""

    rows: tuple[SheetRow, ...]
    warnings: tuple[Lazy, ...] = ()


def sheet_refused(why: Lazy) -> Refused:
    """The refusal of a file."""
    return invalid(file=why)


def no_table() -> Refused:
    """The refusal of a file that is no table."""
    return sheet_refused(lazy("This is no table. Send a CSV file or an Excel file (.xlsx) without a password."))


def table_of(rows: Iterable[Sequence[str]], warnings: Sequence[Lazy] = ()) -> SheetTable:
    """The table of these rows, without what is empty at their ends. It stops reading where a limit is passed."""
    kept: list[SheetRow] = []
    for number, row in enumerate(rows, 1):
        cells = _cells(row)
        if not cells:
            continue
        _refuse_too_large(number, cells)
        kept.append(SheetRow(number, tuple(cells)))
        if len(kept) > MOST_ROWS + 1:
            raise sheet_refused(lazy("This table has more than 2,000 rows."))
    if not kept:
        raise sheet_refused(lazy("There is nothing in this table."))
    width = max(len(row.cells) for row in kept)
    return SheetTable(tuple(_widened(row, width) for row in kept), tuple(warnings))


def _cells(row: Sequence[str]) -> list[str]:
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return [cell[1:] if cell.startswith(AS_TEXT) and cell[1:].startswith(COMMANDS) else cell for cell in cells]


def _refuse_too_large(number: int, cells: Sequence[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise sheet_refused(lazy("This table has more than 60 columns."))
    for column, cell in enumerate(cells):
        if len(cell) > MOST_CHARACTERS:
            where = {"cell": cell_name(number, column)}
            raise sheet_refused(lazy("Cell %(cell)s has more than 2,000 characters.") % where)


def _widened(row: SheetRow, width: int) -> SheetRow:
    return SheetRow(row.number, row.cells + ("",) * (width - len(row.cells)))


def cell_name(number: int, column: int) -> str:
    """A cell as spreadsheets name it: `B7` is in row 7 and column 1, counted from 0."""
    return f"{column_name(column)}{number}"


def column_name(column: int) -> str:
    """A column as spreadsheets name it: 0 is `A`, 26 is `AA`."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def named_places(places: Sequence[str]) -> str:
    """Cells, rows or sheets as a warning names them: the first ones, and a sign that there are more."""
    return ", ".join(places[:MOST_NAMED]) + (" …" if len(places) > MOST_NAMED else "")


def formula_warning(cells: Sequence[str]) -> list[Lazy]:
    """The warning for cells with formulas, if there are any."""
    why = lazy("Formulas are not calculated: they stay as text. Cells: %(cells)s.")
    return [why % {"cells": named_places(cells)}] if cells else []
