"""Public pages at the size shipped and at a hundred times that size: server time made anew, queries, search, memory.

Each time stands beside the processor time of the same work, since other work on the same cores makes every page wait:
the one is what a reader waits for here and now, the other what the page costs.
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
from bench.loaded_records import Record, records
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
    logging.disable(logging.INFO)  # the client would tell of every request
    warnings.simplefilter("ignore")
    for each in records():
        large = each.times > 1
        loads = "" if large else "under 3 s"
        yield Row(f"{each.name}archive check, processor", f"{each.check.processor:.1f} s", "", _told(each, each.check))
        yield Row(f"{each.name}archive load, processor", f"{each.load.processor:.1f} s", loads, _told(each, each.load))
        yield from _pages(each, "under 60 ms" if large else "under 25 ms")


def _told(each: Record, cost: object) -> str:
    return f"{each.files} files, {cost} ({each.when} UTC)"


@contextmanager
def _copied(each: Record) -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(each.data / "suhbat.sqlite3", folder)
        yield Settings(data=Path(folder))


def _pages(each: Record, target: str) -> Iterator[Row]:
    with _copied(each) as settings:
        app = make_app(settings)
        with TestClient(front_of(app), base_url=settings.origin) as client:
            with app.database.reading() as session:  # what is done at the start is waited for, and not measured
                known = current_almanac(app.database, session)
            known.work_out()
            index_of(app.database, known)
            for page in PAGES:
                yield _page(client, app, page, each.name, "under 30 ms" if page.startswith("/search") else target)


def _page(client: TestClient[Any], app: App, page: str, size: str, target: str) -> Row:
    """A page made anew forty times (another question each time), and handed out as kept."""
    sign = "&" if "?" in page else "?"
    fresh, kept, worked = [], [], []
    length = len(client.get(f"{page}{sign}x=0").content)
    # Asked for twice: what the house does by itself may fall into one of them.
    queries = min(_queries(app, lambda: client.get(f"{page}{sign}x={n}")) for n in "qr")  # noqa: B023
    for n in range(TIMES):
        start, busy = time.perf_counter(), time.process_time()
        client.get(f"{page}{sign}x={n + 1}")
        fresh.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
        start = time.perf_counter()
        client.get(f"{page}{sign}x=0")
        kept.append(time.perf_counter() - start)
    cost = f"{percentile(worked, 0.5) * 1000:.1f} / {percentile(worked, 0.95) * 1000:.1f} ms"
    values = f"{percentile(fresh, 0.5) * 1000:.1f} / {percentile(fresh, 0.95) * 1000:.1f} ms"
    note = f"by the clock {values}; kept {percentile(kept, 0.5) * 1000:.1f} ms; {queries} queries; {length // 1000} kB"
    return Row(f"{size}{page.replace(SPECIAL, '…')}, processor p50/p95", cost, target, note)


def _queries(app: App, work: Callable[[], object]) -> int:
    """How many queries some work takes, the tail's own look for news left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT") and "WHERE entry.number > " not in statement:
            seen.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", note)
    work()
    event.remove(app.database.engine, "before_cursor_execute", note)
    return len(seen)


@part("start", "Starting with the public record, and the memory of a process", order=37)
def starting() -> Iterator[Row]:
    """How soon the first page is there, asked for at once or a little later; memory once every page was asked for."""
    for each in records():
        with server(record=each.data) as running:
            yield Row(f"{each.name}start → first page, asked for at once", f"{running.first_page:.2f} s")
            running.get("/search?q=warm")  # waits until the index stands
            busy, began = running.busy(), time.perf_counter()
            running.get("/states/TJ?x=first")
            took = f"processor {(running.busy() - busy) * 1000:.0f} ms"
            yield Row(f"{each.name}first reader afterwards", f"{(time.perf_counter() - began) * 1000:.0f} ms", "", took)
            for page in PAGES:
                running.get(page)
            yield Row(f"{each.name}memory of a process", f"{running.memory() / 1e6:.0f} MB", "", "every page asked for")
