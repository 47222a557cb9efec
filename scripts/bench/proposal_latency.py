"""How soon a proposal is on the screens of sixty people who have the text open, and how soon its pages are drawn."""

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Self

from scripts.negotiations_of_the_data import example

from bench import Row, both, part
from bench.served_process import MEETING, STATES, Server, server
from bench.text_operations import work
from suhbat.acts.app import App
from suhbat.people.queries import actor_for
from suhbat.texts.wording.word_difference import difference

SCREENS, PEOPLE, PROPOSALS, TAKEN = 5, 60, 30, 10
PATIENCE = 5.0


@dataclass(frozen=True)
class NextProposal:
    """A proposal that is still to be made, and the words that it adds."""

    by: str
    paragraph: str
    wording: str
    words: str


@dataclass
class Opened:
    """The text, with all but the last of its proposals made."""

    title: str
    pasted: str
    proposals: list[tuple[str, int, str, str]]
    """Delegation, place of the paragraph, its base, the wording."""
    name: str = ""
    to_propose: list[NextProposal] = field(default_factory=list)

    def prepare(self, app: App) -> None:
        """Open the text and propose in it before the server starts."""
        with app.database.reading() as session:
            people = {state: actor_for(session, f"person-{n}") for n, state in enumerate(STATES)}
            chair = actor_for(session, "chair")
        inputs = {"meeting": MEETING, "title": self.title, "paragraphs": self.pasted}
        body = app.door.perform(chair, "text.opened", inputs).entry.body
        self.name = body["text"]
        for n, (by, place, base, wording) in enumerate(self.proposals):
            paragraph = body["paragraphs"][place]["id"]
            if n >= len(self.proposals) - PROPOSALS:
                added = ["".join(edit.words).strip() for edit in difference(base, wording)]
                self.to_propose.append(NextProposal(by, paragraph, wording, max(added, key=len)))
            else:
                proposal_inputs = {"meeting": MEETING, "text": self.name, "paragraph": paragraph, "revision": 1}
                app.door.perform(people[by], "proposal.made", proposal_inputs | {"wording": wording})

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"/meetings/{MEETING}/texts/{self.name}"


def small() -> Opened:
    """The action plan of 60 paragraphs with its 200 proposals."""
    plan = example("action-plan")
    places = {label: n for n, label in enumerate(plan.paragraphs)}
    proposals = [(move.by, places[move.label], plan.paragraphs[move.label], move.wording) for move in plan.moves]
    return Opened(plan.title, plan.pasted, proposals)


def large() -> Opened:
    """400 paragraphs with 2,000 proposals."""
    texts = work(example("action-plan"), 400, 2_000)
    rows = [
        (proposal.holders[0], n, base, proposal.wording)
        for n, (base, proposals) in enumerate(texts)
        for proposal in proposals
    ]
    return Opened("Action Plan", "\n\n".join(base for base, _ in texts), rows)


