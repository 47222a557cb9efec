"""What the columns of a table are: their headings are recognised in every language, or the user says it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suhbat.ground.language import LANGUAGES, Lazy, lazy, reading_in
from suhbat.ground.sheets.sheet_table import SheetRow, SheetTable

TURNED_COMMAS = "ʻʼʽ"
"""Letters that are typed as an apostrophe, as another of these, or not at all."""
LOOKED_AT = 10
"""Rows among which the headings are looked for: a title may stand above them."""
ENOUGH = 2
"""Headings that must be known in a row below the first, so that it is the row of headings."""


@dataclass(frozen=True)
class SheetField:
    """What a column may hold: its name in forms, its heading in each language, and further headings for it."""

    name: str
    label: Lazy
    further: tuple[str, ...] = ()

    def headings(self) -> list[str]:
        """Every heading by which this field is known."""
        return [self.name, *in_every_language(self.label), *self.further]


@dataclass(frozen=True)
class FieldRow:
    """A row with its number in the file, and its values by field. A field without a column has none."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class HeadedTable:
    """A table whose columns are known: the heading and the field of each (empty if it is not used), and the rows."""

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[FieldRow, ...]
    warnings: tuple[Lazy, ...]


def in_every_language(text: Lazy) -> list[str]:
    """A text in all languages of the interface."""
    translations = []
    for code in LANGUAGES:
        with reading_in(code):
            translations.append(str(text))
    return translations


def plain_key(text: str) -> str:
    """A text by which names and headings are compared: without case, spaces, punctuation and apostrophes."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in folded if letter.isalnum() and letter not in TURNED_COMMAS)


def headed(table: SheetTable, fields: Sequence[SheetField], chosen: Mapping[int, str] | None = None) -> HeadedTable:
    """The table with the field of each column: as the user has chosen, else as its heading says.

    Where no heading is known, the first row is a row like the others, and the columns are in the order of the fields.
    """
    names = {plain_key(heading): field.name for field in fields for heading in field.headings()}
    at = _row_of_headings(table.rows, names)
    warnings = list(table.warnings)
    headings: tuple[str, ...]
    if at is None:
        headings, rows = ("",) * len(table.rows[0].cells), table.rows
        proposed = [field.name for field in fields]
        if not chosen:
            warnings.append(lazy("No headings were recognised: the columns are taken in the order of the template."))
    else:
        headings, rows = table.rows[at].cells, table.rows[at + 1 :]
        proposed = [names.get(plain_key(heading), "") for heading in headings]
    if chosen:
        known = {field.name for field in fields}
        proposed = [name if (name := chosen.get(column, "")) in known else "" for column in range(len(headings))]
    columns = _once_each(proposed, len(headings))
    return HeadedTable(headings, columns, tuple(_field_row(row, columns) for row in rows), tuple(warnings))


def _row_of_headings(rows: Sequence[SheetRow], names: Mapping[str, str]) -> int | None:
    counts = [len({names[key] for cell in row.cells if (key := plain_key(cell)) in names}) for row in rows[:LOOKED_AT]]
    most = max(counts)
    at = counts.index(most)
    return at if most >= ENOUGH or (most and at == 0) else None


def _once_each(proposed: Sequence[str], width: int) -> tuple[str, ...]:
    """The fields of the columns; a field is taken from the first of its columns."""
    columns: list[str] = []
    for name in proposed[:width]:
        columns.append("" if name in columns else name)
    return tuple(columns) + ("",) * (width - len(columns))


def _field_row(row: SheetRow, columns: Sequence[str]) -> FieldRow:
    return FieldRow(row.number, {name: cell for name, cell in zip(columns, row.cells, strict=True) if name})
