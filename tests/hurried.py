"""Databases of tests that do not wait for the disk, and that compile each statement once in a run."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.util import LRUCache

from suhbat.ground.database import Database


def hurry(database: Database) -> None:
    """Do not wait for the disk: a test's house need not outlive a power cut (the tests that kill a server do wait)."""

    @event.listens_for(database.engine, "connect")
    def _hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    speak_alike(database)


SPOKEN: dict[str, tuple[Any, Any]] = {}


def speak_alike(database: Database) -> None:
    """Compile each statement once in a run, not once for every test's database.

    What a statement was compiled to is kept by dialect, and every engine brings a dialect of its own: here all
    engines of one kind take over that of the first, and with it what was compiled.
    """
    with database.engine.connect():  # a dialect learns from its first connection what it speaks to
        engine = database.engine
        engine.dialect, compiled = SPOKEN.setdefault(engine.driver, (engine.dialect, LRUCache(5_000)))
        engine.update_execution_options(compiled_cache=compiled)