@dataclass
class Screen:
    """A browser with the text open, like the page's own script: updates come by the event stream, or on request."""

    port: int
    cookie: str
    address: str
    as_of: int = 0
    requests: int = 0
    updates: list[tuple[float, int, str]] = field(default_factory=list)
    """When each update came, as of which entry, and its HTML."""

    async def follow(self, ready: Callable[[], None]) -> None:
        """Open the page and its event stream, and follow until the stream ends."""
        self._note_update(await self._get(self.address))
        name = self.address.rpartition("/")[2]
        path = f"/live/{MEETING}?screen=text:{name}&as_of={self.as_of}"
        stream, writer = await self._ask(path, "text/event-stream")
        event = ""
        try:
            while line := await stream.readline():
                if line.startswith(b"retry"):
                    ready()
                event = line[7:].decode().strip() if line.startswith(b"event: ") else event
                if event == "news" and line.startswith(b"data: "):
                    await self._news(json.loads(line[6:]))
        finally:
            writer.close()

    async def _news(self, news: dict[str, Any]) -> None:
        if news["as_of"] <= self.as_of:
            return
        if news["html"] and news["since"] <= self.as_of:
            self._note_update(news["html"])
            return
        self.requests += 1
        html = await self._get(f"{self.address}/news?since={self.as_of}") if news["since"] > self.as_of else ""
        self._note_update(html or await self._get(self.address))

    def _note_update(self, html: str) -> None:
        self.as_of = int(html.partition('data-as-of="')[2].partition('"')[0])
        self.updates.append((time.monotonic(), self.as_of, html))

    async def _get(self, path: str) -> str:
        reader, writer = await self._ask(path, "text/html", close=True)
        body = (await reader.read()).decode()
        writer.close()
        return body

    async def _ask(self, path: str, accept: str, *, close: bool = False) -> Any:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=16 * 1024 * 1024)
        more = "Connection: close\r\n" if close else ""
        head = f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {self.cookie}\r\nAccept: {accept}\r\n"
        writer.write(f"{head}{more}\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        return reader, writer

    def time_of(self, number: int, paragraph: str, words: str) -> float | None:
        """When the paragraph with these words was there, as of this entry or later."""
        for at, as_of, html in self.updates:
            if as_of >= number:
                article = html.partition(f'id="p-{paragraph}"')[2].partition("</article>")[0]
                if words in unescape(article):
                    return at
        return None


class Room:
    """Sixty screens, followed by a loop in a thread of its own."""

    def __init__(self, running: Server, opened: Opened) -> None:
        self._running, self._opened = running, opened
        cookies = [running.cookie(f"person-{n}") for n in range(PEOPLE)]
        self.screens = [Screen(running.port, cookies[n], opened.address) for n in range(PEOPLE)]
        self._ready = threading.Semaphore(0)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._tasks: list[asyncio.Task[None]] = []

    def __enter__(self) -> Self:
        self._thread.start()
        for _ in self.screens:
            if not self._ready.acquire(timeout=60):
                raise RuntimeError("not everyone came in")
        time.sleep(1)
        return self

    def __exit__(self, *_: object) -> None:
        for task in self._tasks:
            self._loop.call_soon_threadsafe(task.cancel)
        self._thread.join(10)

    def _follow(self) -> None:
        self._tasks = [self._loop.create_task(screen.follow(self._ready.release)) for screen in self.screens]
        self._loop.run_until_complete(asyncio.wait(self._tasks))
        self._loop.close()

    def spread(self, person: str, act: str, inputs: dict[str, Any], paragraph: str, words: str) -> list[float]:
        """Seconds from pressing the button until each screen has it, in the order of the screens."""
        for screen in self.screens:
            screen.updates.clear()
        began = time.monotonic()
        number = perform(self._running, person, act, {"text": self._opened.name, **inputs})
        until = began + PATIENCE
        while time.monotonic() < until and not all(
            screen.updates and screen.as_of >= number for screen in self.screens
        ):
            time.sleep(0.005)
        time.sleep(0.25)
        return [(screen.time_of(number, paragraph, words) or until) - began for screen in self.screens]


def perform(running: Server, person: str, name: str, inputs: dict[str, Any]) -> int:
    """Act over HTTP; returns the number of the entry."""
    line = http.client.HTTPConnection("localhost", running.port, timeout=30)
    headers = {"Cookie": running.cookie(person), "Content-Type": "application/json", "Accept": "application/json"}
    line.request("POST", f"/acts/{name}", json.dumps({"meeting": MEETING, **inputs}), headers)
    answer = json.loads(line.getresponse().read())
    line.close()
    if "entry" not in answer:
        raise RuntimeError(str(answer))
    return int(answer["entry"]["number"])


def propose(room: Room, proposal: NextProposal) -> list[float]:
    """Make a proposal; returns the seconds until each screen has it."""
    inputs = {"paragraph": proposal.paragraph, "revision": 1, "wording": proposal.wording}
    return room.spread(
        f"person-{STATES.index(proposal.by)}", "proposal.made", inputs, proposal.paragraph, proposal.words
    )


def spread(opened: Opened, workers: int, label: str) -> Iterator[Row]:
    """Thirty proposals, one after another; the first two warm up. The proposers' own screens are not counted."""
    with server(workers=workers, prepare=opened.prepare) as running, Room(running, opened) as room:
        for proposal in opened.to_propose[:2]:
            propose(room, proposal)
        busy, requests = running.busy(), sum(screen.requests for screen in room.screens)
        drawn = [propose(room, proposal)[len(STATES) :] for proposal in opened.to_propose[2:]]
        cost = (running.busy() - busy) / len(drawn) * 1000
        requests = sum(screen.requests for screen in room.screens) - requests
    five = [took for times in drawn for took in times[:SCREENS]]
    every = [took for times in drawn for took in times]
    lost = sum(took >= PATIENCE - 1 for took in every)
    note = f"{len(five)} drawings" + (f"; {lost} never" if lost else "")
    yield Row(f"button → on five other screens, {label}, p50 / p99", both(five), "p99 < 200 ms", note)
    note = f"{cost:.0f} ms of the server's processor for each proposal; {requests} requests by the screens"
    yield Row(f"button → on all {PEOPLE}, {label}, p50 / p99", both(every), "", note)


@part("proposal", "A proposal on the screens of a text that 60 people have open", order=31)
def proposal() -> Iterator[Row]:
    """From the moment a delegate presses the button until the paragraph with the new brackets is at the others.

    Sixty signed-in people of six delegations, each with the page and a live line open. The changed paragraph as HTML,
    with the very words that were added, has to be there.
    """
    yield from spread(small(), 1, "60 × 200, one worker")
    yield from spread(small(), 2, "60 × 200, two workers")
    yield from spread(large(), 1, "400 × 2,000, one worker")
