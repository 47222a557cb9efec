"""Requests per second: two workers, eight connections that send again as soon as they have the answer."""

import asyncio
import itertools
import time
from collections.abc import Iterator

from bench import Row, part
from bench.public_pages import PAGES, SPECIAL
from bench.public_record_sizes import records
from bench.served_process import Server, server

CONNECTIONS, SECONDS = 8, 2.0
_number = itertools.count()


@part("requests", "Requests per second, two workers (the requests are made on the same two cores)", order=36)
def requests() -> Iterator[Row]:
    """Public pages from the cache, and each without it."""
    for loaded in records():
        with server(record=loaded.data, workers=2) as running:
            asyncio.run(_ask(running, "/search?q=warm", 3.0, fresh=True))  # both workers have gathered everything
            for path in PAGES:
                asyncio.run(_ask(running, path, 0.5))  # both workers have it
                cached = asyncio.run(_ask(running, path, SECONDS)) / SECONDS
                busy = running.busy()
                counted = asyncio.run(_ask(running, path, SECONDS, fresh=True))
                cost = (running.busy() - busy) / max(1, counted)
                # What the workers could do if each had a core of its own.
                note = f"uncached {counted / SECONDS:,.0f} /s; a core each would make {2 / max(cost, 1e-6):,.0f} /s"
                yield Row(f"{loaded.name}{path.replace(SPECIAL, '…')}, cached", f"{cached:,.0f} /s", "> 650", note)


async def _ask(running: Server, path: str, seconds: float, *, fresh: bool = False) -> int:
    until = time.monotonic() + seconds
    return sum(await asyncio.gather(*(_line(running.port, path, until, fresh=fresh) for _ in range(CONNECTIONS))))


async def _line(port: int, path: str, until: float, *, fresh: bool) -> int:
    """One browser's connection: how many whole answers it received. `fresh`: never the same query twice."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    rest = f" HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"
    sign = "&" if "?" in path else "?"
    counted = 0
    while time.monotonic() < until:
        address = f"{path}{sign}x={next(_number)}" if fresh else path
        writer.write(f"GET {address}{rest}".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {head[:60]!r}")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        counted += 1
    writer.close()
    return counted
