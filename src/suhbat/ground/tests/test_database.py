"""Sessions of the database: what they read once, and a database that is closed while somebody still reads."""

import gc
import threading
import warnings

import pytest
from sqlalchemy import text

from suhbat.ground.database import Database, read_once

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]


def test_a_reader_at_work_when_the_database_closes_leaves_no_connection_open(settings):
    reading, closed = threading.Event(), threading.Event()

    def read(database):
        with database.reading() as session:
            session.execute(text("SELECT 1"))
            reading.set()
            closed.wait(10)

    def open_and_close():
        database = Database(settings.url)
        reader = threading.Thread(target=read, args=(database,))
        reader.start()
        reading.wait(10)
        database.close()
        closed.set()
        reader.join(10)

    open_and_close()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gc.collect()
    assert [warning for warning in caught if issubclass(warning.category, ResourceWarning)] == []


def test_a_reading_session_reads_a_thing_once_and_a_writing_one_every_time(settings):
    settings.data.mkdir(exist_ok=True)
    database = Database(settings.url)
    reads = []

    def read():
        reads.append(1)
        return len(reads)

    for _ in range(2):
        with database.reading() as session:
            assert read_once(session, ("reads",), read) == read_once(session, ("reads",), read)
    assert len(reads) == 2, "another session reads anew"
    with database.writing() as session:
        assert read_once(session, ("reads",), read) != read_once(session, ("reads",), read)
    database.close()
