"""How soon everyone on the live channel has an act, and how much memory a listener takes."""

import http.client
import json
import re
import select
import socket
import time
from collections.abc import Iterator

from bench import Row, both, part
from bench.served_process import MEETING, Server, server

ID = re.compile(rb"id: (\d+)\n")
SIZES = ((6, ""), (1000, "p99 < 50 ms"), (5000, "p99 < 200 ms"))
ACTS = 12


class Listeners:
    """Open connections, read by one loop that notes when each event arrived."""

    def __init__(self, running: Server) -> None:
        self._poll = select.epoll()
        self._lines: dict[int, socket.socket] = {}
        self._request = (
            f"GET /live/{MEETING} HTTP/1.1\r\nHost: localhost:{running.port}\r\n"
            f"Cookie: {running.cookie('person-1')}\r\n"
            "Accept: text/event-stream\r\n\r\n"
        ).encode()
        self._port = running.port

    def open(self, many: int) -> None:
        """Open connections until there are `many`, a few at a time, each confirmed by its first bytes."""
        while len(self._lines) < many:
            fresh = [self._connect() for _ in range(min(50, many - len(self._lines)))]
            for line in fresh:
                while b"retry" not in line.recv(4096):
                    pass
                line.settimeout(0)
                self._lines[line.fileno()] = line
                self._poll.register(line.fileno(), select.EPOLLIN)

    def _connect(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self._port), timeout=20)
        line.sendall(self._request)
        return line

    def receive(self, number: int, until: float) -> list[float]:
        """The instants at which the connections received this entry; waits no longer than `until`."""
        arrivals: list[float] = []
        mark = b"id: %d\n" % number
        while len(arrivals) < len(self._lines) and (remaining := until - time.monotonic()) > 0:
            for fd, _ in self._poll.poll(remaining, 512):
                chunk = self._lines[fd].recv(65536)
                if mark in chunk:
                    arrivals.append(time.monotonic())
        return arrivals

    def close(self) -> None:
        """Close every connection."""
        for line in self._lines.values():
            line.close()
        self._poll.close()


class FloorRequester:
    """A head of delegation who requests the floor and withdraws the request, on one connection."""

    def __init__(self, running: Server) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
        self._headers = {"Cookie": running.cookie("person-0"), "Content-Type": "application/json"}
        self._headers["Host"] = f"localhost:{running.port}"

    def act(self, name: str, **inputs: str) -> tuple[dict[str, object], float]:
        """Act; returns the entry and the instant of its acknowledgement."""
        self._line.request("POST", f"/acts/{name}", json.dumps({"meeting": MEETING, **inputs}), self._headers)
        answer = self._line.getresponse()
        at = time.monotonic()
        content = json.loads(answer.read())
        if answer.status != 201:  # noqa: PLR2004
            raise RuntimeError(str(content))
        return content["entry"], at


def one_act_a_second(listeners: Listeners, requester: FloorRequester) -> tuple[list[float], float]:
    """Delays of every delivery in seconds after the acknowledgement, and how many did not arrive in time."""
    delays: list[float] = []
    lost = 0
    request = ""
    for n in range(ACTS):
        began = time.monotonic()
        if n % 2 == 0:
            entry, at = requester.act("floor.requested", item="health")
            request = str(entry["body"]["request"])  # type: ignore[index]
        else:
            entry, at = requester.act("floor.request_withdrawn", request=request)
        arrivals = listeners.receive(int(str(entry["number"])), at + 2)
        lost += len(listeners._lines) - len(arrivals)  # noqa: SLF001
        if n > 1:  # the first two warm up
            delays += [max(0.0, instant - at) for instant in arrivals]
        time.sleep(max(0, began + 1 - time.monotonic()))
    return delays, lost


@part("live", "Live channel, one process, one act per second", order=20)
def live() -> Iterator[Row]:
    """From an act's acknowledgement until 6, 1,000 and 5,000 listeners have it."""
    with server() as running:
        requester, listeners = FloorRequester(running), Listeners(running)
        before, earlier = running.memory(), 0
        try:
            for many, target in SIZES:
                listeners.open(many)
                memory = (running.memory() - before) / (many - earlier) / 1000
                delays, lost = one_act_a_second(listeners, requester)
                note = f"{lost} not within 2 s" if lost else ""
                yield Row(f"acknowledged → {many:,} listeners have it, p50 / p99", both(delays), target, note)
                if many > 6:  # noqa: PLR2004
                    yield Row(f"memory per listener, {many:,}", f"{memory:.1f} kB", "≤ 30 kB")
                before, earlier = running.memory(), many
        finally:
            listeners.close()
