"""Pages and lines of one person are never another's: the page cache, the live line, the names of browser tabs."""

import asyncio
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.built_once import front_in_turn
from tests.rights_world import MEETING, World

from suhbat.ground.cookies import cookie, cookies_called
from suhbat.ground.migrations import every_table
from suhbat.people.signing import COOKIE, sign_in_cookie

every_table()


def test_the_first_cookie_of_a_name_counts_in_whatever_header_it_stands():
    headers = [(b"cookie", b'a=1; suhbat = "one" ;x'), (b"host", b"suhbat=no"), (b"cookie", b"suhbat=two; suhbat=")]
    assert cookie(headers, "suhbat") == "one"
    assert cookies_called(headers, "suhbat") == ["one", "two", ""]
    assert cookie([], "suhbat") == ""


ODD = ["suhbat=; suhbat={real}", 'suhbat=""; suhbat={real}', "suhbat ={real}", " suhbat={real}",
       "suhbat={real}; suhbat=", "x=1; suhbat={real}"]  # fmt: skip


@pytest.mark.parametrize("header", ODD)
def test_a_page_that_is_drawn_for_a_person_is_kept_for_nobody(world, header):
    real = sign_in_cookie(world.settings, world.people["head"])
    with TestClient(front_in_turn(world.house), base_url="http://localhost:8000") as browser:
        for path in ("/", "/formats", f"/meetings/{MEETING}", "/ledger", "/states/KZ"):
            browser.get(path, headers={"cookie": header.format(real=real)})
            after = browser.get(path)
            assert "The head" not in after.text, path
            browser.get(path, headers=[("cookie", "suhbat="), ("cookie", f"suhbat={real}")])
            assert "The head" not in browser.get(path).text, path
            assert "The head" in browser.get(path, headers={"cookie": f"suhbat={real}"}).text, path


class Line:
    """One live line whose reader may stop reading."""

    def __init__(self, application: Any, world: World, role: str, query: str = "peer=p&after=0") -> None:
        self.may_read, self.said, self.status = asyncio.Event(), b"", 0
        self.over = asyncio.Event()
        cookie_of = sign_in_cookie(world.settings, world.people[role]) if role in world.people else ""
        scope = {"type": "http", "method": "GET", "path": f"/live/{MEETING}", "query_string": query.encode(),
                 "headers": [(b"host", b"localhost:8000"), (b"cookie", f"{COOKIE}={cookie_of}".encode())]}  # fmt: skip
        self.task = asyncio.create_task(application(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        await self.may_read.wait()
        self.status = message.get("status", self.status)
        self.said += message.get("body", b"")

    async def end(self) -> None:
        self.over.set()
        await asyncio.wait_for(self.task, 10)


async def settled() -> None:
    for _ in range(60):
        await asyncio.sleep(0.01)


def test_a_line_that_is_asked_for_before_a_seat_is_given_up_shows_nothing_afterwards(world):
    hidden = world.secret("participants", where="a paper filed after the seat was given up")

    async def story() -> tuple[bytes, bytes]:
        world.house.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.house)
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
        return line.said, stays.said

    said, told = asyncio.run(story())
    word = hidden.split()[0].encode()
    assert said.startswith(b"retry: ")  # the line was opened, for a reader of public pages
    assert word not in said
    assert word in told  # there was something to be shown


def test_whoever_is_put_out_is_told_by_whom_and_the_others_at_once_that_this_one_is_gone(world):
    async def story() -> tuple[bytes, bytes]:
        world.house.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.house)
        lines = [Line(application, world, "delegate", "peer=p1"), Line(application, world, "other head", "peer=p2")]
        for line in lines:
            line.may_read.set()
        await settled()
        seat = world.seat("delegate")
        await asyncio.to_thread(world.do, "clerk", "seat.vacated", {"meeting": MEETING, "seat": seat})
        await settled()
        for line in lines:
            await line.end()
        return lines[0].said, lines[1].said

    put_out, stays = asyncio.run(story())
    assert b"event: out" in put_out
    assert b"The clerk" in put_out
    assert b'event: gone\ndata: {"peers":["p1"]}' in stays
    assert b"event: out" not in stays


def test_whoever_lost_the_seat_or_the_sign_in_while_the_line_was_away_is_told_on_coming_back(world):
    async def story() -> list[bytes]:
        world.house.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.house)
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
        return [before.said, back.said, elsewhere.said, signed_out.said]

    before, back, elsewhere, signed_out = asyncio.run(story())
    assert b"event: out" not in before
    assert b'event: out\ndata: {"act":"seat.vacated","by":""}' in back
    assert b"event: out" not in elsewhere  # a page that is not the room's has nothing to close
    assert b'event: out\ndata: {"act":"person.signed_out","by":""}' in signed_out


def test_the_name_of_a_browser_tab_belongs_to_whoever_opened_it_first(world):
    async def story() -> tuple[int, int, int]:
        world.house.tail.start(asyncio.get_running_loop(), world.size)
        application = front_in_turn(world.house)
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
