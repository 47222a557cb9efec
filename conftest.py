"""Fixtures for every test: an installation of its own in an empty folder, and people to act in it.

When a test ends, the record of its installation is verified, and the tables are rebuilt from the entries alone: after
the first test of each act, and after every fifth of the others by chance. `make long` does it after every test. So each
act that any test performs is shown to be complete in the record.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from scripts.private_postgres import Server
from sqlalchemy import event, select, text
from tests.copies_for_readers import EVERY_TEST, SEED, assert_copies, chance, is_chosen
from tests.fast_databases import hurry
from tests.performed_acts import PERFORMED, pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown
from tests.shared_application import front_in_turn

from suhbat.acts.app import App
from suhbat.acts.replay import contents, rebuild
from suhbat.application import make_app
from suhbat.ground.clock import now
from suhbat.ground.database import Base, Database
from suhbat.ground.migrations import every_table
from suhbat.ground.settings import Settings
from suhbat.people.session_cookie import COOKIE, sign_in_cookie
from suhbat.record.models import EntryRow
from suhbat.record.reading import entries_after
from suhbat.record.verification import verify

__all__ = ["pytest_sessionfinish", "pytest_terminal_summary", "pytest_testnodedown"]
pytest_plugins = (
    "tests.convened_meeting",
    "tests.loaded_public_record",
    "tests.longest_first",
    "tests.planted_world",
    "tests.served_installation",
)
every_table()
gc.freeze = lambda: None  # no installation of a test lasts: what a server keeps for good would fill the memory


def pytest_report_header() -> str:
    return f"tables are rebuilt and copies for readers made after some tests by chance: SUHBAT_TEST_SEED={SEED}"


class Ticking:
    """A clock that tests set. It moves on a second with every call, so that no two acts have the same time."""

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
"""`pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)` runs a file of tests on both databases."""


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "suhbat.sqlite3"
    database = Database(f"sqlite:///{path}")
    Base.metadata.create_all(database.engine)
    database.close()
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
    database = Database(url)
    Base.metadata.create_all(database.engine)
    database.close()
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
def app(
    settings: Settings, clock: Ticking, tmp_path: Path, loads: Any, empty_sqlite: Path, request: pytest.FixtureRequest
) -> Iterator[App]:
    settings.data.mkdir(parents=True, exist_ok=True)
    opened = make_app(settings, clock)
    if opened.database.sqlite:
        hurry(opened.database)
    yield opened
    test, always = request.node.nodeid, EVERY_TEST or bool(fresh_acts(opened))
    if always or is_chosen(test):
        assert_record_is_complete(opened, loads, tmp_path / "rebuilt.sqlite3")
        assert_copies(opened, empty_sqlite, tmp_path, None if EVERY_TEST else chance(test))
    opened.database.close()


def fresh_acts(app: App) -> set[str]:
    """The acts in the record that no test of this process had performed before."""
    with app.database.reading() as session:
        fresh = set(session.scalars(select(EntryRow.act).distinct())) - PERFORMED
    PERFORMED.update(fresh)
    return fresh


def assert_record_is_complete(app: App, loads: Any, file: Path) -> None:
    """Verify the record, rebuild the tables from it in another database, and compare."""
    with app.database.reading() as session:
        verdict = verify(session)
        assert not verdict.fault
        entries = entries_after(session, 0, limit=1_000_000)
        tables = contents(session)
    rebuilt_so_far, rest = loads.rebuilt(app, entries)
    shutil.copy(rebuilt_so_far, file)
    second = Database(f"sqlite:///{file}")
    hurry(second)
    with second.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        rebuild(session, rest)
    with second.reading() as session:
        rebuilt = contents(session)
    second.close()
    for table, rows in tables.items():
        assert rebuilt[table] == rows, f"the record does not have all of table {table}"


IN_CHORE: ContextVar[bool] = ContextVar("in_chore", default=False)
"""Whether a chore of the server is running: a task and its threads inherit this from whatever started them."""


@pytest.fixture
def client(app: App) -> Iterator[TestClient[Any]]:
    """A browser without scripts, not signed in."""
    application: Any = front_in_turn(app)
    browser = TestClient(application, base_url="http://localhost:8000")
    token = IN_CHORE.set(True)
    with browser as started:  # here the chores start
        IN_CHORE.reset(token)
        yield started


@pytest.fixture
def count_queries(app: App) -> Callable[[Callable[[], Any]], int]:
    """Count the queries of some work: lists of one and of three rows take the same number.

    Everything is counted but the chores, which run at any time: see `IN_CHORE`.
    """

    def counted(work: Callable[[], Any]) -> int:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith("SELECT") and not IN_CHORE.get():
                statements.append(statement)

        event.listen(app.database.engine, "before_cursor_execute", note)
        try:
            work()
        finally:
            event.remove(app.database.engine, "before_cursor_execute", note)
        return len(statements)

    return counted


@pytest.fixture
def signed_in(app: App, client: TestClient[Any]) -> Callable[[str], TestClient[Any]]:
    """Sign the browser in as a person (the person must have a row)."""

    def sign(person: str) -> TestClient[Any]:
        client.cookies.set(COOKIE, sign_in_cookie(app.settings, person, now()))
        return client

    return sign
