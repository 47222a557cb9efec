"""How a command opens the database: `there` takes it as it must be, `made` makes it or carries it to the present.

Both refuse in one line where the tables are not those that the code speaks of, and name what helps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from suhbat.ground.database import Database
from suhbat.ground.database_occupancy import occupied
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.migrations.shape import RECORD, differences, table_names, version, versions

NOTHING = "there is no installation here yet: run `suhbat prepare`"
EARLIER = "the tables are those of an earlier version: run `suhbat prepare` (docs/upgrade.md)"
STRANGE = "there is no record of a house in this database, but other tables: choose another database"


class TablesError(Exception):
    """The tables are not what the code speaks of; the text is one line and says what to do."""


def not_fitting(faults: list[str]) -> TablesError:
    """The refusal where tables differ from the code's: the first difference, and the command that mends all."""
    more = f" and {len(faults) - 1} more" if faults[1:] else ""
    return TablesError(
        f"the tables are not those of this version ({faults[0]}{more}): run `suhbat rebuild` (docs/upgrade.md)"
    )


def file_of(url: str) -> Path | None:
    """The file of a SQLite database; none for any other."""
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def exists(url: str) -> bool:
    """Whether there is something to open; asked first, since SQLite makes an empty file for whoever opens one."""
    file = file_of(url)
    return file is None or file.exists()


@contextmanager
def there(url: str) -> Iterator[None]:
    """Open what is there and up to date; makes and changes nothing."""
    if not exists(url):
        raise TablesError(NOTHING)
    with _looked_at(url) as connection:
        if _is_empty(connection):
            raise TablesError(NOTHING)
        if _version(connection) == Version.OLDER:
            raise TablesError(EARLIER)
        _fitting(connection)
    with occupied(url):
        yield


@contextmanager
def made(url: str) -> Iterator[None]:
    """Make the tables where there are none, carry them to the present shape where they are older."""
    with occupied(url):
        _make(url)
        yield


def _make(url: str) -> None:
    with _looked_at(url) as connection:
        if not _is_empty(connection) and _version(connection) != Version.OLDER:
            _fitting(connection)
            return
    hindrance: DBAPIError | None = None
    try:
        bring_up_to_date(url)
    except DBAPIError as fault:  # what the migration speaks of is not there, or is there already
        hindrance = fault
    with _looked_at(url) as connection:
        _fitting(connection)
    if hindrance:
        raise hindrance


def _fitting(connection: Connection) -> None:
    faults = differences(connection)
    if _version(connection) == Version.UNKNOWN:
        faults.insert(0, "it was last opened by another version")
    if faults:
        raise not_fitting(faults)


class Version(Enum):
    """What the migrations say of a database."""

    NONE = "no migration made it"
    OLDER = "migrations that this code has are still to come"
    NEWEST = "it has had them all"
    UNKNOWN = "it has had one that this code does not have"


def _version(connection: Connection) -> Version:
    held = version(connection)
    if held is None:
        return Version.NONE
    known = versions()
    if held not in known:
        return Version.UNKNOWN
    return Version.NEWEST if held == known[0] else Version.OLDER


@contextmanager
def _looked_at(url: str) -> Iterator[Connection]:
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
