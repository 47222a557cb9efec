"""How one process learns what another has kept: PostgreSQL tells it (LISTEN), SQLite is looked at."""

import asyncio
import logging
import sqlite3
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from anyio.to_thread import run_sync

from suhbat.ground.database import Database
from suhbat.record.entries import Entry
from suhbat.record.reading import after
from suhbat.record.tail import Tail
from suhbat.record.writing import CHANNEL

if TYPE_CHECKING:
    from psycopg import AsyncConnection

Read = TypeVar("Read")
log = logging.getLogger("suhbat.record")
LOOK = 0.05
"""Seconds between looks at SQLite for entries of another process, the command line for one."""
AGAIN = 1.0
"""Seconds before a lost line to PostgreSQL is tried again."""
QUIET = 10.0
"""Seconds without news after which PostgreSQL is asked for a sign of life."""
ANSWER = 3.0
"""Seconds that it may take to give one."""


async def watch(database: Database, tail: Tail) -> None:
    """Show on this process's tail whatever any process keeps; runs until it is cancelled, whatever fails."""
    while True:
        try:
            await (_look(database, tail) if database.sqlite else _listen(database, tail))
        except Exception:
            log.exception("the watch for entries of other processes was interrupted")
            await asyncio.sleep(AGAIN)


async def _look(database: Database, tail: Tail) -> None:
    """Look whether the file changed, which costs next to nothing, and read only where it did."""
    # Asked on the event loop itself: it takes microseconds and, told to wait for nothing, never blocks.
    looker = sqlite3.connect(str(database.engine.url.database), timeout=0, isolation_level=None)
    try:
        seen, version = -1, 0
        while True:
            with suppress(sqlite3.OperationalError):  # busy: look again soon
                version = looker.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:
                await _catch_up(database, tail)
            seen = version
            await asyncio.sleep(LOOK)
    finally:
        looker.close()


async def _listen(database: Database, tail: Tail) -> None:
    import psycopg  # noqa: PLC0415  (a house on SQLite starts sooner without it)

    from suhbat.ground.postgres import connecting  # noqa: PLC0415

    url = database.engine.url
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await psycopg.AsyncConnection.connect(address, autocommit=True, **connecting(url))
    try:
        await _answer(connection, f"LISTEN {CHANNEL}")
        await _catch_up(database, tail)  # what was kept before we listened
        while True:
            async for note in connection.notifies(timeout=QUIET):
                if int(note.payload) > tail.newest:
                    await _catch_up(database, tail)
            # Nobody writes, or the line is dead without a word: a sign of life tells which.
            await _answer(connection, "SELECT 1")
    finally:
        connection.pgconn.finish()  # at once: whoever closes in good order waits for a server that may be gone


async def _answer(connection: "AsyncConnection[Any]", question: str) -> None:
    """Ask, and give the line up where there is no answer."""
    asked = asyncio.ensure_future(connection.execute(question.encode()))
    try:
        await asyncio.wait([asked], timeout=ANSWER)
        if asked.done():
            asked.result()
            return
        connection.pgconn.finish()  # before the task is ended, which would else ask the same server to break off
        raise TimeoutError(f"the database gave no answer for {ANSWER:g} s")
    finally:
        asked.cancel()


async def _catch_up(database: Database, tail: Tail) -> None:
    def news(newest: int) -> Sequence[Entry]:
        with database.reading() as session:
            return after(session, newest)

    while entries := await whole(run_sync(news, tail.newest)):
        tail.publish(entries)


async def whole(reading: Coroutine[Any, Any, Read]) -> Read:
    """Wait for a reading even where the task is ended meanwhile: no thread is left behind with a connection."""
    task = asyncio.ensure_future(reading)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
