"""Bodies of requests: no route reads too much of one, and deep, long or numerous contents break nothing."""

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.rights_visitors import addresses, posting, routes
from tests.rights_world import World
from tests.shared_application import front_in_turn

from suhbat.acts.inputs import MOST_FAULTS, read_input
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import FILE, MOST_FIELDS
from suhbat.ground.clock import now
from suhbat.ground.migrations import every_table
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

every_table()
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
CHUNK = 64 * 1024
pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture(scope="module")
def world(planted: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for the whole file."""
    copied = planted.copied(tmp_path_factory.mktemp("bodies"))
    copied.notes["application"] = front_in_turn(copied.app)
    yield copied
    copied.app.database.close()


class Endless:
    """A body that goes on as long as it is read; `bytes_read` counts."""

    def __init__(self, part: bytes, most: int) -> None:
        self.part, self.bytes_left, self.bytes_read = part, most, 0

    async def __call__(self) -> dict[str, Any]:
        self.bytes_left -= len(self.part)
        self.bytes_read += len(self.part)
        return {"type": "http.request", "body": self.part, "more_body": self.bytes_left > 0}


def ask(world: World, path: str, kind: str, receive: Any, role: str = "", more_headers: Any = ()) -> tuple[int, bytes]:
    cookie = sign_in_cookie(world.settings, world.people[role], now()) if role else ""
    messages: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    headers = [(b"host", b"localhost:8000"), (b"content-type", kind.encode()), (b"accept", b"application/json"),
               (b"cookie", f"{COOKIE}={cookie}".encode()), *more_headers]  # fmt: skip
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "http_version": "1.1",
             "query_string": b"", "headers": headers, "scheme": "http", "root_path": "",
             "server": ("localhost", 8000), "client": ("127.0.0.1", 5000)}  # fmt: skip
    asyncio.run(world.notes["application"](scope, receive, send))
    return messages[0]["status"], b"".join(message.get("body", b"") for message in messages[1:])


def whole(body: bytes) -> Any:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def every_route(world: World) -> list[str]:
    paths = [path for route in posting(world) for path in addresses(world, route)[:1]]
    return [*paths, *(f"/acts/{name}" for name in sorted(REGISTRY))]


@pytest.mark.parametrize(("role", "kind"), [("", FORM), ("", JSON), ("secretariat", FORM), ("head", JSON)])
def test_no_route_reads_without_end(world, role, kind):
    paths = every_route(world)
    assert len(paths) > 100
    for path in paths:
        body = Endless(b"a=1&" * (CHUNK // 4), 3 * FILE)
        status, _ = ask(world, path, kind, body, role)
        assert 400 <= status < 500 or body.bytes_read <= CHUNK, f"{path}: {status}"
        assert body.bytes_read <= FILE + 2 * CHUNK, f"{path}: {body.bytes_read} bytes were read"


def test_a_body_with_a_large_content_length_is_refused_before_it_is_read(world):
    body = Endless(b"x" * CHUNK, FILE)
    status, _ = ask(world, "/acts/statement.filed", FORM, body, "head", [(b"content-length", b"99999999")])
    assert (status, body.bytes_read) == (413, 0)


def test_a_file_is_refused_for_an_act_without_files_and_without_a_seat_for_the_act(world):
    for path, role in (("/acts/paper.filed", ""), ("/acts/statement.filed", "head")):
        body = Endless(b"x" * CHUNK, FILE)
        status, _ = ask(world, path, "multipart/form-data; boundary=b", body, role)
        assert 400 <= status < 500, path
        assert body.bytes_read <= 5 * CHUNK, path


@pytest.mark.parametrize("body", [
    b"a=1&" * 120_000, b"&".join(b"f%d=1" % n for n in range(MOST_FIELDS + 1)), b"a.b." * 60_000 + b"=1",
    b"=" * 100_000, b"%zz" * 50_000 + b"=1", b"\xff" * 1_000, b"a=%ff",
])  # fmt: skip
@pytest.mark.parametrize(("path", "most"), [
    ("/acts/person.signed_out", 100_000), ("/acts/statement.filed", 100_000),
    ("/acts/meeting.convened", 160_000),  # the form alone has 140 kB: every state and organisation in five lists
])  # fmt: skip
def test_a_form_with_too_much_of_anything_is_refused(world, body, path, most):
    for role in ("", "secretariat"):
        status, answer = ask(world, path, FORM, whole(body), role)
        assert status in {403, 413, 422}, status
        assert len(answer) < most


@pytest.mark.parametrize("body", [
    b"[" * 100_000, b'{"a":' * 50_000, b'{"a":1,"a":2}', b"\xff\xfe", b'{"a":NaN}', b'"text"', b"",
    b"{" + b'"a":1,' * 9, json.dumps({"title": "x" * 70_000}).encode(), json.dumps({"n": 10**400}).encode(),
])  # fmt: skip
def test_malformed_json_is_refused_everywhere(world, body):
    for number, path in enumerate(every_route(world)):
        for role in ("head",) if number % 3 else ("", "head"):
            status, _ = ask(world, path, JSON, whole(body), role)
            assert status < 500, f"{path} as {role or 'nobody'}: {status}"


@pytest.mark.parametrize("body", [
    json.dumps({str(n): n for n in range(14_000)}).encode(),
    b'{"text":[' + b"1e99," * 40_000 + b"1]}",
])  # fmt: skip
def test_of_thousands_of_faults_a_hundred_are_shown_and_none_is_looked_for_on_the_event_loop(world, body, monkeypatch):
    on_the_loop: list[bool] = []

    def noting(*arguments: Any, **options: Any) -> Any:
        on_the_loop.append(threading.current_thread() is threading.main_thread())
        return read_input(*arguments, **options)

    monkeypatch.setattr("suhbat.acts.pages.read_input", noting)
    status, answer = ask(world, "/acts/statement.filed", JSON, whole(body), "head")
    assert status == 422
    assert MOST_FAULTS <= len(json.loads(answer)["fields"]) < MOST_FAULTS + 20
    assert on_the_loop == [False]


@pytest.mark.parametrize("name", ["cookie", "accept-language", "x-anything"])
def test_headers_that_are_too_long_are_refused(world, name):
    with TestClient(front_in_turn(world.app), base_url="http://localhost:8000") as browser:
        assert browser.get("/formats", headers={name: "a=;" * 2_000}).status_code == 200
        assert browser.get("/formats", headers={name: "a=;" * 20_000}).status_code == 431
        assert browser.get("/formats?" + "a=1&" * 10_000).status_code == 431


@pytest.mark.parametrize("path", [
    "/sitemap/99999999999999999999999", "/ledger?at_least=9" + "9" * 30 + "&currency=JPY",
    "/record/9" + "9" * 30, "/changes?page=9" + "9" * 30, "/search?q=water&page=" + "9" * 5000,
    "{text}/changes?from=99999999999999999999999", "{text}/news?since=99999999999999999999999",
    "{text}/copies/en.txt?keeper=KZ%22%3B+filename%3D%22evil.html", "{text}/copies/en.txt?keeper=KZ%0D%0ASet-Cookie:a",
    "{text}/copies/en.txt?keeper=%E6%97%A5%E6%9C%AC",
])  # fmt: skip
def test_absurd_numbers_and_names_in_an_address_do_no_harm(world, path):
    every = [address for route in routes(world) for address in addresses(world, route)]
    text = next(address.removesuffix("/board") for address in every if address.endswith("/board"))
    with TestClient(front_in_turn(world.app), base_url="http://localhost:8000") as browser:
        browser.cookies.set(COOKIE, sign_in_cookie(world.settings, world.people["head"], now()))
        answer = browser.get(path.replace("{text}", text))
    assert answer.status_code in {200, 400, 403, 404, 422}, answer.status_code
    assert "evil" not in answer.headers.get("content-disposition", "")
