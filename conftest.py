"""What every test stands on: a house of its own in an empty folder, and people to act in it.

When a test ends, its house's record is verified and the tables are rebuilt from the entries alone: every act that
any test performs is thereby shown to be complete in the record.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from litestar.testing import TestClient
from scripts.private_postgres import Server
from sqlalchemy import event, text

from suhbat.acts.actors import ADMINISTRATION, Actor, Role, Seat
from suhbat.acts.house import House
from suhbat.acts.rebuilding import contents, rebuild
from suhbat.application import front_of, make_house
from suhbat.ground.database import Base, Database
from suhbat.ground.migrations import every_table
from suhbat.ground.settings import Settings
from suhbat.people.signing import COOKIE, sign_in_cookie
from suhbat.record.reading import after
from suhbat.record.verifying import verify

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

    The house's own look for news (entries after a number), which comes whenever it likes, is not counted.
    """

    def counted(work: Callable[[], Any]) -> int:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith("SELECT") and "WHERE entry.number > " not in statement:
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


def seated(role: Role, place: str, state: str = "", name: str = "", office: str = "") -> Actor:
    """Someone in a seat, for acts performed without the web."""
    return Actor(
        f"{role}-{state}".lower().strip("-"), name or f"{role} {state}".strip(), (Seat(role, place, state, office),)
    )


class Served:
    """A real `suhbat serve` in a process of its own, on a free port, with a data folder of its own.

    `house` opens the same data from here: acts performed through it reach the server's live lines as those of any
    other process do. `kill` is SIGKILL; `start` brings the server back on the same port with the same data.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://localhost:{self.port}"
        self.data = folder / "served"
        self.settings = Settings(data=self.data, origin=self.url, rehearsal=True)
        self.environment = {
            **os.environ,
            "SUHBAT_DATA": str(self.data),
            "SUHBAT_ORIGIN": self.url,
            "SUHBAT_REHEARSAL": "1",
            **environment,
        }
        self._log = folder / "served.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._house: House | None = None

    @property
    def house(self) -> House:
        if self._house is None:
            self._house = make_house(self.settings)
        return self._house

    def start(self) -> None:
        command = [sys.executable, "-m", "suhbat.command", "serve", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        for _ in range(300):
            try:
                urlopen(f"http://127.0.0.1:{self.port}/static/manifest.json", timeout=5).close()
            except (URLError, ConnectionError, TimeoutError):
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"the server did not start:\n{self.log()}")

    def kill(self) -> None:
        """The power fails."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None

    def log(self) -> str:
        return self._log.read_text()

    def sign_in(self, context: Any, person: str) -> None:
        """Sign a Playwright browser context in as a person (who must have a row)."""
        context.add_cookies([{"name": COOKIE, "value": sign_in_cookie(self.settings, person), "url": self.url}])

    def close(self) -> None:
        if self._house is not None:
            self._house.database.close()
        self.stop()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The real server, for tests in a real browser."""
    server = Served(tmp_path)
    server.start()
    yield server
    server.close()


CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream=device-count=8",  # one shared fake camera stalls now and then
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium with a fake camera and microphone; make contexts of it with `chromium.new_context(...)`."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (only browser tests need it)

    path = os.environ.get("SUHBAT_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path if Path(path).exists() else None, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Convened:
    """A meeting that was convened and released, and the people around its table."""

    meeting: str
    chair: Actor
    heads: dict[str, Actor]
    secretariat: Actor
    note_taker: Actor
    observer: Actor
    items: list[str]
    """The ids of its agenda items, in order."""


SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
SUBJECTS = ("Public health", "Return of citizens", "Projects of trade and investment")


@pytest.fixture
def convene() -> Callable[..., Convened]:
    """Found the ca-japan format and convene a video meeting of six delegations, Japan in the chair, by acts."""

    def convene_in(house: House, *, released: bool = True, **other: Any) -> Convened:
        office = Actor("secretariat", "Secretariat", (Seat(Role.SECRETARIAT, "ca-japan"),))
        with house.database.reading() as session:
            founded = after(session, 0, limit=1_000_000)
        if not any(entry.act == "format.founded" and entry.format == "ca-japan" for entry in founded):
            house.door.perform(ADMINISTRATION, "format.founded", {
                "format": "ca-japan", "name": "Central Asia plus Japan Dialogue", "kind": "n-plus-one",
                "members": list(SIX[1:]), "partners": ["JP"], "levels": ["ministerial"],
            })  # fmt: skip
        asked = {
            "format": "ca-japan", "title": "Special video conference", "level": "ministerial", "mode": "video",
            "zone": "Asia/Tokyo", "opens": "2020-08-11T18:00", "closes": "2020-08-11T20:00", "chair_state": "JP",
            "delegations": list(SIX), "slug": "2020-08-11-special", "host_first": True, "observers": [],
            "items": [{"title": subject, "minutes": 30} for subject in SUBJECTS],
        } | other  # fmt: skip
        done = house.door.perform(office, "meeting.convened", asked)
        meeting = done.reply["meeting"]
        if released:
            house.door.perform(office, "meeting.released", {"meeting": meeting})
        return Convened(
            meeting,
            chair=seated(Role.CHAIR, meeting, "JP", "Toshimitsu Motegi", "Minister of Foreign Affairs"),
            heads={state: seated(Role.HEAD, meeting, state, f"Head of {state}", "Minister") for state in SIX},
            secretariat=office,
            note_taker=seated(Role.NOTE_TAKER, meeting),
            observer=seated(Role.OBSERVER, meeting),
            items=[item["id"] for item in done.entry.body["items"]],
        )

    return convene_in
