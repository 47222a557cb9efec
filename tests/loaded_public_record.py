"""The public record, loaded once in a run and copied into the installation of every test that needs it.

The copy is the same as after `load`, entry by entry: the clock is set, and the listeners of the door get the entries.
That its entries rebuild its tables is shown once, when it is loaded; each test shows it for the entries that it adds.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from suhbat.acts.app import App
from suhbat.acts.replay import rebuild
from suhbat.archive.folder_load import SHIPPED, load
from suhbat.ground.clock import now
from suhbat.ground.database import Database
from suhbat.record.entries import Entry
from suhbat.record.reading import entries_after, head_number

TODAY = now().date()
"""The record that is shipped says what became of promises to this day. The clock of a test stands years before."""


@dataclass(frozen=True)
class Loaded:
    """A folder of the record as a database: as `load` makes it, and as its entries rebuild it."""

    database: Path
    rebuilt: Path
    entries: list[Entry]
    until: datetime
    """The time of the clock after loading."""


class Loads:
    """Databases with a part of the record, each made by the first test that needs it."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self._folder, self._empty = folder, empty
        self._loaded: dict[tuple[str, datetime], Loaded] = {}
        self._last: tuple[Database, Loaded] | None = None

    def into(self, app: App, folder: Path, name: str) -> None:
        """Load a folder; by copying if the installation is empty and on SQLite. `name` is the key of the cache."""
        clock: Any = app.door.clock
        with app.database.reading() as session:
            empty = head_number(session) == 0
        if not (empty and app.database.sqlite and hasattr(clock, "at")):
            assert not load(app.door, folder, TODAY).faults
            return
        key = (name, clock.at)
        if key not in self._loaded:
            self._loaded[key] = self._load(app, folder, f"{name}-{len(self._loaded)}")
            return
        loaded = self._loaded[key]
        copy(loaded.database, app.database)
        clock.at = loaded.until
        for listener in app.door.listeners:
            listener(loaded.entries)
        self._last = (app.database, loaded)

    def _load(self, app: App, folder: Path, name: str) -> Loaded:
        """Load a folder into the first installation that needs it, and save a copy."""
        assert not load(app.door, folder, TODAY).faults
        clock: Any = app.door.clock
        loaded = Loaded(self._folder / f"{name}.sqlite3", self._folder / f"{name}-rebuilt.sqlite3", [], clock.at)
        with driver_connection(app.database) as connection, closing(sqlite3.connect(loaded.database)) as file:
            connection.backup(file)
        with app.database.reading() as session:
            loaded.entries.extend(entries_after(session, 0, limit=1_000_000))
        shutil.copy(self._empty, loaded.rebuilt)
        second = Database(f"sqlite:///{loaded.rebuilt}")
        with second.writing() as session:
            rebuild(session, loaded.entries)
        second.close()
        return loaded

    def rebuilt(self, app: App, entries: list[Entry]) -> tuple[Path, list[Entry]]:
        """The database from which to go on rebuilding the tables, and the entries that are still to do."""
        if self._last is not None and self._last[0] is app.database:
            loaded, self._last = self._last[1], None
            if entries[: len(loaded.entries)] == loaded.entries:
                return loaded.rebuilt, entries[len(loaded.entries) :]
        return self._empty, entries


def copy(source: Path, into: Database) -> None:
    """Replace the contents of an open database by those of a database file."""
    with driver_connection(into) as connection, closing(sqlite3.connect(source)) as file:
        file.backup(connection)


@contextmanager
def driver_connection(database: Database) -> Iterator[sqlite3.Connection]:
    """The driver's own connection to an open database."""
    with closing(database.engine.raw_connection()) as connection:
        driver: Any = connection.driver_connection
        yield driver


@pytest.fixture(scope="session")
def loads(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Loads:
    return Loads(tmp_path_factory.mktemp("loaded"), empty_sqlite)


@pytest.fixture
def whole_record(app: App, loads: Loads) -> Path:
    """The whole public record, as shipped, loaded into the installation."""
    loads.into(app, SHIPPED, "shipped")
    return SHIPPED


def japanese_dialogue(folder: Path) -> Path:
    """A folder with the Japanese dialogue alone, as shipped."""
    (folder / "formats").mkdir(parents=True)
    shutil.copy(SHIPPED / "formats/ca-japan.yaml", folder / "formats")
    shutil.copy(SHIPPED / "people.yaml", folder)
    shutil.copytree(SHIPPED / "meetings/ca-japan", folder / "meetings/ca-japan")
    return folder
