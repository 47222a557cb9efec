"""The migrations make exactly the tables of the code, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from suhbat.ground.database import Base, Database
from suhbat.ground.migrations import bring_up_to_date
from suhbat.record.audiences import circle
from suhbat.record.models import EntryRow


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request, tmp_path):
    """The address of a database without tables."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres_server").database()
    return f"sqlite:///{tmp_path / 'new.sqlite3'}"


def test_the_migrations_make_the_tables_of_the_models_and_a_second_run_changes_nothing(empty_database):
    for _ in range(2):
        bring_up_to_date(empty_database)
        engine = create_engine(empty_database)
        with engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == [], (
                "write a migration: scripts/migration.py"
            )
        engine.dispose()


def test_an_entry_may_be_for_a_circle_of_many_states(empty_database):
    bring_up_to_date(empty_database)
    engine = create_engine(empty_database)
    audience = circle("promises", [f"S{n:02}" for n in range(45)])
    assert len(audience) > 190
    with Session(engine) as session:
        session.add(
            EntryRow(number=1, act="a", actor="", name="", office="", time="", audience=audience, body={}, hash=b"",
                     root=b"")
        )  # fmt: skip
        session.commit()
        assert session.scalar(select(EntryRow.audience)) == audience
    engine.dispose()


def test_sqlite_is_set_to_survive_a_power_cut(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with database.engine.connect() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    database.close()
