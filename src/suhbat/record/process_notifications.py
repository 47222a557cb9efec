"""How a process notices entries and signals of another process: PostgreSQL notifies it (LISTEN), SQLite is polled.

Signals are rows of a passing table (`open_lines`), since one may be longer than PostgreSQL's notifications.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from anyio.to_thread import run_sync

from suhbat.ground.database import Database
from suhbat.record.entries import Entry
from suhbat.record.open_lines import SIGNALS, OpenLines
from suhbat.record.reading import entries_after
from suhbat.record.tail import Tail
from suhbat.record.writing import CHANNEL

if TYPE_CHECKING:
    from psycopg import AsyncConnection

Read = TypeVar("Read")
log = logging.getLogger("suhbat.record")
LOOK = 0.05
"""Seconds between two polls of SQLite for entries of another process, such as a command."""
AGAIN = 1.0
"""Seconds before a lost connection to PostgreSQL is opened again."""
QUIET = 10.0
"""Seconds without a notification after which the connection to PostgreSQL is checked."""
ANSWER = 3.0
"""Seconds that the answer to a query may take."""


async def watch(database: Database, tail: Tail, lines: OpenLines) -> None:
    """Publish the entries and signals of all processes on this process's tail. Runs until cancelled, whatever fails."""
    while True:
        try:
            await (_poll(database, tail, lines) if database.sqlite else _listen(database, tail, lines))
        except Exception:
            log.exception("the watch for entries of other processes was interrupted")
            await asyncio.sleep(AGAIN)


async def _poll(database: Database, tail: Tail, lines: OpenLines) -> None:
    """Poll whether the file has changed, which costs almost nothing, and read what is new only if it has."""
    # This runs on the event loop itself: it takes microseconds, and with timeout=0 it never blocks.
    connection = sqlite3.connect(str(database.engine.url.database), timeout=0, isolation_level=None)
    try:
        last_version, version = -1, 0
        while True:
            with suppress(sqlite3.OperationalError):  # busy: poll again soon
                version = connection.execute("PRAGMA data_version").fetchone()[0]
            if version != last_version:
                await _catch_up(database, tail)
                await receive(tail, lines)
            last_version = version
            await asyncio.sleep(LOOK)
    finally:
        connection.close()


async def _listen(database: Database, tail: Tail, lines: OpenLines) -> None:
    import psycopg  # noqa: PLC0415  (a server on SQLite starts faster without it)

    from suhbat.ground.postgres_timeouts import connecting  # noqa: PLC0415

    url = database.engine.url
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await psycopg.AsyncConnection.connect(address, autocommit=True, **connecting(url))
    try:
        await _answer(connection, f"LISTEN {CHANNEL}")
        await _answer(connection, f"LISTEN {SIGNALS}")
        await _catch_up(database, tail)  # entries from before the LISTEN
        await know_lines(tail, lines)
        await receive(tail, lines)
        while True:
            async for note in connection.notifies(timeout=QUIET):
                if note.channel == CHANNEL:
                    if int(note.payload) > tail.newest:
                        await _catch_up(database, tail)
                elif note.payload != lines.worker:
                    await receive(tail, lines)
            # Nobody writes, or the connection is dead: a query shows which.
            await _answer(connection, "SELECT 1")
    finally:
        connection.pgconn.finish()  # at once: a regular close waits for a server that may be unreachable


async def _answer(connection: "AsyncConnection[Any]", query: str) -> None:
    """Run a query, and close the connection if there is no answer in time."""
    task = asyncio.ensure_future(connection.execute(query.encode()))
    try:
        await asyncio.wait([task], timeout=ANSWER)
        if task.done():
            task.result()
            return
        connection.pgconn.finish()  # first: cancelling the task would ask the same server to cancel
        raise TimeoutError(f"the database gave no answer for {ANSWER:g} s")
    finally:
        task.cancel()


async def _catch_up(database: Database, tail: Tail) -> None:
    def news(newest: int) -> Sequence[Entry]:
        with database.reading() as session:
            return entries_after(session, newest)

    while entries := await finish_reading(run_sync(news, tail.newest)):
        tail.publish(entries)


async def receive(tail: Tail, lines: OpenLines) -> None:
    """Pass on the signals of other processes that have come since the last call."""
    async with lines.receiving:
        signals = await finish_reading(run_sync(lines.received))
        if places := {signal.place for signal in signals if signal.kind == "here"}:
            tail.elsewhere = await finish_reading(run_sync(lines.elsewhere))
            for place in places:
                tail.send_peers(place)
        for signal in signals:
            if signal.kind != "here":
                tail.receive(signal)


async def know_lines(tail: Tail, lines: OpenLines) -> None:
    """Learn which lines other processes have, also of those that send nothing any more, and show what has changed."""
    async with lines.receiving:
        before = tail.elsewhere
        tail.elsewhere = await finish_reading(run_sync(lines.elsewhere))
        for place in before.keys() | tail.elsewhere.keys():
            if before.get(place) != tail.elsewhere.get(place):
                tail.send_peers(place)


async def share(lines: OpenLines) -> None:
    """Tell the other processes of this one's lines and signals. Runs until it is cancelled, whatever fails."""
    bell = asyncio.Event()
    lines.ring = bell.set
    while True:
        await bell.wait()
        bell.clear()
        try:
            await finish_reading(run_sync(lines.write_waiting))
        except Exception:
            log.exception("signals for other processes were lost")


async def pulse(tail: Tail, lines: OpenLines) -> None:
    """Keep every connection open, note that it is, and learn of the others'."""
    tail.pulse()
    await finish_reading(run_sync(lines.pulse, tail.peers()))
    await know_lines(tail, lines)


async def finish_reading(reading: Coroutine[Any, Any, Read]) -> Read:
    """Wait for a read even if this task is cancelled meanwhile, so that no thread keeps a connection."""
    task = asyncio.ensure_future(reading)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
