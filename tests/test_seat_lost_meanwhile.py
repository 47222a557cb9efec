"""A seat is given up while a request is being sent: the request can no longer act in it.

For every route with POST, the walk sends the beginning of a body as someone who may, signs that person out everywhere
and vacates the seat, and then sends the rest.
"""

import asyncio
import inspect
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from tests.rights_visitors import addresses, posting
from tests.rights_world import MEETING, World
from tests.shared_application import front_in_turn

from suhbat.application import make_pages
from suhbat.ground.clock import now
from suhbat.ground.migrations import every_table
from suhbat.people.models import Passkey
from suhbat.people.session_cookie import COOKIE, sign_in_cookie
from suhbat.record.entries import Entry
from suhbat.record.reading import entries_after

every_table()
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Request:
    """One request to the application, whose body is sent part by part."""

    def __init__(self, application: Any, path: str, cookie: str, kind: str, length: int) -> None:
        self._parts: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._waits = asyncio.Event()
        self.status, self.headers, self.body = 0, [], b""
        headers = [(b"host", b"localhost:8000"), (b"content-type", kind.encode()), (b"accept", b"text/html"),
                   (b"content-length", str(length).encode()), (b"cookie", f"{COOKIE}={cookie}".encode())]  # fmt: skip
        plain, _, query = path.partition("?")
        scope = {"type": "http", "method": "POST", "path": plain, "raw_path": plain.encode(), "http_version": "1.1",
                 "query_string": query.encode(), "headers": headers, "scheme": "http", "root_path": "",
                 "server": ("localhost", 8000), "client": ("127.0.0.1", 5000)}  # fmt: skip
        self._task = asyncio.create_task(application(scope, self._receive, self._send))

    async def send(self, part: bytes, *, more: bool) -> None:
        """Send a part of the body, and wait until the application needs more or has answered."""
        self._waits.clear()
        await self._parts.put({"type": "http.request", "body": part, "more_body": more})
        waits = asyncio.create_task(self._waits.wait())
        await asyncio.wait({waits, self._task}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        waits.cancel()

    async def answer(self) -> int:
        await asyncio.wait_for(self._task, 20)
        return self.status

    async def _receive(self) -> dict[str, Any]:
        if self._parts.empty():
            self._waits.set()
        return await self._parts.get()

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        else:
            self.body += message.get("body", b"")

    @property
    def signs_in(self) -> bool:
        return any(name == b"set-cookie" and value.startswith(f"{COOKIE}=".encode()) and b"Max-Age=0" not in value
                   and len(value.split(b";")[0]) > len(COOKIE) + 3 for name, value in self.headers)  # fmt: skip


async def late(world: World, role: str, path: str, kind: str, body: bytes) -> Request:
    """Begin a request as somebody, put that person out, and go on."""
    cookie = sign_in_cookie(world.settings, world.people[role], now())
    request = Request(front_in_turn(world.app), path, cookie, kind, len(body))
    await request.send(body[:3], more=True)
    await asyncio.to_thread(put_out, world, role)
    await request.send(body[3:], more=False)
    await request.answer()
    return request


def put_out(world: World, role: str) -> None:
    seat = world.seat(role)
    world.do("clerk", "seat.vacated", {"meeting": MEETING, "seat": seat})
    world.do(role, "person.signed_out", {})


def since_put_out(world: World, role: str) -> list[Entry]:
    """What a person did after signing out everywhere."""
    with world.app.database.reading() as session:
        own = [entry for entry in entries_after(session, 0, limit=1_000_000) if entry.actor == world.people[role]]
    last = max(number for number, entry in enumerate(own) if entry.act == "person.signed_out")
    return own[last + 1 :]


def test_no_handler_of_a_post_gets_a_viewer(world):
    handlers = {handler for route in make_pages(world.app).routes for handler in getattr(route, "route_handlers", ())}
    posts = [handler for handler in handlers if "POST" in handler.http_methods]
    assert len(posts) > 15
    for handler in handlers:
        parameters = inspect.signature(handler.fn).parameters
        if "POST" in handler.http_methods or inspect.iscoroutinefunction(handler.fn):
            assert "actor" not in parameters, handler.fn.__qualname__
        assert "data" not in parameters, f"{handler.fn.__qualname__}: acts.request_bodies reads bodies, within limits"


@pytest.mark.parametrize("role", ["secretariat", "delegate", "head"])
def test_whoever_is_put_out_meanwhile_can_act_on_no_route(world, role):
    requests = 0
    for route in posting(world):
        for path in addresses(world, route)[:1]:
            for kind, body in ((FORM, b"title=Late&text=Late&passkey=x&kept=x.y&paragraph=p&language=ru"),
                               (JSON, json.dumps({"peer": "p", "data": {}, "credential": {}}).encode())):  # fmt: skip
                request = asyncio.run(late(world, role, path, kind, body))
                done = [entry.act for entry in since_put_out(world, role)]
                assert not done, f"{path} as {role}: {done}"
                assert not request.signs_in, f"{path} as {role} signs somebody in"
                assert request.status < 500, f"{path} as {role}: {request.status}"
                requests += 1
                world.put_back()
    assert requests > 20


def test_an_act_in_a_seat_that_is_given_up_meanwhile_is_refused(world):
    inputs = {"meeting": MEETING, "title": "Late", "language": "en", "text": "Late words."}
    request = asyncio.run(late(world, "head", "/acts/statement.filed", FORM, urlencode(inputs).encode()))
    assert request.status == 403


def test_whoever_signs_out_everywhere_is_not_signed_in_again_by_removing_a_device(world):
    key = passkey_of(world)
    request = asyncio.run(late(world, "head", "/me/passkeys/remove", FORM, urlencode({"passkey": key}).encode()))
    assert request.status == 403
    assert not request.signs_in
    assert passkey_of(world) == key  # it is still there


def passkey_of(world: World) -> str:
    return str(world.one(select(Passkey.id).where(Passkey.person == world.person("head"))))
