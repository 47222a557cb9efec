"""Counts of queries: every query of a page is counted, and none of the server's chores."""

import asyncio
import threading

from anyio.to_thread import run_sync
from sqlalchemy import text

from suhbat.record.reading import entries_after


def test_all_queries_are_counted_except_those_of_chores(app, monkeypatch, request):
    queries_done = threading.Semaphore(0)

    def query():
        with app.database.reading() as session:
            session.execute(text("SELECT 1"))
        queries_done.release()

    async def chore(_app):
        while True:
            await run_sync(query)
            await asyncio.sleep(0.001)

    monkeypatch.setattr("suhbat.discovery.chores", lambda: [chore])
    client = request.getfixturevalue("client")
    count_queries = request.getfixturevalue("count_queries")

    def wait_for_the_chore():
        for _ in range(5):
            assert queries_done.acquire(timeout=20)

    def read_entries():
        with app.database.reading() as session:
            entries_after(session, 0)

    assert count_queries(wait_for_the_chore) == 0
    assert count_queries(lambda: [wait_for_the_chore(), read_entries(), read_entries()]) == 2
    assert count_queries(lambda: [wait_for_the_chore(), client.get("/record/1")]) > 0
