"""The message for the operator if a command fails: one line, with what is wrong and what to do about it."""

import os
from sqlite3 import DatabaseError as SqliteError

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from suhbat.acts.replay import RebuildError
from suhbat.ground.database import UncertainCommitError
from suhbat.ground.database_locks import OccupiedError
from suhbat.ground.migrations.installations import TablesError
from suhbat.ground.settings import SettingsError

TRACEBACK = "SUHBAT_TRACEBACK"
"""If this environment variable is set, the traceback of a fault is shown."""
EMPTY = "there is no installation here yet, or an old one: run `suhbat prepare`"
DAMAGED = "the database is damaged: restore the newest backup (docs/guides/operator.md)"
AWAY = "the database cannot be reached or opened: is it running, is the address right, may this user open it?"


def fault_text(fault: BaseException) -> str:
    """A fault as one line. An unexpected one is named, with the way to see its traceback."""
    if isinstance(fault, SettingsError | TablesError | OccupiedError | RebuildError | UncertainCommitError):
        return f"the settings are not in order: {fault}" if isinstance(fault, SettingsError) else str(fault)
    if isinstance(fault, DBAPIError | SqliteError):
        return _of_database(str(getattr(fault, "orig", None) or fault))
    if isinstance(fault, ArgumentError | NoSuchModuleError):
        return "SUHBAT_DATABASE_URL is no address of a database that is known here"
    if isinstance(fault, OSError):
        return ": ".join(str(part) for part in (fault.filename, fault.strerror or fault) if part)
    if isinstance(fault, UnicodeDecodeError):
        return "a file that has to be text is not"
    return f"a fault of the program ({type(fault).__name__}: {_line(str(fault))}); {TRACEBACK}=1 shows where"


def _of_database(message: str) -> str:
    first_line = _line(message)
    for patterns, description in _PATTERNS:
        if any(pattern in message for pattern in patterns):
            return f"{description} ({first_line})"
    return f"the database refuses: {first_line}"


_PATTERNS = (
    (("no such table", "no such column", "UndefinedTable", "does not exist", "has no column"), EMPTY),
    (("malformed", "not a database", "disk image", "file is encrypted", "I/O error"), DAMAGED),
    (("unable to open", "connection", "Connection", "authentication", "locked", "readonly", "read-only"), AWAY),
)


def _line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:200]


def wants_traceback() -> bool:
    """Whether the operator wants to see tracebacks."""
    return bool(os.environ.get(TRACEBACK))
