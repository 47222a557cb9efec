"""Requests per second: two workers, asked by eight connections that wait for nothing but the last answer."""

import asyncio
import time
from collections.abc import Iterator

from bench import Row, part
from bench.public_record import PAGES
from bench.serving import Server, server

CONNECTIONS, SECONDS = 8, 2.0


@part("requests", "Requests per second, two workers (the asking takes its share of the same two cores)", order=36)
def requests() -> Iterator[Row]:
    """Pages as anyone is given them: made once, kept until what the public may read changes."""
    with server(archive=True, workers=2) as running:
        for path in PAGES:
            asyncio.run(_ask(running, path, 0.5))  # both workers have it
            counted = asyncio.run(_ask(running, path, SECONDS))
            target = "" if "search" in path else "> 650"
            yield Row(path, f"{counted / SECONDS:,.0f} /s", target)


async def _ask(running: Server, path: str, seconds: float) -> int:
    until = time.monotonic() + seconds
    return sum(await asyncio.gather(*(_line(running.port, path, until) for _ in range(CONNECTIONS))))


async def _line(port: int, path: str, until: float) -> int:
    """One browser's line, kept open: how many whole answers it was given."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = (
        f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"
    ).encode()
    counted = 0
    while time.monotonic() < until:
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {head[:60]!r}")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        counted += 1
    writer.close()
    return counted
