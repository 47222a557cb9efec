"""Acts per second over HTTP, from actors who act again as soon as their last act is acknowledged."""

import asyncio
import json
import time
from collections.abc import Iterator

from bench import Row, both, part
from bench.served_process import MEETING, Server, server

SECONDS = 8.0
TEXT = "The delegation files what it will say on the health of the region, in a few plain sentences. " * 6


class Actor:
    """A head of delegation on one open connection, with a minimal HTTP client, so that the server is measured."""

    def __init__(self, running: Server, number: int) -> None:
        self._port, self._number = running.port, number
        self._cookie = running.cookie(f"person-{number}")
        self.times: list[float] = []
        self.refused = 0
        self.last_refusal = ""

    async def act_until(self, end: float) -> None:
        """Act again and again."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        n = 0
        while time.monotonic() < end:
            inputs = {"meeting": MEETING, "item": "health", "language": "en", "title": f"No. {n}", "text": TEXT}
            body = json.dumps(inputs).encode()
            began = time.monotonic()
            writer.write(
                f"POST /acts/statement.filed HTTP/1.1\r\nHost: localhost:{self._port}\r\nCookie: {self._cookie}\r\n"
                f"Content-Type: application/json\r\nIdempotency-Key: {began}-{self._number}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            answer = await reader.readexactly(length)
            if head.startswith(b"HTTP/1.1 201"):
                self.times.append(time.monotonic() - began)
            else:
                self.refused += 1
                self.last_refusal = answer.decode(errors="replace")[:120]
            n += 1
        writer.close()


async def _all_act(running: Server, many: int) -> tuple[list[float], str]:
    actors = [Actor(running, n) for n in range(many)]
    end = time.monotonic() + SECONDS
    await asyncio.gather(*(actor.act_until(end) for actor in actors))
    refused = sum(actor.refused for actor in actors)
    why = next((actor.last_refusal for actor in actors if actor.last_refusal), "")
    return [t for actor in actors for t in actor.times], f"; {refused} refused: {why}" if refused else ""


def measure_acts(running: Server, name: str, target: str) -> Iterator[Row]:
    """Six actors, then sixty."""
    asyncio.run(_all_act(running, 2))  # warms up
    for many in (6, 60):
        busy = running.busy()
        times, refused = asyncio.run(_all_act(running, many))
        cost = (running.busy() - busy) / max(1, len(times)) * 1000
        note = f"p50 / p99 {both(times)}; {cost:.1f} ms of processor each{refused}"
        yield Row(f"acts per second, {many} actors, {name}", f"{len(times) / SECONDS:.0f}", target, note)


@part("acts", "Acts over HTTP (statement.filed, durable)", order=10)
def acts() -> Iterator[Row]:
    """SQLite with `synchronous=FULL`."""
    with server() as running:
        yield from measure_acts(running, "SQLite", "≥ 300")


@part("acts-postgres", "The same on PostgreSQL (fsync on)", order=11)
def acts_on_postgres() -> Iterator[Row]:
    """A private server that forces every commit to the disk."""
    from private_postgres import Server as Postgres  # noqa: PLC0415  (only where it is installed)

    postgres = Postgres(durable=True)
    try:
        with server(postgres.database()) as running:
            yield from measure_acts(running, "PostgreSQL", "")
    finally:
        postgres.stop()
