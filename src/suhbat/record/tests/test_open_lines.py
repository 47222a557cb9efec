"""Two processes serve one meeting: each knows who has a line to the other, and signals find their way."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import BOTH

from suhbat.acts.roles_and_seats import ADMINISTRATION
from suhbat.application import make_app
from suhbat.record import open_lines
from suhbat.record.audiences import Scope
from suhbat.record.models import OpenLine, WorkerSignal
from suhbat.record.open_lines import FRESH, Signal
from suhbat.record.process_notifications import pulse, share, watch
from suhbat.record.tail import Listener

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)
MEETING, ELSEWHERE = "ca-japan/2020-08-11-special", "ca-japan/2021-later"


@pytest.fixture
def other(app, settings, clock):
    second_app = make_app(settings, clock)
    yield second_app
    second_app.database.close()


class Browser:
    """A tab that has joined the room over one process."""

    def __init__(self, app, peer: str, person: str, place: str = MEETING) -> None:
        self.app, self.peer, self.place = app, peer, place
        self.person = person
        about = {"person": person, "delegation": person[-2:].upper()}
        self.listener = Listener(place, Scope(frozenset(), frozenset()), "en", peer, person, about)
        assert app.lines.open(place, peer, person, about)
        app.tail.join(self.listener)

    def leave(self) -> None:
        self.app.tail.leave(self.listener)
        self.app.lines.lose(self.place, self.peer)

    def events(self, name: str) -> list[dict[str, Any]]:
        chunks = b"".join(self.listener.waiting).split(b"\n\n")
        head = f"event: {name}\ndata: ".encode()
        return [json.loads(chunk.removeprefix(head)) for chunk in chunks if chunk.startswith(head)]

    def sees(self) -> list[str]:
        """The peers in the last list that was sent."""
        lists = self.events("here")
        return [peer["peer"] for peer in lists[-1]["peers"]] if lists else []


async def soon(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110  (what is waited for rings no bell)
            await asyncio.sleep(0.01)


def served(*apps, story):
    """Let a story happen while these processes hear of each other."""

    async def run() -> None:
        tasks = []
        for app in apps:
            app.tail.start(asyncio.get_running_loop(), 0)
            tasks += [asyncio.create_task(watch(app.database, app.tail, app.lines))]
            tasks += [asyncio.create_task(share(app.lines))]
        try:
            await story()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(run())


def test_who_is_here_signals_and_who_is_put_out_cross_processes(app, other):
    async def story():
        japan = Browser(app, "p-jp", "head-jp")
        kazakhstan = Browser(other, "p-kz", "head-kz")
        uzbekistan = Browser(other, "p-uz", "head-uz")
        stranger = Browser(other, "p-tm", "head-tm", ELSEWHERE)
        await soon(lambda: japan.sees() == ["p-jp", "p-kz", "p-uz"] == kazakhstan.sees())
        assert app.tail.here(MEETING) == other.tail.here(MEETING)

        assert app.tail.signal(MEETING, "p-jp", "p-kz", {"description": "x" * 20_000})
        assert app.tail.signal(MEETING, "p-jp", "", {"muted": True})
        for n in range(20):
            assert other.tail.signal(MEETING, "p-uz", "p-jp", {"candidate": n})
        await soon(lambda: len(japan.events("signal")) == 20)
        await soon(lambda: len(kazakhstan.events("signal")) == 2)
        assert [each["data"] for each in japan.events("signal")] == [{"candidate": n} for n in range(20)], "in order"
        assert [len(each["data"].get("description", "")) for each in kazakhstan.events("signal")] == [20_000, 0]
        assert [each["data"] for each in uzbekistan.events("signal")] == [{"muted": True}]
        assert stranger.events("signal") == [], "not in another meeting"
        assert not app.tail.signal(MEETING, "p-jp", "p-gone", {}), "nobody has this name"

        # the seat of Uzbekistan ends: its process puts it out
        entry = app.door.perform(ADMINISTRATION, "editor.named", {"name": "Somebody"}).entry
        other.tail.put_out(uzbekistan.listener, entry)
        await soon(lambda: japan.events("gone") == [{"peers": ["p-uz"]}])
        other.lines.lose(MEETING, "p-uz")
        await soon(lambda: japan.sees() == ["p-jp", "p-kz"])
        kazakhstan.leave()
        await soon(lambda: japan.sees() == ["p-jp"])

    served(app, other, story=story)


def test_a_signal_may_be_sent_over_the_process_that_does_not_have_the_line(app, other):
    Browser(app, "p-jp", "head-jp")
    assert other.lines.has(MEETING, "p-jp", "head-jp"), "known before the first event is sent"
    assert not other.lines.has(MEETING, "p-jp", "head-kz"), "nobody sends in another's name"
    assert not other.lines.has(ELSEWHERE, "p-jp", "head-jp")


def test_nobody_takes_anothers_name_over_the_other_process(app, other, clock):
    japan = Browser(app, "p-jp", "head-jp")
    assert not other.lines.open(MEETING, "p-jp", "head-kz", {"delegation": "KZ"})
    japan.leave()
    app.lines.write_waiting()
    clock.at += timedelta(hours=3)
    assert not other.lines.open(MEETING, "p-jp", "head-kz", {"delegation": "KZ"}), "it is still Japan's tab"
    assert other.lines.open(MEETING, "p-jp", "head-jp", {"delegation": "JP"}), "which comes back over the other process"
    app.lines.lose(MEETING, "p-jp")  # the first process notices only now that its line is dead
    app.lines.write_waiting()
    assert app.lines.has(MEETING, "p-jp", "head-jp")


def test_lines_of_a_process_that_died_expire_and_names_and_signals_are_forgotten(app, other, clock, monkeypatch):
    monkeypatch.setattr(open_lines, "NAMES_KEPT", 3 * FRESH)
    Browser(other, "p-kz", "head-kz")
    japan = Browser(app, "p-jp", "head-jp")
    other.lines.send(Signal(MEETING, "gone", {"peers": ["p-kz"]}))
    other.lines.write_waiting()

    async def story():
        await soon(lambda: "p-kz" in japan.sees())
        clock.at += FRESH / 3
        await pulse(app.tail, app.lines)
        assert "p-kz" in japan.sees()
        for _ in range(2):
            clock.at += FRESH / 2
            await pulse(app.tail, app.lines)
        assert japan.sees() == ["p-jp"]
        for _ in range(4):
            clock.at += FRESH / 2
            await pulse(app.tail, app.lines)

    served(app, story=story)
    with app.database.reading() as session:
        assert [line.peer for line in session.query(OpenLine)] == ["p-jp"]
        assert session.query(WorkerSignal).count() == 0


def test_a_pulse_heals_what_was_not_written(app, clock):
    japan = Browser(app, "p-jp", "head-jp")
    app.tail.leave(japan.listener)  # and the database was away when this was to be noted
    clock.at += timedelta(seconds=30)

    async def story():
        await pulse(app.tail, app.lines)
        assert not app.lines.has(MEETING, "p-jp", "head-jp")
        app.tail.join(japan.listener)
        await pulse(app.tail, app.lines)
        assert app.lines.has(MEETING, "p-jp", "head-jp")

    served(app, story=story)
