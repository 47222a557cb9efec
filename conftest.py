"""What every test stands on: a house of its own in an empty folder, and people to act in it.

When a test ends, its house's record is verified and the tables are rebuilt from the entries alone: every act that
any test performs is thereby shown to be complete in the record.
"""

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
from sqlalchemy import event, text
from tests.built_once import front_in_turn
from tests.hurried import hurry
from tests.performed import PERFORMED, pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown

from suhbat.acts.house import House
from suhbat.acts.rebuilding import contents, rebuild
from suhbat.application import make_house
from suhbat.ground.database import Base, Database
from suhbat.ground.migrations import every_table
from suhbat.ground.settings import Settings
from suhbat.people.signing import COOKIE, sign_in_cookie
from suhbat.record.reading import after
from suhbat.record.verifying import verify

__all__ = ["pytest_sessionfinish", "pytest_terminal_summary", "pytest_testnodedown"]
pytest_plugins = ("tests.convened", "tests.loaded", "tests.longest_first", "tests.planted", "tests.served")
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
def house(settings: Settings, clock: Ticking, tmp_path: Path, loads: Any) -> Iterator[House]:
    settings.data.mkdir(parents=True, exist_ok=True)
    opened = make_house(settings, clock)
    if opened.database.sqlite:
        hurry(opened.database)
    yield opened
    assert_record_is_complete(opened, loads, tmp_path / "rebuilt.sqlite3")
    opened.database.close()


def assert_record_is_complete(house: House, loads: Any, file: Path) -> None:
    """Verify the record, rebuild the tables from it in a database of their own, and compare."""
    with house.database.reading() as session:
        verdict = verify(session)
        assert not verdict.fault
        entries = after(session, 0, limit=1_000_000)
        as_held = contents(session)
    begun, rest = loads.rebuilt(house, entries)
    shutil.copy(begun, file)
    second = Database(f"sqlite:///{file}")
    hurry(second)
    with second.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        rebuild(session, rest)
    with second.reading() as session:
        rebuilt = contents(session)
    second.close()
    for table, rows in as_held.items():
        assert rebuilt[table] == rows, f"the record does not tell all of table {table}"
    PERFORMED.update(entry.act for entry in entries)


OWN: ContextVar[bool] = ContextVar("own", default=False)
"""Whether what runs is a chore of the house: a task, and the threads that it sends to work, know what began them."""


@pytest.fixture
def client(house: House) -> Iterator[TestClient[Any]]:
    """A browser without scripts, signed in as nobody."""
    application: Any = front_in_turn(house)
    browser = TestClient(application, base_url="http://localhost:8000")
    began = OWN.set(True)
    with browser as made:  # the house begins its chores
        OWN.reset(began)
        yield made


@pytest.fixture
def count_queries(house: House) -> Callable[[Callable[[], Any]], int]:
    """Count the queries of some work: lists of one and of three rows take the same number.

    Everything is counted but what the house does on its own, whenever it likes: see `OWN`.
    """

    def counted(work: Callable[[], Any]) -> int:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith("SELECT") and not OWN.get():
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
