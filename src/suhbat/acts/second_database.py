"""The second database that `suhbat rebuild` fills beside the first, and how it takes the first one's place.

Meanwhile the first is held by one connection, so that nobody else writes to it; it is read, never changed, and kept.
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
from suhbat.ground.migrations.installations import file_of
from suhbat.ground.migrations.shape import foreign_tables
from suhbat.ground.occupancy import IN_USE, KEY, OccupiedError, alone

SECOND = "suhbat_rebuilding"
"""PostgreSQL's schema of the second database until it takes its place."""
KEPT = "suhbat_before_rebuild_"
"""PostgreSQL's schema of the first one's tables afterwards, with a number."""
LEAVING = 2.0
"""Seconds in which a session of PostgreSQL that was closed may still be listed."""
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user "
    "AND backend_type = 'client backend' AND pid <> ALL(:own)"
)


class Pair(Protocol):
    """A first database, held, and a second one beside it."""

    first: Connection
    second: Database

    def swap(self) -> str:
        """Put the second in the first one's place; returns where the first is kept."""


@contextmanager
def beside(url: str) -> Iterator[Pair]:
    """Hold a database alone and open an empty second one beside it; where nothing is swapped, nothing is left."""
    with alone(url), (_files if file_of(url) else _schemas)(url) as pair:
        yield pair


@dataclass
class _Files:
    first: Connection
    second: Database
    path: Path
    new: Path

    def swap(self) -> str:
        self.second.close()  # the last one out writes the log back into the file
        shutil.copymode(self.path, self.new)
        held = self.path.stat()
        os.chown(self.new, held.st_uid, held.st_gid)
        number = 1
        while (kept := self.path.with_name(f"{self.path.name}.before-rebuild-{number}")).exists():
            number += 1
        _to_disk(self.new)
        self.first.close()
        os.link(self.path, kept)
        self.new.replace(self.path)  # at no moment is there no database
        _to_disk(self.path.parent)
        return str(kept)


@contextmanager
def _files(url: str) -> Iterator[_Files]:
    path = file_of(url) or Path()
    new = path.with_name(f"{path.name}.rebuilding")
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", _by_hand)
    _remove(new)
    with engine.connect() as first:
        try:
            # SQLite leaves its log for a journal only where no other connection is open, of whatever program.
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


def _by_hand(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
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
        """Tables move, not schemas: the house need not own `public`, and what else stands there stays."""
        schemas = set(inspect(self.first).get_schema_names())
        number = 1
        while (kept := f"{KEPT}{number}") in schemas:
            number += 1
        self._do(f"CREATE SCHEMA {kept}")
        self._move(self.home, kept)
        self._move(SECOND, self.home)
        self._do(f"DROP SCHEMA {SECOND}")
        self.first.commit()
        return f"schema {kept}"

    def _move(self, origin: str, target: str) -> None:
        quoted = self.first.dialect.identifier_preparer.quote
        foreign = foreign_tables(self.first) if origin == self.home else set()
        for table in sorted(set(inspect(self.first).get_table_names(schema=origin)) - foreign):
            self._do(f"ALTER TABLE {quoted(origin)}.{quoted(table)} SET SCHEMA {quoted(target)}")

    def _do(self, statement: str) -> None:
        self.first.exec_driver_sql(statement)


@contextmanager
def _schemas(url: str) -> Iterator[_Schemas]:
    with _closing(url) as held, held.engine.connect() as first, _closing(url) as second:
        for limit in ("idle_in_transaction_session_timeout", "statement_timeout"):
            first.exec_driver_sql(f"SET {limit} = 0")
        first.commit()
        home = _hold(first)
        event.listen(second.engine, "connect", _look_into_second)
        _make_anew(second, f"CREATE SCHEMA {SECOND}")
        try:
            _assert_apart(second.engine)
            yield _Schemas(first, second, home)
        finally:
            first.rollback()
            _make_anew(second)


@contextmanager
def _closing(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def _make_anew(second: Database, *statements: str) -> None:
    with second.transaction() as connection:
        for statement in (f"DROP SCHEMA IF EXISTS {SECOND} CASCADE", *statements):
            connection.exec_driver_sql(statement)


def _hold(first: Connection) -> str:
    """Keep every writer waiting until the tables are swapped; returns the schema in which they stand."""
    own = [first.scalar(text("SELECT pg_backend_pid()")), *first.scalars(_LOCKERS, {"key": KEY}).all()]
    until = time.monotonic() + LEAVING
    while first.scalar(_OTHERS, {"own": own}):
        first.commit()  # or the next look would see the same picture
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
"""The session that `alone` holds: our own."""


def _look_into_second(connection: Any, _record: Any) -> None:
    before, connection.autocommit = connection.autocommit, True
    connection.execute(f"SET search_path TO {SECOND}")
    connection.autocommit = before


def _assert_apart(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_schema()")) == SECOND
