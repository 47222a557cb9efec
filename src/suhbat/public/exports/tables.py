"""The whole public record as tables, for people who count: JSON, CSV and a ready SQLite file hold the same columns."""

import io
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from suhbat.public.exports.csv_file import as_csv
from suhbat.public.exports.spreadsheet_rows import MEETING_COLUMNS, meeting_row
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.amounts import counts, handed_over, traced

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
"""Tables and their columns; what each means stands in the README of the public record."""


def rows_of(known: Almanac, table: str) -> Rows:
    """The rows of a table."""
    return {
        "formats": _formats, "members": _members, "meetings": _meetings, "delegations": _delegations,
        "outcomes": _outcomes, "deliveries": _deliveries, "sources": _sources, "people": _people,
    }[table](known)  # fmt: skip


def _formats(known: Almanac) -> Rows:
    for f in known.formats.values():
        yield [f.id, f.name, f.short_name, f.kind, f.established, f.levels, f.summary, f.origin]


def _members(known: Almanac) -> Rows:
    for f in known.formats.values():
        for m in f.members:
            yield [f.id, m.state, m.role, m.since, m.until]


def _meetings(known: Almanac) -> Rows:
    for m in known.meetings:
        yield meeting_row(m)


def _delegations(known: Almanac) -> Rows:
    for m in known.meetings:
        for d in m.delegations:
            yield [m.id, d.state, d.observer, d.name, d.office]
            for other in d.others:
                yield [m.id, d.state, d.observer, other.get("name"), other.get("office")]


def _outcomes(known: Almanac) -> Rows:
    for o in known.outcomes:
        yield [
            o.id, o.meeting, o.day, o.kind, o.by, o.to, o.topic, o.title, o.summary, *_three(o.amount), o.due,
            o.part_of, o.part_of_confidence, o.follows, o.follows_as, o.fulfilled_by, o.sources, o.state, o.origin,
            o.entry, counts(known, o), _plain(traced(known, o)), _plain(handed_over(known, o)),
        ]  # fmt: skip


def _deliveries(known: Almanac) -> Rows:
    for o in known.outcomes:
        for position, d in enumerate(o.deliveries):
            yield [o.id, position, d.date, d.state, *_three(d.amount), d.summary, d.source, d.entry]


def _sources(known: Almanac) -> Rows:
    for of, sources in [(f.id, f.sources) for f in known.formats.values()] + [
        (m.id, m.sources) for m in known.meetings
    ]:
        for s in sources:
            yield [of, s.n, s.url, s.publisher, s.date]


def _people(known: Almanac) -> Rows:
    for p in known.people.values():
        offices = "; ".join(f"{o['office']} ({o['from']} to {o['to']})" for o in p.offices)
        yield [p.id, p.name, "; ".join(p.variants), p.state, offices]


def _three(amount: dict[str, Any] | None) -> list[Any]:
    return [amount[name] for name in _AMOUNT] if amount else [None, None, None]


def _plain(sums: dict[str, int]) -> str:
    return " ".join(f"{value} {currency}" for currency, value in sums.items())


def as_json(known: Almanac) -> bytes:
    """Everything in one file, nested: formats, meetings with outcomes and deliveries, people."""
    return msgspec.json.encode({
        "licence": "CC BY 4.0",
        "as_of_entry": known.number,
        "formats": list(known.formats.values()),
        "meetings": known.meetings,
        "people": list(known.people.values()),
    })  # fmt: skip


def as_csv_files(known: Almanac) -> bytes:
    """All tables as CSV in one ZIP; the same facts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for table, columns in TABLES.items():
            info = zipfile.ZipInfo(f"{table}.csv", (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, as_csv(columns, rows_of(known, table)))
    return out.getvalue()


def as_sqlite(known: Almanac) -> bytes:
    """All tables as a SQLite database; lists are text with spaces between."""
    base = sqlite3.connect(":memory:")
    for table, columns in TABLES.items():
        named = ", ".join(f'"{column}"' for column in columns)
        base.execute(f'CREATE TABLE "{table}" ({named})')
        marks = ", ".join("?" * len(columns))
        base.executemany(
            f'INSERT INTO "{table}" VALUES ({marks})',  # noqa: S608  (names of our own)
            ([_cell(value) for value in row] for row in rows_of(known, table)),
        )
    base.commit()
    made = base.serialize()
    base.close()
    return made


def _cell(value: Any) -> Any:
    return " ".join(str(each) for each in value) if isinstance(value, list) else value
