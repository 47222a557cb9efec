"""Nobody gets the page or stream of another person: the page cache, the live stream, the ids of browser tabs."""

import asyncio
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.rights_world import MEETING, World
from tests.shared_application import front_in_turn

from suhbat.ground.clock import now
from suhbat.ground.cookies import cookie, cookie_values
from suhbat.ground.migrations import every_table
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

every_table()


def test_the_first_cookie_of_a_name_counts_in_any_header():
    headers = [(b"cookie", b'a=1; suhbat = "one" ;x'), (b"host", b"suhbat=no"), (b"cookie", b"suhbat=two; suhbat=")]
    assert cookie(headers, "suhbat") == "one"
    assert cookie_values(headers, "suhbat") == ["one", "two", ""]
    assert cookie([], "suhbat") == ""


ODD = ["suhbat=; suhbat={real}", 'suhbat=""; suhbat={real}', "suhbat ={real}", " suhbat={real}",
       "suhbat={real}; suhbat=", "x=1; suhbat={real}"]  # fmt: skip


@pytest.mark.parametrize("header", ODD)
def test_a_page_for_a_signed_in_person_is_not_cached(world, header):
    real = sign_in_cookie(world.settings, world.people["head"], now())
    with TestClient(front_in_turn(world.app), base_url="http://localhost:8000") as browser:
        for path in ("/", "/formats", f"/meetings/{MEETING}", "/ledger", "/states/KZ"):
            browser.get(path, headers={"cookie": header.format(real=real)})
            after = browser.get(path)
            assert "The head" not in after.text, path
            browser.get(path, headers=[("cookie", "suhbat="), ("cookie", f"suhbat={real}")])
            assert "The head" not in browser.get(path).text, path
            assert "The head" in browser.get(path, headers={"cookie": f"suhbat={real}"}).text, path


class Line:
    """One live stream whose reader may stop reading."""

    def __init__(self, application: Any, world: World, role: str, query: str = "peer=p&after=0") -> None:
        self.may_read, self.received, self.status = asyncio.Event(), b"", 0
        self.over = asyncio.Event()
        session = sign_in_cookie(world.settings, world.people[role], now()) if role in world.people else ""
        scope = {"type": "http", "method": "GET", "path": f"/live/{MEETING}", "query_string": query.encode(),
                 "headers": [(b"host", b"localhost:8000"), (b"cookie", f"{COOKIE}={session}".encode())]}  # fmt: skip
        self.task = asyncio.create_task(application(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        await self.may_read.wait()
        self.status = message.get("status", self.status)
        self.received += message.get("body", b"")

    async def end(self) -> None:
        self.over.set()
        await asyncio.wait_for(self.task, 10)


async def settled() -> None:
    for _ in range(60):
        await asyncio.sleep(0.01)


def test_a_stream_opened_before_a_seat_is_given_up_shows_nothing_afterwards(world):
    hidden = world.secret("participants", where="a paper filed after the seat was given up")

    async def story() -> tuple[bytes, bytes]:
        world.app.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.app)
        line = Line(application, world, "delegate")
        stays = Line(application, world, "other head", "peer=stays&after=0")
        stays.may_read.set()
        await settled()
        seat = world.seat("delegate")
        await asyncio.to_thread(world.do, "clerk", "seat.vacated", {"meeting": MEETING, "seat": seat})
        line.may_read.set()
        await settled()
        filed = {"meeting": MEETING, "title": hidden, "language": "en", "text": "Words."}
        await asyncio.to_thread(world.do, "head", "statement.filed", filed)
        await settled()
        await line.end()
        await stays.end()
        return line.received, stays.received

    put_out, stays = asyncio.run(story())
    word = hidden.split()[0].encode()
    assert put_out.startswith(b"retry: ")  # the stream was opened, as for any reader of public pages
    assert word not in put_out
    assert word in stays  # who kept the seat received it


def test_whoever_is_put_out_learns_by_whom_and_the_others_learn_it_at_once(world):
    async def story() -> tuple[bytes, bytes]:
        world.app.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.app)
        lines = [Line(application, world, "delegate", "peer=p1"), Line(application, world, "other head", "peer=p2")]
        for line in lines:
            line.may_read.set()
        await settled()
        seat = world.seat("delegate")
        await asyncio.to_thread(world.do, "clerk", "seat.vacated", {"meeting": MEETING, "seat": seat})
        await settled()
        for line in lines:
            await line.end()
        return lines[0].received, lines[1].received

    put_out, stays = asyncio.run(story())
    assert b"event: out" in put_out
    assert b"The clerk" in put_out
    assert b'event: gone\ndata: {"peers":["p1"]}' in stays
    assert b"event: out" not in stays


def test_whoever_lost_the_seat_or_the_sign_in_while_offline_learns_it_on_coming_back(world):
    async def story() -> list[bytes]:
        world.app.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.app)
        before = Line(application, world, "delegate", "peer=p1")
        before.may_read.set()
        await settled()
        await before.end()
        seat = world.seat("delegate")
        await asyncio.to_thread(world.do, "clerk", "seat.vacated", {"meeting": MEETING, "seat": seat})
        back, elsewhere = Line(application, world, "delegate", "peer=p1"), Line(application, world, "delegate", "")
        signed_out = Line(application, world, "public", "peer=p1")
        for line in (back, elsewhere, signed_out):
            line.may_read.set()
        await settled()
        for line in (back, elsewhere, signed_out):
            await line.end()
        return [before.received, back.received, elsewhere.received, signed_out.received]

    before, back, elsewhere, signed_out = asyncio.run(story())
    assert b"event: out" not in before
    assert b'event: out\ndata: {"act":"seat.vacated","by":""}' in back
    assert b"event: out" not in elsewhere  # only the page of the room has connections to close
    assert b'event: out\ndata: {"act":"person.signed_out","by":""}' in signed_out


def test_the_id_of_a_browser_tab_belongs_to_whoever_opened_it_first(world):
    async def story() -> tuple[int, int, int]:
        world.app.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.app)
        first = Line(application, world, "delegate", "peer=tab")
        first.may_read.set()
        await settled()
        thief = Line(application, world, "observer", "peer=tab")
        thief.may_read.set()
        await settled()
        own = Line(application, world, "delegate", "peer=tab")
        own.may_read.set()
        await settled()
        for line in (first, thief, own):
            await line.end()
        late = Line(application, world, "observer", "peer=tab")
        late.may_read.set()
        await settled()
        await late.end()
        return thief.status, own.status, late.status

    assert asyncio.run(story()) == (409, 200, 409)
