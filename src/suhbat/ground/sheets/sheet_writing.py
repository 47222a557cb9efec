"""Writing a table as a CSV or an Excel file. Every cell is text: no program takes it for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.styles import Font

from suhbat.ground.language import language
from suhbat.ground.sheets.sheet_headings import SheetField
from suhbat.ground.sheets.sheet_table import AS_TEXT, COMMANDS, column_name

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WITH_COMMAS = {"en", "ja"}
"""Languages whose spreadsheets separate the cells of a CSV file with commas; the others with semicolons."""
WIDTH = 28
"""Width of a column, in characters."""


def template_rows(fields: Iterable[SheetField]) -> list[list[str]]:
    """A table to fill in: its headings, in the reader's language."""
    return [[str(field.label) for field in fields]]


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a CSV file in UTF-8, with the mark and the separator that Excel expects in the reader's language."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if language() in WITH_COMMAS else ";")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return AS_TEXT + cell if cell.startswith(COMMANDS) else cell


def xlsx_file(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as an Excel file with one sheet; the first row is its headings."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "1"  # in every language
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            cell = sheet.cell(number, column + 1, text)
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(COMMANDS)
            cell.font = Font(bold=number == 1)
            sheet.column_dimensions[column_name(column)].width = WIDTH
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
