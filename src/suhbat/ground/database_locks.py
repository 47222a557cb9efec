"""Locks on a database: servers and commands share it, `suhbat rebuild` needs it alone.

SQLite: a lock on a file beside the database, which the operating system releases when the process ends.
PostgreSQL: an advisory lock of one session, which is released when the session ends.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import make_url, text

from suhbat.ground.database import Database

KEY = 7_304_002
"""The number of PostgreSQL's advisory lock (the search uses the number before it)."""
REBUILDING = "the tables are being rebuilt at this moment: try again when that is done"
IN_USE = "a server or a command has the database open: end it first"

_UNTIL_EXIT = ExitStack()
"""The locks that this process holds until it ends."""


class OccupiedError(Exception):
    """The database is locked. The message is one line."""


@contextmanager
def occupied(url: str) -> Iterator[None]:
    """Share the database with other processes. Refused while it is being rebuilt."""
    with _locked(url, alone=False):
        yield


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Lock the database for this process alone. Refused while a server or a command has it open."""
    with _locked(url, alone=True):
        yield


def occupy(url: str) -> None:
    """Share the database until this process ends."""
    _UNTIL_EXIT.enter_context(occupied(url))


@contextmanager
def _locked(url: str, *, alone: bool) -> Iterator[None]:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with _file_locked(Path(f"{address.database}.lock"), alone=alone):
            yield
    else:
        with _session_locked(url, alone=alone):
            yield


@contextmanager
def _file_locked(path: Path, *, alone: bool) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OccupiedError(IN_USE if alone else REBUILDING) from None
        yield
    finally:
        os.close(handle)


@contextmanager
def _session_locked(url: str, *, alone: bool) -> Iterator[None]:
    database = Database(url)
    query = text(f"SELECT pg_try_advisory_lock{'' if alone else '_shared'}(:key)")
    try:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.scalar(query, {"key": KEY}):
                raise OccupiedError(IN_USE if alone else REBUILDING)
            yield
    finally:
        database.close()
