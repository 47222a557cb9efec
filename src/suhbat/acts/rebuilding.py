"""Rebuild the tables from the entries alone: the proof that the record is complete, and the way back after a loss."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Integer, Table, delete, select
from sqlalchemy.orm import Session

from suhbat.acts.door import apply
from suhbat.ground.database import PASSING, Base, Database
from suhbat.record.entries import Entry
from suhbat.record.reading import after

RECORD = frozenset({"entry", "record_head"})
"""The record's own tables: they are what one rebuilds from."""


def rebuild(session: Session, entries: Iterable[Entry]) -> None:
    """Let every entry take effect again, in order, on empty tables."""
    for entry in entries:
        apply(session, entry)
        session.flush()


def contents(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's rows as plain values, sorted; surrogate keys left out, since they mean nothing."""
    return {
        table.name: sorted(map(tuple, session.execute(select(*_telling(table))).all()), key=repr)
        for table in Base.metadata.sorted_tables
        if _is_told(table)
    }


def _is_told(table: Table) -> bool:
    return table.name not in RECORD and PASSING not in table.info


def _telling(table: Table) -> list[Any]:
    surrogate = {c.name for c in table.primary_key if isinstance(c.type, Integer)}
    return [column for column in table.columns if column.name not in surrogate]


def differences(session: Session, scratch: Database) -> list[str]:
    """Rebuild the tables in an empty database and name those that are not as the entries tell. Empty: all are."""
    with scratch.writing() as empty:
        rebuild(empty, every_entry(session))
    with scratch.reading() as rebuilt:
        told = contents(rebuilt)
    held = contents(session)
    return [
        f"{table}: {len(rows)} rows held, {len(told[table])} told by the entries"
        for table, rows in sorted(held.items())
        if told[table] != rows
    ]


def restore(session: Session) -> int:
    """Empty every table but the record's own and let all entries take effect again. Returns how many."""
    for table in reversed(Base.metadata.sorted_tables):
        if _is_told(table):
            session.execute(delete(table))
    entries = 0
    for entry in every_entry(session):
        rebuild(session, [entry])
        entries += 1
    return entries


def every_entry(session: Session) -> Iterator[Entry]:
    """The whole record in order, a thousand entries at a time."""
    last = 0
    while page := after(session, last):
        yield from page
        last = page[-1].number
