"""The longest time for which each kind of request holds the event loop of a server."""

import contextlib
import http.client
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench import Row, part
from bench.costly_requests import (
    CHAIR,
    Request,
    acts,
    comparisons,
    forms,
    headers_and_addresses,
    json_bodies,
    pages,
    uploads,
    word_files,
)
from bench.probed_server import HOLDS_PATH
from bench.proposal_latency import Opened, Room, large, propose
from bench.public_record_sizes import record
from bench.served_process import Server, server

TIMES, PROPOSALS = 7, 12
LONG = 3.0
"""Seconds; a request that takes longer is sent only once more."""
NOTICED = 0.01
"""Seconds; a shorter garbage collection is not reported."""
_number = itertools.count()


@dataclass
class Holds:
    """For each sending of a request: its seconds, the longest hold, and how long the loop worked in it."""

    took: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    collected: float = 0.0
    status: int = 0

    def note(self, running: Server, took: float) -> None:
        """Add one sending that took this long, with what the probe measured."""
        probe = json.loads(running.get(HOLDS_PATH))
        self.took.append(took)
        self.held.append(probe["held"])
        self.worked.append(probe["worked"])
        self.collected = max(self.collected, probe["collected"])

    def row(self, label: str) -> Row:
        """As a line of the table."""
        answered = f"; answered {self.status}" if self.status else ""
        collected = f"; garbage collected for {self.collected * 1000:.0f} ms" if self.collected > NOTICED else ""
        worked = _middle_and_most(self.worked)
        note = f"took {_middle(self.took):.0f} ms; the loop itself worked {worked}{collected}{answered}"
        return Row(f"{label}, hold p50 / max", _middle_and_most(self.held), "< 50 ms", note)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] * 1000


def _middle_and_most(values: list[float]) -> str:
    return f"{_middle(values):.1f} / {max(values) * 1000:.1f} ms"


def ask(running: Server, request: Request) -> tuple[int, bytes]:
    """Send once, a page so that it is not cached; the status (0 where the connection was cut) and the answer."""
    headers = {"Host": f"localhost:{running.port}", "Accept": "text/html", "Accept-Encoding": "gzip"}
    if request.person:
        headers["Cookie"] = running.cookie(request.person)
    path = (
        f"{request.path}{'&' if '?' in request.path else '?'}x={next(_number)}"
        if request.body is None
        else request.path
    )
    line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    try:
        with contextlib.suppress(ConnectionError):  # the server may answer and close before it has read everything
            line.request(request.method, path, request.body, headers | request.headers)
        answer = line.getresponse()
        return answer.status, _some(answer, request.enough) if request.enough else answer.read()
    except (ConnectionError, http.client.HTTPException):
        return 0, b""
    finally:
        line.close()


def _some(answer: http.client.HTTPResponse, enough: int) -> bytes:
    came = b""
    while len(came) < enough and (chunk := answer.read1()):
        came += chunk
    return came


def measured_request(running: Server, request: Request) -> Row:
    """Send one request several times; the first time is not counted."""
    holds, first = Holds(), Holds()
    for n in range(TIMES + 1):
        began = time.perf_counter()
        holds.status, _ = ask(running, request)
        took = time.perf_counter() - began
        (holds if n else first).note(running, took)
        if n and took > LONG:
            break
    return holds.row(request.label)


def measured_proposal(running: Server, opened: Opened) -> Row:
    """A proposal in the text that sixty people have open."""
    holds = Holds()
    with Room(running, opened) as room:
        for proposal in opened.to_propose[:2]:
            propose(room, proposal)
        running.get(HOLDS_PATH)
        for proposal in opened.to_propose[2 : 2 + PROPOSALS]:
            holds.note(running, max(propose(room, proposal)))
    return holds.row("a proposal in the text that 60 people have open")


@part("loop", "How long the event loop is held by requests (delay of a task that wakes every 5 ms)", order=33)
def loop() -> Iterator[Row]:
    """The public record, and a text of 400 paragraphs with 2,000 proposals, served by a process with a probe in it."""
    opened = large()
    with server(record=record(1).data, prepare=opened.prepare, command="bench.probed_server") as running:
        running.get("/search?q=warm")  # waits until the index stands
        yield measured_request(running, Request("nothing but a small page", "/terms"))
        for request in (*pages(opened), *acts()):
            yield measured_request(running, request)
        yield measured_proposal(running, opened)
        for kind in (forms(), json_bodies(), uploads(), comparisons(opened), headers_and_addresses()):
            for request in kind:
                yield measured_request(running, request)
        _, bracketed = ask(running, Request("", f"{opened.address}/copies/brackets.docx", CHAIR))
        for request in word_files(opened, bracketed):
            yield measured_request(running, request)
