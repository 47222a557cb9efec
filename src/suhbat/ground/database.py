"""The database: SQLite in one file, or PostgreSQL. Reading sessions run in parallel, writing sessions one by one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EBUSY
from threading import RLock
from typing import Any, TypeVar

from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

T = TypeVar("T")

PASSING = "passing"
"""Marks a table (`info`) that is not built from entries, because its rows mean nothing after a few minutes."""
PATIENCE = 10.0
"""Seconds to wait for a turn to write: for the clerk, or on SQLite for another writer of this process."""


class NoTurnError(OSError):
    """Other writers took too long. Nothing of this work was started."""

    def __init__(self) -> None:
        super().__init__(EBUSY, "earlier writers have not finished")


class UncertainCommitError(Exception):
    """The connection to the database broke during a commit. It is not known whether the commit succeeded."""

    def __init__(self, why: object) -> None:
        reason = str(why).partition("\n")[0]
        super().__init__(
            f"the connection to the database broke: the act may have been saved, check before you repeat it ({reason})"
        )


class Base(DeclarativeBase):
    """All tables. Constraints have predictable names so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database:
    """Opens sessions. A writing session holds the installation's write lock from its start."""

    def __init__(self, url: str) -> None:
        self.sqlite = url.startswith("sqlite")
        self.engine = _sqlite_engine(url) if self.sqlite else _postgres_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, info={"database": self})
        # SQLite has one writer at a time; waiting here is fairer and cheaper than its busy loop.
        self._turn = RLock() if self.sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading: one consistent snapshot, and nothing is saved."""
        with self._sessions() as session:
            if not self.sqlite:  # SQLite's WAL gives a snapshot by itself
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session
            session.expunge_all()  # a page may still show what was read after the session is closed
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all committed together, or not at all."""
        with self.transaction() as connection, savepoint_session(connection) as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose changes are all committed together, or not at all. On SQLite it has the write lock."""
        with self._in_turn(), self.engine.connect() as plain:
            connection = plain.execution_options(suhbat_write=True)
            with _detecting_lost_answers() as commit, connection.begin():
                yield connection
                commit.under_way = True

    @contextmanager
    def passing(self) -> Iterator[Connection]:
        """As `transaction`, for passing tables alone: the commit does not wait for the disk, and acts do not wait long.

        A power cut may undo it, which does not matter for rows that mean nothing after a few minutes.
        """
        with self._in_turn(), self.engine.connect() as plain, _not_waiting_for_the_disk(plain):
            connection = plain.execution_options(suhbat_write=True)
            with connection.begin():
                if not self.sqlite:
                    connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
                yield connection

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=PATIENCE):
            raise NoTurnError
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection. One that a thread still uses is closed when the thread returns it."""
        if not self.sqlite:
            event.listen(self.engine, "checkin", lambda _connection, record: record.invalidate())
        self.engine.dispose()


@contextmanager
def _not_waiting_for_the_disk(connection: Connection) -> Iterator[None]:
    """On SQLite, commits of this connection do not wait. The next commit of an act saves them to the disk too."""
    raw: Any = connection.connection.dbapi_connection
    waits = connection.dialect.name == "sqlite" and raw.execute("PRAGMA synchronous").fetchone()[0] > 1
    if waits:
        raw.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        if waits:
            raw.execute("PRAGMA synchronous=FULL")


@dataclass
class _Commit:
    under_way: bool = False


@contextmanager
def _detecting_lost_answers() -> Iterator[_Commit]:
    """Raise `UncertainCommitError` if the connection breaks after the commit was sent; before, nothing is committed."""
    commit = _Commit()
    try:
        yield commit
    except DBAPIError as fault:
        if commit.under_way and fault.connection_invalidated:
            raise UncertainCommitError(fault.orig) from fault
        raise


def database_of(session: Session) -> Database:
    """The database of a reading session."""
    database: Database = session.info["database"]
    return database


def read_once(session: Session, name: tuple[str, ...], read: Callable[[], T]) -> T:
    """What `read` returns. A reading session sees one snapshot, so it reads what has the same name only once."""
    if "database" not in session.info:  # a writing session may have changed it meanwhile
        return read()
    results: dict[tuple[str, ...], T] = session.info.setdefault("read", {})
    if name not in results:
        results[name] = read()
    return results[name]


@contextmanager
def savepoint_session(connection: Connection) -> Iterator[Session]:
    """A session that is a part of a transaction (a savepoint): if it fails, only this part is undone."""
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def intact(connection: Connection) -> bool:
    """Whether the transaction is still open. SQLite ends it if the disk is full or fails; a connection may break."""
    if connection.invalidated:
        return False
    raw = connection.connection.dbapi_connection
    return bool(getattr(raw, "in_transaction", True))


def _postgres_engine(url: str) -> Engine:
    from suhbat.ground.postgres_timeouts import postgres_engine  # noqa: PLC0415  (a server on SQLite starts faster without it)

    return postgres_engine(url)


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, pool_size=16, max_overflow=32, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves: the driver sends it too late
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("suhbat_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
