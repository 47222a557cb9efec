"""Counts of queries: all that a page asks is counted, and nothing that the house does on its own."""

import asyncio
import threading

from anyio.to_thread import run_sync
from sqlalchemy import text

from suhbat.record.reading import entries_after


def test_all_is_counted_but_what_the_house_does_on_its_own(app, monkeypatch, request):
    looks = threading.Semaphore(0)

    def look():
        with app.database.reading() as session:
            session.execute(text("SELECT 1"))
        looks.release()

    async def busy(_app):
        while True:
            await run_sync(look)
            await asyncio.sleep(0.001)

    monkeypatch.setattr("suhbat.discovery.chores", lambda: [busy])
    client = request.getfixturevalue("client")
    count_queries = request.getfixturevalue("count_queries")

    def wait_for_the_app():
        for _ in range(5):
            assert looks.acquire(timeout=20)

    def read():
        with app.database.reading() as session:
            entries_after(session, 0)

    assert count_queries(wait_for_the_app) == 0
    assert count_queries(lambda: [wait_for_the_app(), read(), read()]) == 2
    assert count_queries(lambda: [wait_for_the_app(), client.get("/record/1")]) > 0
