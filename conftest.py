"""What every test stands on: a house of its own in an empty folder, and people to act in it.

When a test ends, its house's record is verified and the tables are rebuilt from the entries alone: every act that
any test performs is thereby shown to be complete in the record.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import text

from suhbat.acts.actors import Actor, Role, Seat
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


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", rehearsal=True)


@pytest.fixture
def house(settings: Settings, clock: Ticking, tmp_path: Path) -> Iterator[House]:
    settings.data.mkdir(parents=True)
    opened = make_house(settings, clock)
    Base.metadata.create_all(opened.database.engine)
    yield opened
    assert_record_is_complete(opened, tmp_path)
    opened.database.close()


def assert_record_is_complete(house: House, folder: Path) -> None:
    """Verify the record, rebuild the tables from it elsewhere, and compare."""
    with house.database.reading() as session:
        verdict = verify(session)
        assert not verdict.fault
        entries = after(session, 0, limit=1_000_000)
        as_held = contents(session)
    second = Database(f"sqlite:///{folder / 'rebuilt.sqlite3'}")
    Base.metadata.create_all(second.engine)
    with second.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        rebuild(session, entries)
    with second.reading() as session:
        rebuilt = contents(session)
    second.close()
    for table, rows in as_held.items():
        assert rebuilt[table] == rows, f"the record does not tell all of table {table}"


@pytest.fixture
def client(house: House) -> Iterator[TestClient[Any]]:
    """A browser without scripts, signed in as nobody."""
    application: Any = front_of(house)
    with TestClient(application, base_url="http://localhost:8000") as made:
        yield made


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
