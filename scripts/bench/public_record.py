"""Public pages: server time at the size shipped, kept and made anew; search; loading and checking the files.

At a hundred times the size (`SUHBAT_BENCH_LARGE=1`, some six minutes of loading): the same pages again.
"""

import logging
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from litestar.testing import TestClient

from bench import Row, part, percentile
from suhbat.acts import Door
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
    if os.environ.get("SUHBAT_BENCH_LARGE"):
        with tempfile.TemporaryDirectory() as folder:
            script = Path(__file__).parent.parent / "hundredfold.py"
            subprocess.run([sys.executable, str(script), folder], check=True)
            yield from _measured(Path(folder), "x100 ", "under 60 ms", "")


def _measured(folder: Path, size: str, target: str, load_target: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data))
        bring_up_to_date(settings.url)
        database = Database(settings.url)
        start = time.perf_counter()
        done = load(Door(database, settings), folder)
        yield Row(f"{size}archive load", f"{time.perf_counter() - start:.2f} s", load_target, f"{len(done.new)} files")
        database.close()
        with TestClient(front_of(make_house(settings)), base_url=settings.origin) as client:
            start = time.perf_counter()
            client.get("/")
            yield Row(
                f"{size}first page after the start", f"{time.perf_counter() - start:.2f} s", "", "almanac gathered"
            )
            for page in PAGES:
                yield _page(client, page, size, target)


def _page(client: TestClient, page: str, size: str, target: str) -> Row:
    """A page made anew twenty times (another question each time), and handed out as kept."""
    sign = "&" if "?" in page else "?"
    fresh, kept = [], []
    length = len(client.get(f"{page}{sign}x=0").content)
    for n in range(TIMES):
        start = time.perf_counter()
        client.get(f"{page}{sign}x={n + 1}")
        fresh.append(time.perf_counter() - start)
        start = time.perf_counter()
        client.get(f"{page}{sign}x=0")
        kept.append(time.perf_counter() - start)
    values = f"{percentile(fresh, 0.5) * 1000:.1f} / {percentile(fresh, 0.95) * 1000:.1f} ms"
    return Row(f"{size}{page.replace(SPECIAL, '…')} p50/p95", values, target,
               f"kept {percentile(kept, 0.5) * 1000:.1f} ms; {length // 1000} kB unpacked")  # fmt: skip
