"""How a command opens the database: `existing_tables` needs it up to date, `prepared_tables` creates or migrates it.

Both refuse with one line if the tables do not fit the code, and name the command that helps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from suhbat.ground.database import Database
from suhbat.ground.database_locks import occupied
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.migrations.shape import RECORD, differences, table_names, version, versions

NOTHING = "there is no installation here yet: run `suhbat prepare`"
EARLIER = "the tables are those of an earlier version: run `suhbat prepare` (docs/upgrade.md)"
STRANGE = "there is no record in this database, but other tables: choose another database"


class TablesError(Exception):
    """The tables do not fit the code. The message is one line and says what to do."""


def unfit_tables(faults: list[str]) -> TablesError:
    """The refusal if tables differ from the code: the first difference, and the command that repairs all."""
    more = f" and {len(faults) - 1} more" if faults[1:] else ""
    return TablesError(
        f"the tables are not those of this version ({faults[0]}{more}): run `suhbat rebuild` (docs/upgrade.md)"
    )


def file_of(url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def exists(url: str) -> bool:
    """Whether there is a database to open. It is checked first, because SQLite creates a missing file."""
    file = file_of(url)
    return file is None or file.exists()


@contextmanager
def existing_tables(url: str) -> Iterator[None]:
    """Open a database that exists and is up to date. Creates and changes nothing."""
    if not exists(url):
        raise TablesError(NOTHING)
    with _connected(url) as connection:
        if _is_empty(connection):
            raise TablesError(NOTHING)
        if _version(connection) == Version.OLDER:
            raise TablesError(EARLIER)
        _refuse_unfit(connection)
    with occupied(url):
        yield


@contextmanager
def prepared_tables(url: str) -> Iterator[None]:
    """Create the tables if there are none; migrate them if they are older."""
    with occupied(url):
        _make(url)
        yield


def _make(url: str) -> None:
    with _connected(url) as connection:
        if not _is_empty(connection) and _version(connection) != Version.OLDER:
            _refuse_unfit(connection)
            return
    obstacle: DBAPIError | None = None
    try:
        bring_up_to_date(url)
    except DBAPIError as fault:  # something that the migration names is missing, or exists already
        obstacle = fault
    with _connected(url) as connection:
        _refuse_unfit(connection)
    if obstacle:
        raise obstacle


def _refuse_unfit(connection: Connection) -> None:
    faults = differences(connection)
    if _version(connection) == Version.UNKNOWN:
        faults.insert(0, "it was last opened by another version")
    if faults:
        raise unfit_tables(faults)


class Version(Enum):
    """How far a database is migrated."""

    NONE = "no migration was applied"
    OLDER = "some migrations of this code are not applied yet"
    NEWEST = "all migrations are applied"
    UNKNOWN = "a migration was applied that this code does not have"


def _version(connection: Connection) -> Version:
    applied = version(connection)
    if applied is None:
        return Version.NONE
    all_versions = versions()
    if applied not in all_versions:
        return Version.UNKNOWN
    return Version.NEWEST if applied == all_versions[0] else Version.OLDER


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            yield connection
            connection.rollback()
    finally:
        database.close()


def _is_empty(connection: Connection) -> bool:
    names = table_names(connection)
    if names and not names >= RECORD:
        raise TablesError(STRANGE)
    return not names and version(connection) is None
