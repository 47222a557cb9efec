"""What an operator is told where a command cannot do its work: one line, what is wrong and what to do about it."""

import os
from sqlite3 import DatabaseError as SqliteError

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from suhbat.acts.rebuilding import RebuildError
from suhbat.ground.database import PerhapsKeptError
from suhbat.ground.migrations.installations import TablesError
from suhbat.ground.occupancy import OccupiedError
from suhbat.ground.settings import SettingsError

TRACEBACK = "SUHBAT_TRACEBACK"
"""Set to anything, it shows where in the program a fault came up."""
EMPTY = "there is no installation here yet, or an old one: run `suhbat prepare`"
DAMAGED = "the database is damaged: restore the newest backup (docs/guides/operator.md)"
AWAY = "the database cannot be reached or opened: is it running, is the address right, may this user open it?"


def told(fault: BaseException) -> str:
    """A fault as one line; whatever nobody foresaw is named with the way to more."""
    if isinstance(fault, SettingsError | TablesError | OccupiedError | RebuildError | PerhapsKeptError):
        return f"the settings are not in order: {fault}" if isinstance(fault, SettingsError) else str(fault)
    if isinstance(fault, DBAPIError | SqliteError):
        return _of_database(str(getattr(fault, "orig", None) or fault))
    if isinstance(fault, ArgumentError | NoSuchModuleError):
        return "SUHBAT_DATABASE_URL is no address of a database that is known here"
    if isinstance(fault, OSError):
        return ": ".join(str(each) for each in (fault.filename, fault.strerror or fault) if each)
    if isinstance(fault, UnicodeDecodeError):
        return "a file that has to be text holds something else"
    return f"a fault of the program ({type(fault).__name__}: {_line(str(fault))}); {TRACEBACK}=1 shows where"


def _of_database(said: str) -> str:
    first = _line(said)
    for signs, what in _SIGNS:
        if any(sign in said for sign in signs):
            return f"{what} ({first})"
    return f"the database refuses: {first}"


_SIGNS = (
    (("no such table", "no such column", "UndefinedTable", "does not exist", "has no column"), EMPTY),
    (("malformed", "not a database", "disk image", "file is encrypted", "I/O error"), DAMAGED),
    (("unable to open", "connection", "Connection", "authentication", "locked", "readonly", "read-only"), AWAY),
)


def _line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:200]


def wants_traceback() -> bool:
    """Whether the operator asked to see where in the program a fault came up."""
    return bool(os.environ.get(TRACEBACK))
