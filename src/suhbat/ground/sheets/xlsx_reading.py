"""Reading the first visible sheet of an Excel file. Nothing in it is calculated, fetched or run.

It is to be called in a process of its own (`sheet_reading`): what the file unpacks to is limited, but its work is not.
"""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import Refused
from suhbat.ground.sheets.sheet_table import (
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_UNPACKED,
    SheetTable,
    cell_name,
    formula_warning,
    named_places,
    no_table,
    sheet_refused,
    table_of,
)

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEAD = 1024
"""Bytes at the beginning of a part, where a document type would stand."""


def read_xlsx(content: bytes) -> SheetTable:
    """The table in the first visible sheet; what is no Excel file, is damaged or too large is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_hostile(archive)
            return _table(content, archive)
    except (Refused, MemoryError):
        raise
    except Exception as fault:  # what a damaged file makes of the readers has no bounds
        raise sheet_refused(lazy("This Excel file is damaged and cannot be read.")) from fault


def _refuse_hostile(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise sheet_refused(lazy("This file unpacks to far more than any table: it was not opened."))
    if "[Content_Types].xml" not in archive.namelist():
        raise no_table()
    for part in parts:
        with archive.open(part) as opened:
            if b"<!DOCTYPE" in opened.read(HEAD):
                raise no_table()


@dataclass
class _Notes:
    """What is hidden or merged in a sheet, and which cells are formulas."""

    hidden_rows: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def warnings(self) -> list[Lazy]:
        merged = lazy("Merged cells: each of them has the value of the first. Cells: %(cells)s.")
        hidden = lazy("Hidden rows were read too: %(rows)s.")
        return [
            *formula_warning(self.formulas),
            *([merged % {"cells": named_places(self.merged)}] if self.merged else []),
            *([hidden % {"rows": named_places(self.hidden_rows)}] if self.hidden_rows else []),
        ]


def _table(content: bytes, archive: zipfile.ZipFile) -> SheetTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of drawings and rules that it does not read
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets: list[Any] = list(book.worksheets)
        visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        if not visible:
            raise no_table()
        notes = _Notes()
        rows = _limited(_rows(visible[0], notes))
        with archive.open(visible[0]._worksheet_path) as part:  # noqa: SLF001  (its only name for the part)
            _look_at_layout(part, rows, notes)
    hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    return table_of(rows, [*_warnings_of_sheets(visible, hidden), *notes.warnings()])


def _limited(rows: Iterable[list[str]]) -> list[list[str]]:
    """The rows, if they keep to the limits: merged cells are filled in only then."""
    kept: list[list[str]] = []
    filled = 0
    for row in rows:
        kept.append(row)
        filled += any(row)
        if filled > MOST_ROWS + 1:
            break
    table_of(kept)
    while not any(kept[-1]):
        kept.pop()
    return kept


def _rows(sheet: Any, notes: _Notes) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its size is often wrong
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield [_text(cell, number, column, notes) for column, cell in enumerate(row)]


def _text(cell: Any, number: int, column: int, notes: _Notes) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        notes.formulas.append(cell_name(number, column))
        return str(getattr(value, "text", None) or value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        digits = format(Decimal(repr(value)), "f")
        return digits.removesuffix(".0")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return str(value)


def _look_at_layout(part: Any, rows: list[list[str]], notes: _Notes) -> None:
    """Note the hidden rows, and give the cells of each merged area its value."""
    tags = (f"{MAIN}row", f"{MAIN}mergeCell")
    for _event, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True, huge_tree=False):
        if element.tag == tags[1]:
            _fill(str(element.get("ref")), rows, notes)
        elif element.get("hidden") in {"1", "true"} and _is_filled(rows, element.get("r")):
            notes.hidden_rows.append(element.get("r"))
        element.clear()


def _is_filled(rows: Sequence[Sequence[str]], number: str | None) -> bool:
    return bool(number and number.isdecimal() and int(number) <= len(rows) and any(rows[int(number) - 1]))


def _fill(area: str, rows: list[list[str]], notes: _Notes) -> None:
    left, top, right, bottom = (int(bound or 1) for bound in range_boundaries(area))
    value = rows[top - 1][left - 1] if top <= len(rows) and left <= len(rows[top - 1]) else ""
    if not value:
        return
    notes.merged.append(area)
    right = min(right, MOST_COLUMNS)
    for row in rows[top - 1 : bottom]:
        row.extend([""] * (right - len(row)))
        row[left - 1 : right] = [value] * (right - left + 1)


def _warnings_of_sheets(visible: Sequence[Any], hidden: Sequence[str]) -> list[Lazy]:
    first, *others = (sheet.title for sheet in visible)
    only = lazy("Only the sheet “%(sheet)s” was read. Not read: %(sheets)s.")
    not_shown = lazy("Hidden sheets were not read: %(sheets)s.")
    return [
        *([only % {"sheet": first, "sheets": named_places(others)}] if others else []),
        *([not_shown % {"sheets": named_places(hidden)}] if hidden else []),
    ]
