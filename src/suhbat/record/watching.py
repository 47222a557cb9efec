"""How one process learns what another has kept: PostgreSQL tells it (LISTEN), SQLite is looked at."""

import asyncio
import logging
from collections.abc import Sequence

import psycopg
from anyio.to_thread import run_sync

from suhbat.ground.database import Database
from suhbat.record.entries import Entry
from suhbat.record.reading import after
from suhbat.record.tail import Tail
from suhbat.record.writing import CHANNEL

log = logging.getLogger("suhbat.record")
LOOK = 0.2
"""Seconds between looks at SQLite for entries of another process, the command line for one."""
AGAIN = 1.0
"""Seconds before a lost line to PostgreSQL is tried again."""


async def watch(database: Database, tail: Tail) -> None:
    """Show on this process's tail whatever any process keeps; runs until it is cancelled, whatever fails."""
    while True:
        try:
            await (_look(database, tail) if database.sqlite else _listen(database, tail))
        except Exception:
            log.exception("the watch for entries of other processes was interrupted")
            await asyncio.sleep(AGAIN)


async def _look(database: Database, tail: Tail) -> None:
    while True:
        await _catch_up(database, tail)
        await asyncio.sleep(LOOK)


async def _listen(database: Database, tail: Tail) -> None:
    address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        await _catch_up(database, tail)  # what was kept before we listened
        async for note in connection.notifies():
            if int(note.payload) > tail.newest:
                await _catch_up(database, tail)


async def _catch_up(database: Database, tail: Tail) -> None:
    def news(newest: int) -> Sequence[Entry]:
        with database.reading() as session:
            return after(session, newest)

    while entries := await run_sync(news, tail.newest):
        tail.publish(entries)
