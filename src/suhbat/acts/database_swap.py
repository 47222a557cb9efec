"""The second database that `suhbat rebuild` fills beside the first, and how it replaces the first.

Meanwhile one connection locks the first, so that nobody else writes to it. The first is read, never changed or deleted.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from suhbat.ground.database import Database
from suhbat.ground.database_locks import IN_USE, KEY, OccupiedError, alone
from suhbat.ground.migrations.installations import file_of
from suhbat.ground.migrations.shape import foreign_tables

SECOND = "suhbat_rebuilding"
"""PostgreSQL's schema of the second database until it replaces the first."""
KEPT = "suhbat_before_rebuild_"
"""PostgreSQL's schema of the first database's tables afterwards; a number follows."""
LEAVING = 2.0
"""Seconds for which PostgreSQL may still list a closed session."""
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user "
    "AND backend_type = 'client backend' AND pid <> ALL(:own)"
)


class Pair(Protocol):
    """A locked first database, and a second one beside it."""

    first: Connection
    second: Database

    def swap(self) -> str:
        """Replace the first by the second. Returns where the first is now."""


@contextmanager
def beside(url: str) -> Iterator[Pair]:
    """Lock a database and open an empty second one beside it. If they are not swapped, the second is deleted."""
    with alone(url), (_files if file_of(url) else _schemas)(url) as pair:
        yield pair


@dataclass
class _Files:
    first: Connection
    second: Database
    path: Path
    new: Path

    def swap(self) -> str:
        self.second.close()  # the last connection writes the log back into the file
        shutil.copymode(self.path, self.new)
        owner = self.path.stat()
        os.chown(self.new, owner.st_uid, owner.st_gid)
        number = 1
        while (backup := self.path.with_name(f"{self.path.name}.before-rebuild-{number}")).exists():
            number += 1
        _to_disk(self.new)
        self.first.close()
        os.link(self.path, backup)
        self.new.replace(self.path)  # there is a database at every moment
        _to_disk(self.path.parent)
        return str(backup)


@contextmanager
def _files(url: str) -> Iterator[_Files]:
    path = file_of(url) or Path()
    new = path.with_name(f"{path.name}.rebuilding")
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", _manual_transactions)
    _remove(new)
    with engine.connect() as first:
        try:
            # SQLite changes from its log to a journal only if no program has another connection open.
            mode = first.exec_driver_sql("PRAGMA journal_mode=DELETE").scalar()
            first.exec_driver_sql("BEGIN EXCLUSIVE")
        except OperationalError as fault:
            if "locked" in str(fault.orig):
                raise OccupiedError(IN_USE) from None
            raise
        if mode != "delete":
            raise OccupiedError(IN_USE)
        try:
            with _closing(f"sqlite:///{new}") as second:
                yield _Files(first, second, path, new)
        finally:
            _remove(new)


def _manual_transactions(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves
    connection.execute("PRAGMA busy_timeout=1000")


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            Path(f"{file}{end}").unlink()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


@dataclass
class _Schemas:
    first: Connection
    second: Database
    home: str

    def swap(self) -> str:
        """Move tables, not schemas: we may not own `public`, and other tables there must stay."""
        schemas = set(inspect(self.first).get_schema_names())
        number = 1
        while (backup := f"{KEPT}{number}") in schemas:
            number += 1
        self._do(f"CREATE SCHEMA {backup}")
        self._move(self.home, backup)
        self._move(SECOND, self.home)
        self._do(f"DROP SCHEMA {SECOND}")
        self.first.commit()
        return f"schema {backup}"

    def _move(self, origin: str, target: str) -> None:
        quoted = self.first.dialect.identifier_preparer.quote
        foreign = foreign_tables(self.first) if origin == self.home else set()
        for table in sorted(set(inspect(self.first).get_table_names(schema=origin)) - foreign):
            self._do(f"ALTER TABLE {quoted(origin)}.{quoted(table)} SET SCHEMA {quoted(target)}")

    def _do(self, statement: str) -> None:
        self.first.exec_driver_sql(statement)


@contextmanager
def _schemas(url: str) -> Iterator[_Schemas]:
    with _closing(url) as database, database.engine.connect() as first, _closing(url) as second:
        for limit in ("idle_in_transaction_session_timeout", "statement_timeout"):
            first.exec_driver_sql(f"SET {limit} = 0")
        first.commit()
        home = _lock_out_writers(first)
        event.listen(second.engine, "connect", _use_second_schema)
        _recreate_schema(second, f"CREATE SCHEMA {SECOND}")
        try:
            _assert_apart(second.engine)
            yield _Schemas(first, second, home)
        finally:
            first.rollback()
            _recreate_schema(second)


@contextmanager
def _closing(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def _recreate_schema(second: Database, *statements: str) -> None:
    with second.transaction() as connection:
        for statement in (f"DROP SCHEMA IF EXISTS {SECOND} CASCADE", *statements):
            connection.exec_driver_sql(statement)


def _lock_out_writers(first: Connection) -> str:
    """Lock out every writer until the tables are swapped. Returns the schema of the tables."""
    own = [first.scalar(text("SELECT pg_backend_pid()")), *first.scalars(_LOCKERS, {"key": KEY}).all()]
    until = time.monotonic() + LEAVING
    while first.scalar(_OTHERS, {"own": own}):
        first.commit()  # otherwise the next query would see the same snapshot
        if time.monotonic() > until:
            raise OccupiedError(IN_USE)
        time.sleep(0.1)
    home = str(first.scalar(text("SELECT current_schema()")))
    if not inspect(first).has_table("record_head"):
        return home
    try:
        first.exec_driver_sql("LOCK TABLE record_head IN EXCLUSIVE MODE NOWAIT")
    except OperationalError:
        raise OccupiedError(IN_USE) from None
    return home


_LOCKERS = text(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND granted AND objid = :key"
)
"""The session that holds the lock of `alone`: our own."""


def _use_second_schema(connection: Any, _record: Any) -> None:
    autocommit, connection.autocommit = connection.autocommit, True
    connection.execute(f"SET search_path TO {SECOND}")
    connection.autocommit = autocommit


def _assert_apart(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_schema()")) == SECOND
