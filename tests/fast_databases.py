"""Test databases that do not wait for the disk, and that compile each statement once in a run."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.util import LRUCache

from suhbat.ground.database import Database


def hurry(database: Database) -> None:
    """Do not wait for the disk: no test needs its data after a power cut (those that kill a server do wait)."""

    @event.listens_for(database.engine, "connect")
    def _do_not_wait(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    share_dialect(database)


DIALECTS: dict[str, tuple[Any, Any]] = {}


def share_dialect(database: Database) -> None:
    """Compile each statement once in a run, not once for every test's database.

    Compiled statements are cached by dialect, and every engine has a new dialect: here all engines of one kind use the
    dialect of the first, and with it its compiled statements.
    """
    with database.engine.connect():  # a dialect learns from its first connection about the server
        engine = database.engine
        engine.dialect, compiled = DIALECTS.setdefault(engine.driver, (engine.dialect, LRUCache(5_000)))
        engine.update_execution_options(compiled_cache=compiled)
