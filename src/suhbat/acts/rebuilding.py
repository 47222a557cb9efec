"""Rebuild the tables from the entries alone: the proof that the record is complete, and the way back after a loss."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, Table, select
from sqlalchemy.orm import Session

from suhbat.acts.door import apply
from suhbat.ground.database import Base
from suhbat.record.entries import Entry

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
        if table.name not in RECORD
    }


def _telling(table: Table) -> list[Any]:
    surrogate = {c.name for c in table.primary_key if isinstance(c.type, Integer)}
    return [column for column in table.columns if column.name not in surrogate]
