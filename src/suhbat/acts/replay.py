"""Rebuild the tables from the entries alone. This proves that the record is complete, and serves updates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    String,
    Table,
    TextClause,
    insert,
    inspect,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from suhbat.acts.database_swap import Pair, beside
from suhbat.acts.door import apply
from suhbat.ground.database import PASSING, Base, Database
from suhbat.ground.migrations import make_tables, shape
from suhbat.ground.migrations.installations import NOTHING, STRANGE, exists
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow, Head
from suhbat.record.reading import entries_after, entry_of
from suhbat.record.verification import Verdict, verify

PAGE = 1000
_ENTRY: Table = EntryRow.__table__  # type: ignore[assignment]
_HEAD: Table = Head.__table__  # type: ignore[assignment]


class RebuildError(Exception):
    """The tables cannot be rebuilt from the record. The message is one line. Nothing was changed."""


@dataclass
class Rebuilt:
    """The result: the number of entries, their root, where the earlier tables are, and which tables are left empty."""

    entries: int
    root: str
    earlier: str = ""
    skipped: list[str] = field(default_factory=list)


def rebuild(session: Session, entries: Iterable[Entry]) -> None:
    """Apply the effects of every entry, in order, to empty tables."""
    for entry in entries:
        apply(session, entry)
        session.flush()


def contents(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every rebuilt table as plain values, sorted. Surrogate keys mean nothing and are left out."""
    tables = tuple(table for table in Base.metadata.sorted_tables if _is_derived(table))
    nonempty = set(session.scalars(_nonempty_query(tables)))
    return {table.name: _rows(session, table) if table.name in nonempty else [] for table in tables}


@cache
def _nonempty_query(tables: tuple[Table, ...]) -> TextClause:
    """One query for the names of the tables that have rows. Most are empty and need not be read."""
    query = union_all(*(select(literal(table.name, String)).where(select(table).exists()) for table in tables))
    return text(str(query.compile(compile_kwargs={"literal_binds": True})))


def _rows(session: Session, table: Table) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, session.execute(select(*_own_columns(table))).all()), key=repr)


def _is_derived(table: Table) -> bool:
    return table.name not in shape.RECORD and PASSING not in table.info


def _own_columns(table: Table) -> list[Any]:
    surrogate = {c.name for c in table.primary_key if isinstance(c.type, Integer)}
    return [column for column in table.columns if column.name not in surrogate]


def differences(session: Session, scratch: Database) -> list[str]:
    """Rebuild the tables in an empty database and name those that differ from the entries. Empty if none does.

    Tables of a different version are named too; their rows are compared if they can be read.
    """
    with scratch.writing() as empty:
        rebuild(empty, every_entry(session))
    with scratch.reading() as rebuilt:
        expected = contents(rebuilt)
    faults = shape.differences(session.connection())
    columns = _columns(session.connection())
    for table in Base.metadata.sorted_tables:
        if table.name in expected and {column.name for column in table.columns} <= columns.get(table.name, set()):
            rows = _rows(session, table)
            if rows != expected[table.name]:
                counts = f"{len(rows)} rows in the table, {len(expected[table.name])} by the entries"
                faults.append(f"{table.name}: {counts}")
    return sorted(faults)


def every_entry(session: Session) -> Iterator[Entry]:
    """The whole record in order, a thousand entries at a time."""
    last = 0
    while page := entries_after(session, last):
        yield from page
        last = page[-1].number


def rebuild_beside(url: str) -> Rebuilt:
    """Rebuild all tables from the record, in a second database that then takes the place of the first."""
    if not exists(url):
        raise RebuildError(NOTHING)
    with beside(url) as pair:
        assert_record(pair.first)
        with Session(pair.first) as old:
            verdict = _fitting(verify(old))
        with pair.second.transaction() as connection:
            make_tables(connection)
        with pair.second.writing() as new:
            _replay(pair.first, new)
            skipped = _take_over_passing(pair.first, new)
        _compare(pair, verdict)
        return Rebuilt(verdict.entries, verdict.root, pair.swap(), skipped)


def assert_record(connection: Connection) -> None:
    """Refuse if the database has no record to rebuild from."""
    if not shape.table_names(connection) >= shape.RECORD:
        raise RebuildError(STRANGE if shape.table_names(connection) else NOTHING)
    columns = _columns(connection)
    for table in (_ENTRY, _HEAD):
        if missing := {column.name for column in table.columns} - columns[table.name]:
            raise RebuildError(
                f"the record's own table {table.name} has no {', '.join(sorted(missing))}: restore the newest backup"
            )


def _fitting(verdict: Verdict) -> Verdict:
    if verdict.fault:
        raise RebuildError(f"NOT AS RECORDED: {verdict.fault}; nothing is made from a record that is not what it was")
    return verdict


def _replay(first: Connection, new: Session) -> None:
    """Write every entry and apply its effects. An entry is marked as released after the entry that released it."""
    released: dict[int, list[int]] = defaultdict(list)
    marks = select(_ENTRY.c.number, _ENTRY.c.released_by).where(_ENTRY.c.released_by.is_not(None))
    for number, by in first.execute(marks):
        released[by].append(number)
    for row in _every_row(first):
        new.execute(insert(_ENTRY), {**row._mapping, "released_by": None})  # noqa: SLF001  (its public name)
        entry = entry_of(row)
        try:
            rebuild(new, [entry])
        except OSError:
            raise
        except Exception as fault:
            why = str(getattr(fault, "orig", fault)).partition("\n")[0]
            raise RebuildError(
                f"entry {entry.number} ({entry.act}) takes no effect in this version ({type(fault).__name__}: {why})"
            ) from fault
        if numbers := released.get(entry.number):
            new.execute(update(_ENTRY).where(_ENTRY.c.number.in_(numbers)).values(released_by=entry.number))
    for row in first.execute(select(_HEAD)):
        new.execute(insert(_HEAD), dict(row._mapping))  # noqa: SLF001  (as above)


def _every_row(connection: Connection) -> Iterator[Any]:
    last = 0
    while page := connection.execute(
        select(_ENTRY).where(_ENTRY.c.number > last).order_by(_ENTRY.c.number).limit(PAGE)
    ).all():
        yield from page
        last = page[-1].number


def _take_over_passing(first: Connection, new: Session) -> list[str]:
    """Copy the tables that do not come from entries. Returns those that are left empty because their columns differ."""
    columns, skipped = _columns(first), []
    for table in Base.metadata.sorted_tables:
        if PASSING in table.info:
            if {column.name for column in table.columns} != columns.get(table.name):
                skipped.append(table.name)
            elif rows := [dict(row._mapping) for row in first.execute(select(table))]:  # noqa: SLF001  (as above)
                new.execute(insert(table), rows)
    return skipped


def _compare(pair: Pair, verdict: Verdict) -> None:
    with pair.second.reading() as session:
        second_verdict, heads = verify(session), session.execute(select(_HEAD)).all()
        if faults := shape.differences(session.connection()):
            raise RebuildError(f"the tables that were made do not fit: {faults[0]}")
    if second_verdict != verdict or heads != pair.first.execute(select(_HEAD)).all():
        raise RebuildError(
            f"the record that was written is not the one that was read ({second_verdict.fault or second_verdict.root})"
        )


def _columns(connection: Connection) -> dict[str, set[str]]:
    """The columns of every table in the database."""
    tables = inspect(connection).get_multi_columns()
    return {name: {column["name"] for column in columns} for (_schema, name), columns in tables.items()}
