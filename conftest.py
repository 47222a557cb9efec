"""What every test stands on: a house of its own in an empty folder, and people to act in it.

When a test ends, its house's record is verified and the tables are rebuilt from the entries alone: every act that
any test performs is thereby shown to be complete in the record.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from scripts.private_postgres import Server
from sqlalchemy import event, text

from suhbat.acts.house import House
from suhbat.acts.rebuilding import contents, rebuild
from suhbat.application import front_of, make_house
from suhbat.ground.database import Base, Database
from suhbat.ground.migrations import every_table
from suhbat.ground.settings import Settings
from suhbat.people.signing import COOKIE, sign_in_cookie
from suhbat.record.reading import after
from suhbat.record.verifying import verify

pytest_plugins = ("tests.convened", "tests.served")
every_table()


class Ticking:
    """A clock that tests set; it moves a second at every look, so that no two acts share an instant."""

    def __init__(self) -> None:
        self.at = datetime(2020, 8, 11, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
"""`pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)` tells a story on both databases."""


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "suhbat.sqlite3"
    made = Database(f"sqlite:///{path}")
    Base.metadata.create_all(made.engine)
    made.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A private PostgreSQL server."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: Server) -> str:
    """The address of a database with all tables and no rows, to be copied."""
    url = postgres_server.database()
    made = Database(url)
    Base.metadata.create_all(made.engine)
    made.close()
    return url


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of this test's own database: SQLite, or what `BOTH` or SUHBAT_TEST_DATABASE says."""
    kind = getattr(request, "param", os.environ.get("SUHBAT_TEST_DATABASE", "sqlite"))
    if kind == "postgres":
        server: Server = request.getfixturevalue("postgres_server")
        return server.database(request.getfixturevalue("empty_postgres"))
    folder = tmp_path / "data"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(request.getfixturevalue("empty_sqlite"), folder / "suhbat.sqlite3")
    return ""


@pytest.fixture
def settings(tmp_path: Path, database: str) -> Settings:
    return Settings(data=tmp_path / "data", rehearsal=True, database_url=database)


@pytest.fixture
def house(settings: Settings, clock: Ticking, tmp_path: Path, empty_sqlite: Path) -> Iterator[House]:
    settings.data.mkdir(parents=True, exist_ok=True)
    opened = make_house(settings, clock)
    if opened.database.sqlite:
        hurry(opened.database)
    yield opened
    assert_record_is_complete(opened, Path(shutil.copy(empty_sqlite, tmp_path / "rebuilt.sqlite3")))
    opened.database.close()


def hurry(database: Database) -> None:
    """Do not wait for the disk: a test's house need not outlive a power cut (the tests that kill a server do wait)."""

    @event.listens_for(database.engine, "connect")
    def _hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")


PERFORMED: set[str] = set()
"""Every act that a test of this run has performed, and whose entries were then shown to rebuild the tables."""


@pytest.fixture
def performed() -> set[str]:
    """What `PERFORMED` holds; a test that imports this file would be given another copy of it."""
    return PERFORMED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The test that looks back on all others runs last, and only where all others run."""
    last = [item for item in items if item.path.name == "test_every_act.py"]
    rest = [item for item in items if item not in last]
    options = config.option
    asked = [Path(argument).name for argument in config.args]
    partial = (
        options.keyword
        or getattr(options, "lf", False)
        or "postgres" in options.markexpr
        or asked != config.getini("testpaths")
    )
    items[:] = rest if partial else rest + last
    if partial and last:
        config.hook.pytest_deselected(items=last)


def assert_record_is_complete(house: House, empty: Path) -> None:
    """Verify the record, rebuild the tables from it in an empty database, and compare."""
    with house.database.reading() as session:
        verdict = verify(session)
        assert not verdict.fault
        entries = after(session, 0, limit=1_000_000)
        as_held = contents(session)
    second = Database(f"sqlite:///{empty}")
    hurry(second)
    with second.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        rebuild(session, entries)
    with second.reading() as session:
        rebuilt = contents(session)
    second.close()
    for table, rows in as_held.items():
        assert rebuilt[table] == rows, f"the record does not tell all of table {table}"
    PERFORMED.update(entry.act for entry in entries)


@pytest.fixture
def client(house: House) -> Iterator[TestClient[Any]]:
    """A browser without scripts, signed in as nobody."""
    application: Any = front_of(house)
    with TestClient(application, base_url="http://localhost:8000") as made:
        yield made


@pytest.fixture
def count_queries(house: House) -> Callable[[Callable[[], Any]], int]:
    """Count the queries of some work: lists of one and of three rows take the same number.

    What the house looks for on its own, whenever it likes (entries after a number, rehearsals under way), is not
    counted.
    """

    def counted(work: Callable[[], Any]) -> int:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            own = "WHERE entry.number > " in statement or "FROM rehearsal" in statement.replace("\n", "")
            if statement.startswith("SELECT") and not own:
                seen.append(statement)

        event.listen(house.database.engine, "before_cursor_execute", note)
        try:
            work()
        finally:
            event.remove(house.database.engine, "before_cursor_execute", note)
        return len(seen)

    return counted


@pytest.fixture
def signed_in(house: House, client: TestClient[Any]) -> Callable[[str], TestClient[Any]]:
    """Sign the browser in as a person (the person must have a row)."""

    def sign(person: str) -> TestClient[Any]:
        client.cookies.set(COOKIE, sign_in_cookie(house.settings, person))
        return client

    return sign
