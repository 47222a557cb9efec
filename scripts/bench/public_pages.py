"""Public pages at the shipped size and at a hundred times that: server time without the cache, queries, memory.

Each time stands beside the processor time of the same work, since other work on the same cores makes every page wait:
the first is what a reader waits for here and now, the second what the page costs.
"""

import logging
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from litestar.testing import TestClient
from sqlalchemy import event

from bench import Row, part, percentile
from bench.public_record_sizes import Record, records
from bench.served_process import server
from suhbat.acts.app import App
from suhbat.application import front_of, make_app
from suhbat.ground.settings import Settings
from suhbat.public.read_model.almanac import current_almanac
from suhbat.public.search.search_query import index_of

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
PAGES = (
    "/", "/formats", "/formats/ca-japan", f"/meetings/{SPECIAL}", f"/outcomes/{SPECIAL}/medical-equipment-grants",
    "/ledger", "/ledger?by=JP&state=unknown", "/ledger?since=2001&origin=reported", "/states/TJ", "/people/wang-yi",
    "/topics/water", "/compare", "/search?q=water+dushanbe", "/search?q=moteggi", "/search?q=tkoio", "/search?q=a",
    "/data", "/changes",
)  # fmt: skip
TIMES = 40


@part("record", "The public record, page by page, as shipped and a hundred times as large", order=35)
def public_record() -> Iterator[Row]:
    """Checking and loading, then every page."""
    logging.disable(logging.INFO)  # the client would log every request
    warnings.simplefilter("ignore")
    for loaded in records():
        large = loaded.times > 1
        loads = "" if large else "under 3 s"
        yield Row(
            f"{loaded.name}archive check, processor",
            f"{loaded.check.processor:.1f} s",
            "",
            _load_note(loaded, loaded.check),
        )
        yield Row(
            f"{loaded.name}archive load, processor",
            f"{loaded.load.processor:.1f} s",
            loads,
            _load_note(loaded, loaded.load),
        )
        yield from _pages(loaded, "under 60 ms" if large else "under 25 ms")


def _load_note(loaded: Record, cost: object) -> str:
    return f"{loaded.files} files, {cost} ({loaded.when} UTC)"


@contextmanager
def _copied(loaded: Record) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(loaded.data / "suhbat.sqlite3", folder)
        yield Settings(data=Path(folder))


def _pages(loaded: Record, target: str) -> Iterator[Row]:
    with _copied(loaded) as settings:
        app = make_app(settings)
        with TestClient(front_of(app), base_url=settings.origin) as client:
            with app.database.reading() as session:  # the work at the start is not measured
                almanac = current_almanac(app.database, session)
            almanac.work_out()
            index_of(app.database, almanac)
            for page in PAGES:
                yield _page(client, app, page, loaded.name, "under 30 ms" if page.startswith("/search") else target)


def _page(client: TestClient[Any], app: App, page: str, size: str, target: str) -> Row:
    """A page without the cache, forty times (another query each time), and from the cache."""
    sign = "&" if "?" in page else "?"
    uncached, cached, processor = [], [], []
    length = len(client.get(f"{page}{sign}x=0").content)
    # Twice: the server's own background work may fall into one of them.
    queries = min(_queries(app, lambda: client.get(f"{page}{sign}x={n}")) for n in "qr")  # noqa: B023
    for n in range(TIMES):
        start, busy = time.perf_counter(), time.process_time()
        client.get(f"{page}{sign}x={n + 1}")
        uncached.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
        start = time.perf_counter()
        client.get(f"{page}{sign}x=0")
        cached.append(time.perf_counter() - start)
    cost = f"{percentile(processor, 0.5) * 1000:.1f} / {percentile(processor, 0.95) * 1000:.1f} ms"
    values = f"{percentile(uncached, 0.5) * 1000:.1f} / {percentile(uncached, 0.95) * 1000:.1f} ms"
    note = (
        f"by the clock {values}; cached {percentile(cached, 0.5) * 1000:.1f} ms; {queries} queries; {length // 1000} kB"
    )
    return Row(f"{size}{page.replace(SPECIAL, '…')}, processor p50/p95", cost, target, note)


def _queries(app: App, work: Callable[[], object]) -> int:
    """How many queries some work takes, without the background look for new entries."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT") and "WHERE entry.number > " not in statement:
            statements.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", note)
    work()
    event.remove(app.database.engine, "before_cursor_execute", note)
    return len(statements)


@part("start", "Starting with the public record, and the memory of a process", order=37)
def starting() -> Iterator[Row]:
    """How soon the first page is there, requested at once or a little later; memory after every page was requested."""
    for loaded in records():
        with server(record=loaded.data) as running:
            yield Row(f"{loaded.name}start → first page, asked for at once", f"{running.first_page:.2f} s")
            running.get("/search?q=warm")  # waits until the index stands
            busy, began = running.busy(), time.perf_counter()
            running.get("/states/TJ?x=first")
            took = f"processor {(running.busy() - busy) * 1000:.0f} ms"
            yield Row(
                f"{loaded.name}first reader afterwards", f"{(time.perf_counter() - began) * 1000:.0f} ms", "", took
            )
            for page in PAGES:
                running.get(page)
            yield Row(
                f"{loaded.name}memory of a process", f"{running.memory() / 1e6:.0f} MB", "", "every page asked for"
            )
