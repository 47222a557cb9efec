"""Public pages: server time at the size shipped, kept and made anew; search; loading and checking the files.

At a hundred times the size (`SUHBAT_BENCH_LARGE=100`, some six minutes of loading; another number for another size):
the same pages again. Each time stands beside the processor time of the same work, since other work on the same cores
makes every page wait: the one is what a reader waits for here and now, the other what the page costs.
"""

import logging
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from litestar.testing import TestClient
from sqlalchemy import event

from bench import Row, part, percentile
from suhbat.acts import Door
from suhbat.acts.house import House
from suhbat.application import front_of, make_house
from suhbat.archive.loading import SHIPPED, check_folder, load
from suhbat.ground.database import Database
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.settings import Settings

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
PAGES = (
    "/", "/formats", "/formats/ca-japan", f"/meetings/{SPECIAL}", f"/outcomes/{SPECIAL}/medical-equipment-grants",
    "/ledger", "/ledger?by=JP&state=unknown", "/states/TJ", "/people/wang-yi", "/topics/water", "/compare",
    "/search?q=water+dushanbe", "/search?q=moteggi", "/data", "/changes",
)  # fmt: skip
TIMES = 20


@part("record", "The public record, page by page", order=35)
def public_record() -> Iterator[Row]:
    """The record as shipped, then a hundred times as large if that is asked for."""
    logging.disable(logging.INFO)  # the client would tell of every request
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    _files, faults = check_folder(SHIPPED)
    yield Row("archive check, 288 files", f"{time.perf_counter() - start:.2f} s", "", f"{len(faults)} faults")
    yield from _measured(SHIPPED, "", "under 25 ms", "under 3 s")
    if times := os.environ.get("SUHBAT_BENCH_LARGE"):
        times = "100" if times == "1" else times
        with tempfile.TemporaryDirectory() as folder:
            script = Path(__file__).parent.parent / "hundredfold.py"
            subprocess.run([sys.executable, str(script), folder, times], check=True)
            yield from _measured(Path(folder), f"x{times} ", "under 60 ms", "")


def _measured(folder: Path, size: str, target: str, load_target: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data))
        bring_up_to_date(settings.url)
        database = Database(settings.url)
        start, busy = time.perf_counter(), time.process_time()
        done = load(Door(database, settings), folder)
        worked = f"processor {time.process_time() - busy:.2f} s; {len(done.new)} files"
        yield Row(f"{size}archive load", f"{time.perf_counter() - start:.2f} s", load_target, worked)
        database.close()
        house = make_house(settings)
        with TestClient(front_of(house), base_url=settings.origin) as client:
            start, busy = time.perf_counter(), time.process_time()
            client.get("/")
            worked = f"processor {time.process_time() - busy:.2f} s; the almanac is gathered"
            yield Row(f"{size}first page after the start", f"{time.perf_counter() - start:.2f} s", "", worked)
            for page in PAGES:
                yield _page(client, house, page, size, target)


def _page(client: TestClient, house: House, page: str, size: str, target: str) -> Row:
    """A page made anew twenty times (another question each time), and handed out as kept."""
    sign = "&" if "?" in page else "?"
    fresh, kept, worked = [], [], []
    length = len(client.get(f"{page}{sign}x=0").content)
    queries = _queries(house, lambda: client.get(f"{page}{sign}x=q"))
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
    note = (
        f"processor {cost}; kept {percentile(kept, 0.5) * 1000:.1f} ms; {queries} queries; {length // 1000} kB unpacked"
    )
    return Row(f"{size}{page.replace(SPECIAL, '…')} p50/p95", values, target, note)


def _queries(house: House, work: Callable[[], object]) -> int:
    """How many queries some work takes, the tail's own look for news left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT") and "WHERE entry.number > " not in statement:
            seen.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    work()
    event.remove(house.database.engine, "before_cursor_execute", note)
    return len(seen)
