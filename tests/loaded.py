"""The public record, loaded once in a run and copied into the house of every test that wants it.

What stands in such a house is what `load` would have made in it, entry by entry: the clock shows what it would show,
and who listens at the door is told. That its entries rebuild its tables is shown once, when it is made; a test that
goes on from there shows it of what it adds.
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
from suhbat.ground.database import Database
from suhbat.record.entries import Entry
from suhbat.record.reading import entries_after, head_number


@dataclass(frozen=True)
class Loaded:
    """A folder of the record as a database: what `load` makes in an empty house, and what its entries rebuild."""

    database: Path
    rebuilt: Path
    entries: list[Entry]
    until: datetime
    """What the clock showed when it was done."""


class Loads:
    """Databases with a part of the record in them, each made by the first test that wants it."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self._folder, self._empty = folder, empty
        self._made: dict[tuple[str, datetime], Loaded] = {}
        self._last: tuple[Database, Loaded] | None = None

    def into(self, app: App, folder: Path, name: str) -> None:
        """Load a folder, known by a name, into a house; by copying where the house is empty and on SQLite."""
        clock: Any = app.door.clock
        with app.database.reading() as session:
            empty = head_number(session) == 0
        if not (empty and app.database.sqlite and hasattr(clock, "at")):
            assert not load(app.door, folder).faults
            return
        asked = (name, clock.at)
        if asked not in self._made:
            self._made[asked] = self._make(app, folder, f"{name}-{len(self._made)}")
            return
        made = self._made[asked]
        copy(made.database, app.database)
        clock.at = made.until
        for listener in app.door.listeners:
            listener(made.entries)
        self._last = (app.database, made)

    def _make(self, app: App, folder: Path, name: str) -> Loaded:
        """Load a folder into the first house that wants it, and keep a copy."""
        assert not load(app.door, folder).faults
        clock: Any = app.door.clock
        kept = Loaded(self._folder / f"{name}.sqlite3", self._folder / f"{name}-rebuilt.sqlite3", [], clock.at)
        with held_by(app.database) as held, closing(sqlite3.connect(kept.database)) as file:
            held.backup(file)
        with app.database.reading() as session:
            kept.entries.extend(entries_after(session, 0, limit=1_000_000))
        shutil.copy(self._empty, kept.rebuilt)
        second = Database(f"sqlite:///{kept.rebuilt}")
        with second.writing() as session:
            rebuild(session, kept.entries)
        second.close()
        return kept

    def rebuilt(self, app: App, entries: list[Entry]) -> tuple[Path, list[Entry]]:
        """Where to begin rebuilding a house's tables from its entries, and with which of them still to do."""
        if self._last is not None and self._last[0] is app.database:
            made, self._last = self._last[1], None
            if entries[: len(made.entries)] == made.entries:
                return made.rebuilt, entries[len(made.entries) :]
        return self._empty, entries


def copy(source: Path, into: Database) -> None:
    """Put a database file in the place of all that an open database holds."""
    with held_by(into) as held, closing(sqlite3.connect(source)) as file:
        file.backup(held)


@contextmanager
def held_by(database: Database) -> Iterator[sqlite3.Connection]:
    """The driver's own connection to an open database."""
    with closing(database.engine.raw_connection()) as connection:
        held: Any = connection.driver_connection
        yield held


@pytest.fixture(scope="session")
def loads(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Loads:
    return Loads(tmp_path_factory.mktemp("loaded"), empty_sqlite)


@pytest.fixture
def whole_record(app: App, loads: Loads) -> Path:
    """The whole public record, as shipped, is in the house."""
    loads.into(app, SHIPPED, "shipped")
    return SHIPPED


def japanese_dialogue(folder: Path) -> Path:
    """A folder with the Japanese dialogue alone, as shipped."""
    (folder / "formats").mkdir(parents=True)
    shutil.copy(SHIPPED / "formats/ca-japan.yaml", folder / "formats")
    shutil.copy(SHIPPED / "people.yaml", folder)
    shutil.copytree(SHIPPED / "meetings/ca-japan", folder / "meetings/ca-japan")
    return folder
