"""All public facts as tables, for data analysis: CSV, SQLite and JSON files."""

import io
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from suhbat.public.exports.csv_file import as_csv
from suhbat.public.exports.spreadsheet_rows import MEETING_COLUMNS, meeting_row
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.pledge_sums import counts, handed_over, traced

Rows = Iterator[list[Any]]
_AMOUNT = ("value", "currency", "qualifier")

TABLES: dict[str, Sequence[str]] = {
    "formats": ("format", "name", "short_name", "kind", "established", "levels", "summary", "origin"),
    "members": ("format", "state", "role", "since", "until"),
    "meetings": MEETING_COLUMNS,
    "delegations": ("meeting", "state", "observer", "name", "office"),
    "outcomes": (
        "outcome", "meeting", "date", "kind", "by", "to", "topic", "title", "summary", *_AMOUNT, "due", "part_of",
        "part_of_confidence", "follows", "follows_as", "fulfilled_by", "sources", "state", "origin", "entry",
        "counted_as_promised", "traced", "handed_over",
    ),
    "deliveries": ("outcome", "position", "date", "state", *_AMOUNT, "summary", "source", "entry"),
    "sources": ("of", "n", "url", "publisher", "date"),
    "people": ("person", "name", "variants", "state", "offices"),
}  # fmt: skip
"""Tables and their columns; the README of the public record explains them."""


def rows_of(almanac: Almanac, table: str) -> Rows:
    """The rows of a table."""
    return {
        "formats": _formats, "members": _members, "meetings": _meetings, "delegations": _delegations,
        "outcomes": _outcomes, "deliveries": _deliveries, "sources": _sources, "people": _people,
    }[table](almanac)  # fmt: skip


def _formats(almanac: Almanac) -> Rows:
    for f in almanac.formats.values():
        yield [f.id, f.name, f.short_name, f.kind, f.established, f.levels, f.summary, f.origin]


def _members(almanac: Almanac) -> Rows:
    for f in almanac.formats.values():
        for m in f.members:
            yield [f.id, m.state, m.role, m.since, m.until]


def _meetings(almanac: Almanac) -> Rows:
    for m in almanac.meetings:
        yield meeting_row(m)


def _delegations(almanac: Almanac) -> Rows:
    for m in almanac.meetings:
        for d in m.delegations:
            yield [m.id, d.state, d.observer, d.name, d.office]
            for other in d.others:
                yield [m.id, d.state, d.observer, other.get("name"), other.get("office")]


def _outcomes(almanac: Almanac) -> Rows:
    for o in almanac.outcomes:
        yield [
            o.id, o.meeting, o.day, o.kind, o.by, o.to, o.topic, o.title, o.summary, *_amount_cells(o.amount), o.due,
            o.part_of, o.part_of_confidence, o.follows, o.follows_as, o.fulfilled_by, o.sources, o.state, o.origin,
            o.entry, counts(almanac, o), _plain(traced(almanac, o)), _plain(handed_over(almanac, o)),
        ]  # fmt: skip


def _deliveries(almanac: Almanac) -> Rows:
    for o in almanac.outcomes:
        for position, d in enumerate(o.deliveries):
            yield [o.id, position, d.date, d.state, *_amount_cells(d.amount), d.summary, d.source, d.entry]


def _sources(almanac: Almanac) -> Rows:
    for owner, sources in [(f.id, f.sources) for f in almanac.formats.values()] + [
        (m.id, m.sources) for m in almanac.meetings
    ]:
        for source in sources:
            yield [owner, source.n, source.url, source.publisher, source.date]


def _people(almanac: Almanac) -> Rows:
    for p in almanac.people.values():
        offices = "; ".join(f"{o['office']} ({o['from']} to {o['to']})" for o in p.offices)
        yield [p.id, p.name, "; ".join(p.variants), p.state, offices]


def _amount_cells(amount: dict[str, Any] | None) -> list[Any]:
    return [amount[name] for name in _AMOUNT] if amount else [None, None, None]


def _plain(sums: dict[str, int]) -> str:
    return " ".join(f"{value} {currency}" for currency, value in sums.items())


def as_json(almanac: Almanac) -> bytes:
    """All facts in one nested file: formats, meetings with outcomes and deliveries, people."""
    return msgspec.json.encode({
        "licence": "CC BY 4.0",
        "as_of_entry": almanac.number,
        "formats": list(almanac.formats.values()),
        "meetings": almanac.meetings,
        "people": list(almanac.people.values()),
    })  # fmt: skip


def as_csv_files(almanac: Almanac) -> bytes:
    """All tables as CSV files in a ZIP file; the same facts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, columns in TABLES.items():
            info = zipfile.ZipInfo(f"{table}.csv", (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, as_csv(columns, rows_of(almanac, table)))
    return out.getvalue()


def as_sqlite(almanac: Almanac) -> bytes:
    """All tables as a SQLite database; lists are text, separated by spaces."""
    connection = sqlite3.connect(":memory:")
    for table, columns in TABLES.items():
        names = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f'CREATE TABLE "{table}" ({names})')
        placeholders = ", ".join("?" * len(columns))
        connection.executemany(
            f'INSERT INTO "{table}" VALUES ({placeholders})',  # noqa: S608  (names from TABLES)
            ([_cell(value) for value in row] for row in rows_of(almanac, table)),
        )
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


def _cell(value: Any) -> Any:
    return " ".join(str(item) for item in value) if isinstance(value, list) else value
