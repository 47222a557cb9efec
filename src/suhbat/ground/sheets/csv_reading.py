"""Reading a CSV file, or rows that were copied from a spreadsheet: its encoding and its separator are found out."""

import codecs
import csv
import io
from collections.abc import Iterator

from suhbat.ground import characters
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.sheets.sheet_table import (
    FORMULA,
    SheetTable,
    cell_name,
    formula_warning,
    no_table,
    table_of,
)

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""Byte order marks, and the encodings that they announce."""
SEPARATORS = ("\t", ";", ",")
"""What separates cells; of two that fit equally well, the first."""


def read_csv(content: bytes) -> SheetTable:
    """The table in a CSV file; refused if it is no text."""
    text, warnings = _decoded(content)
    if not characters.fits(text, characters.Place.ACT):
        raise no_table()
    formulas: list[str] = []
    table = table_of(_noting_formulas(text, formulas))
    return SheetTable(table.rows, (*warnings, *formula_warning(formulas)))


def _decoded(content: bytes) -> tuple[str, list[Lazy]]:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding), []
            except UnicodeDecodeError:
                raise no_table() from None
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _decoded_as_cyrillic(content)


def _decoded_as_cyrillic(content: bytes) -> tuple[str, list[Lazy]]:
    warning = lazy(
        "This file is not in UTF-8. It was read as Windows Cyrillic (1251): look whether the names are right."
    )
    try:
        return content.decode("cp1251"), [warning]
    except UnicodeDecodeError:
        raise no_table() from None


def _noting_formulas(text: str, formulas: list[str]) -> Iterator[list[str]]:
    for number, row in enumerate(_rows(text, _separator(text)), 1):
        formulas += [cell_name(number, column) for column, cell in enumerate(row) if cell.startswith(FORMULA)]
        yield row


def _separator(text: str) -> str:
    """The separator that gives the first row the most cells."""

    def cells_in_first_row(separator: str) -> int:
        return len(next((row for row in _rows(text, separator) if any(row)), []))

    return max(SEPARATORS, key=cells_in_first_row)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:  # a cell of more than 128 kB
        raise no_table() from None
