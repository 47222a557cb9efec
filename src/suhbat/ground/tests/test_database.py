"""A house closes while somebody still reads."""

import gc
import threading
import warnings

import pytest
from sqlalchemy import text

from suhbat.ground.database import Database

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]


def test_a_reader_who_is_still_there_when_the_house_closes_leaves_no_line_open(settings):
    reading, closed = threading.Event(), threading.Event()
    database = Database(settings.url)

    def read():
        with database.reading() as session:
            session.execute(text("SELECT 1"))
            reading.set()
            closed.wait(10)

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(10)
    database.close()
    closed.set()
    reader.join(10)
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        del database, reader
        gc.collect()
    assert [each for each in found if issubclass(each.category, ResourceWarning)] == []
