"""Server time of pages: the whole application is called as the server calls it, without a network between."""

import asyncio
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench import Row, part, percentile
from bench.served_process import MEETING, seat_everyone
from suhbat.acts.app import App
from suhbat.application import front_of, make_app
from suhbat.archive.folder_load import SHIPPED, load
from suhbat.ground.clock import now
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.settings import Settings
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

HELD_MEETING = "ca-japan/2020-08-11-special-video-ministerial"
TIMES = 60
PAGES = (
    ("public meeting page", f"/meetings/{HELD_MEETING}", "", "p50 < 10 ms"),
    ("public meeting page, cached for anyone", f"/meetings/{HELD_MEETING}", "cached", ""),
    ("first page", "/", "", ""),
    ("a format's page", "/formats/ca-japan", "", ""),
    ("pledge ledger", "/ledger", "", ""),
    ("search for water", "/search?q=water", "", ""),
    ("conference room, head of delegation", f"/meetings/{MEETING}/room", "person-1", ""),
    ("secretariat's desk", f"/meetings/{MEETING}/desk", "chair", ""),
)


async def fetch(application: Any, path: str, cookie: str = "") -> tuple[int, float, int]:
    """Status, seconds and bytes (compressed) of one request."""
    path, _, query = path.partition("?")
    status, size = 0, 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, size
        status = message.get("status", status)
        size += len(message.get("body", b""))

    headers = [(b"host", b"localhost:8000"), (b"accept", b"text/html"), (b"accept-encoding", b"gzip")]
    if cookie:
        headers.append((b"cookie", cookie.encode()))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "scheme": "http",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "state": {},
    }  # fmt: skip
    began = time.perf_counter()
    await application(scope, receive, send)
    return status, time.perf_counter() - began, size


@dataclass(frozen=True)
class Measured:
    """Seconds of each request by the clock, seconds of processor of each on average, queries and bytes of one."""

    times: list[float]
    processor: float
    queries: int
    size: int


async def measure_page(app: App, application: Any, path: str, reader: str) -> Measured:
    """Request a page many times; a query that is never the same twice bypasses the page cache."""
    cookie = f"{COOKIE}={sign_in_cookie(app.settings, reader, now())}" if reader not in {"", "cached"} else ""
    statements: list[str] = []
    times: list[float] = []
    size, busy = 0, 0.0
    more = "&" if "?" in path else "?"

    def note(*call: Any) -> None:
        statements.append(call[2])

    for n in range(TIMES + 3):
        if n == TIMES + 2:
            event.listen(app.database.engine, "before_cursor_execute", note)
        address = path if reader == "cached" else f"{path}{more}bench={n}"
        status, seconds, size = await fetch(application, address, cookie)
        if status != 200:  # noqa: PLR2004
            raise RuntimeError(f"{path} answered {status}")
        if n == 1:  # the first two fill the caches
            busy = time.process_time()
        if n > 1:
            times.append(seconds)
    event.remove(app.database.engine, "before_cursor_execute", note)
    return Measured(times, (time.process_time() - busy) / len(times), len(statements), size)


@part("pages", "Server time of pages (uncached; p50 / p95)", order=30)
def pages() -> Iterator[Row]:
    """The whole public record is loaded, and one meeting with six delegations is convened."""
    folder = Path(tempfile.mkdtemp(prefix="suhbat-bench-"))
    settings = Settings(data=folder, rehearsal=True)
    bring_up_to_date(settings.url)
    app = make_app(settings)
    try:
        load(app.door, SHIPPED, now().date())
        seat_everyone(app)
        application = front_of(app)
        for title, path, reader, target in PAGES:
            try:
                measured = asyncio.run(measure_page(app, application, path, reader))
            except RuntimeError as fault:
                yield Row(title, "–", target, str(fault))
                continue
            p50, p95 = percentile(measured.times, 0.5) * 1000, percentile(measured.times, 0.95) * 1000
            note = (
                f"{measured.processor * 1000:.1f} ms of processor"
                f", {measured.queries} queries, {measured.size / 1000:.1f} kB"
            )
            yield Row(title, f"{p50:.1f} / {p95:.1f} ms", target, note + " compressed")
    finally:
        app.database.close()
        shutil.rmtree(folder, ignore_errors=True)


@part("load", "First load of pages in Chromium", order=40)
def first_load() -> Iterator[Row]:
    """Bytes on the wire and requests, with an empty browser cache."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from bench.served_process import server  # noqa: PLC0415

    with server(archive=True) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for title, path, reader, _ in PAGES:
            if reader == "cached":
                continue
            context = browser.new_context()
            if reader:
                name, _, value = running.cookie(reader).partition("=")
                context.add_cookies([{"name": name, "value": value, "url": running.settings.origin}])
            page = context.new_page()
            line = context.new_cdp_session(page)
            line.send("Network.enable")
            sizes: list[float] = []
            line.on("Network.loadingFinished", lambda event_, sizes=sizes: sizes.append(event_["encodedDataLength"]))
            page.goto(running.settings.origin + re.sub(r"\?$", "", path), wait_until="load")
            page.wait_for_timeout(500)
            target = "< 60 kB" if title == "public meeting page" else ""
            yield Row(f"{title}", f"{sum(sizes) / 1000:.1f} kB", target, f"{len(sizes)} requests")
            context.close()
        browser.close()
