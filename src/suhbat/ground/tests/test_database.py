"""A database is closed while somebody still reads."""

import gc
import threading
import warnings

import pytest
from sqlalchemy import text

from suhbat.ground.database import Database

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]


def test_a_reader_who_is_still_there_when_the_house_closes_leaves_no_line_open(settings):
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
