"""For how long the event loop of a server is held, at the longest, by what is asked of it."""

import contextlib
import http.client
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench import Row, part
from bench.costly import (
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
from bench.negotiating import Opened, Room, large, propose
from bench.probed import HELD
from bench.records import record
from bench.serving import Server, server

TIMES, PROPOSALS = 7, 12
LONG = 3.0
"""Seconds; what takes longer is asked only once more."""
NOTICED = 0.01
"""Seconds; a shorter collection of garbage is not told."""
_number = itertools.count()


@dataclass
class Noted:
    """Of each time that something was asked: its seconds, the longest hold and what the loop itself worked in it."""

    took: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    collected: float = 0.0
    status: int = 0

    def note(self, running: Server, took: float) -> None:
        """It was asked, and took so long."""
        told = json.loads(running.get(HELD))
        self.took.append(took)
        self.held.append(told["held"])
        self.worked.append(told["worked"])
        self.collected = max(self.collected, told["collected"])

    def row(self, what: str) -> Row:
        """As a line of the table."""
        answered = f"; answered {self.status}" if self.status else ""
        collected = f"; garbage collected for {self.collected * 1000:.0f} ms" if self.collected > NOTICED else ""
        worked = _middle_and_most(self.worked)
        note = f"took {_middle(self.took):.0f} ms; the loop itself worked {worked}{collected}{answered}"
        return Row(f"{what}, hold p50 / max", _middle_and_most(self.held), "< 50 ms", note)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] * 1000


def _middle_and_most(values: list[float]) -> str:
    return f"{_middle(values):.1f} / {max(values) * 1000:.1f} ms"


def ask(running: Server, each: Request) -> tuple[int, bytes]:
    """Ask once, for a page as for one that is not kept; the status (0 where the line was cut) and the answer."""
    headers = {"Host": f"localhost:{running.port}", "Accept": "text/html", "Accept-Encoding": "gzip"}
    if each.who:
        headers["Cookie"] = running.cookie(each.who)
    path = f"{each.path}{'&' if '?' in each.path else '?'}x={next(_number)}" if each.body is None else each.path
    line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    try:
        with contextlib.suppress(ConnectionError):  # the server may answer and hang up before it has heard all
            line.request(each.method, path, each.body, headers | each.headers)
        answer = line.getresponse()
        return answer.status, _some(answer, each.enough) if each.enough else answer.read()
    except (ConnectionError, http.client.HTTPException):
        return 0, b""
    finally:
        line.close()


def _some(answer: http.client.HTTPResponse, enough: int) -> bytes:
    came = b""
    while len(came) < enough and (chunk := answer.read1()):
        came += chunk
    return came


def asked(running: Server, each: Request) -> Row:
    """One request some times; the first time is not counted."""
    noted, first = Noted(), Noted()
    for n in range(TIMES + 1):
        began = time.perf_counter()
        noted.status, _ = ask(running, each)
        took = time.perf_counter() - began
        (noted if n else first).note(running, took)
        if n and took > LONG:
            break
    return noted.row(each.what)


def proposed(running: Server, opened: Opened) -> Row:
    """A proposal in the text that sixty people have open."""
    noted = Noted()
    with Room(running, opened) as room:
        for each in opened.left[:2]:
            propose(room, each)
        running.get(HELD)
        for each in opened.left[2 : 2 + PROPOSALS]:
            noted.note(running, max(propose(room, each)))
    return noted.row("a proposal in the text that 60 people have open")


@part("loop", "How long the event loop is held by what is asked (late to a task that wakes every 5 ms)", order=33)
def loop() -> Iterator[Row]:
    """The public record, and a text of 400 paragraphs with 2,000 proposals, served by a process with a probe in it."""
    opened = large()
    with server(record=record(1).data, prepare=opened.prepare, command="bench.probed") as running:
        running.get("/search?q=warm")  # waits until the index stands
        yield asked(running, Request("nothing but a small page", "/terms"))
        for each in (*pages(opened), *acts()):
            yield asked(running, each)
        yield proposed(running, opened)
        for kind in (forms(), json_bodies(), uploads(), comparisons(opened), headers_and_addresses()):
            for each in kind:
                yield asked(running, each)
        _, bracketed = ask(running, Request("", f"{opened.address}/copies/brackets.docx", CHAIR))
        for each in word_files(opened, bracketed):
            yield asked(running, each)
