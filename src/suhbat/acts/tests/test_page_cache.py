"""Cached public pages: rendered once, again after the next entry, and never one reader's page for another reader."""

import gzip
from itertools import count
from typing import Any

import pytest
from litestar import Litestar, get
from litestar.response import Redirect, Response, Stream
from litestar.testing import TestClient

from suhbat.acts.page_cache import PageCache, cacheable
from suhbat.acts.request_bodies import AnyRequest
from suhbat.ground.language import set_language


class Record:
    newest: int = 7


@pytest.fixture
def record():
    return Record()


@pytest.fixture
def client(record):
    renderings = count(1)

    @get("/page", sync_to_thread=False)
    def page(request: AnyRequest) -> Response[str]:
        reader = request.cookies.get("suhbat", "anyone")
        return cacheable(Response(f"{reader} {next(renderings)} " + "words " * 200, media_type="text/html"))

    @get("/own", sync_to_thread=False)
    def own() -> Response[str]:
        return Response(f"{next(renderings)}", media_type="text/html")

    @get("/brief", sync_to_thread=False)
    def brief() -> Response[str]:
        return cacheable(Response(f"{next(renderings)}"), seconds=0)

    @get("/moved", sync_to_thread=False)
    def moved() -> Redirect:
        return cacheable(Redirect("/page"))

    @get("/cookie", sync_to_thread=False)
    def cookie() -> Response[str]:
        response = cacheable(Response(f"{next(renderings)}"))
        response.set_cookie("a", "b")
        return response

    @get("/stream", sync_to_thread=False)
    def stream() -> Stream:
        return cacheable(Stream(iter([b"a", b"b", b"c"])))

    async def newest() -> int:
        return int(record.newest)

    pages: Any = PageCache(Litestar([page, own, brief, moved, cookie, stream]), newest, "suhbat")  # type: ignore[arg-type]

    async def front(scope: Any, receive: Any, send: Any) -> None:
        set_language(dict(scope["headers"]).get(b"x-language", b"en").decode() if "headers" in scope else "en")
        await pages(scope, receive, send)

    with TestClient(front, base_url="http://localhost:8000") as browser:
        yield browser


def first_words(answer):
    return answer.text[:9].split()[:2]


def test_a_page_is_rendered_once_until_the_record_grows(client, record):
    assert first_words(client.get("/page")) == ["anyone", "1"]
    assert first_words(client.get("/page")) == ["anyone", "1"]
    assert first_words(client.get("/page?state=KZ")) == ["anyone", "2"]
    record.newest += 1
    assert first_words(client.get("/page")) == ["anyone", "3"]


def test_a_signed_in_reader_gets_no_cached_page_and_leaves_none(client):
    client.get("/page")
    assert first_words(client.get("/page", headers={"cookie": "suhbat=secret"})) == ["secret", "2"]
    assert first_words(client.get("/page", headers={"cookie": "a=1; suhbat=secret"})) == ["secret", "3"]
    answer = client.get("/page")
    assert first_words(answer) == ["anyone", "1"]
    assert answer.headers["vary"] == "accept-encoding, cookie"


def test_each_language_and_each_kind_of_request_has_its_own_page(client):
    client.get("/page")
    assert first_words(client.get("/page", headers={"x-language": "ru"})) == ["anyone", "2"]
    assert first_words(client.get("/page", headers={"accept": "application/json"})) == ["anyone", "3"]
    assert first_words(client.get("/page", headers={"hx-request": "true"})) == ["anyone", "4"]
    assert first_words(client.get("/page")) == ["anyone", "1"]


def test_an_unmarked_page_or_one_that_sets_a_cookie_is_never_cached(client):
    for path in ("/own", "/brief", "/cookie"):
        assert client.get(path).text != client.get(path).text, path
        assert "x-suhbat-lasts" not in client.get(path).headers
    assert client.get("/own").headers["cache-control"] == "private, no-cache"
    assert client.get("/moved", follow_redirects=False).status_code == 302
    assert client.get("/nothing").status_code == 404
    assert client.get("/nothing").status_code == 404


def test_a_browser_that_has_the_page_gets_only_304(client):
    tag = client.get("/page").headers["etag"]
    again = client.get("/page", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/page", headers={"if-none-match": 'W/"another"'}).status_code == 200


def test_bodies_are_compressed_for_clients_that_accept_it(client):
    compressed = client.get("/page", headers={"accept-encoding": "gzip"})
    plain = client.get("/page", headers={"accept-encoding": "identity"})
    assert compressed.headers["content-encoding"] == "gzip"
    size = len(gzip.compress(plain.content, 6, mtime=0))
    assert int(compressed.headers["content-length"]) == size < len(plain.content)
    assert "content-encoding" not in plain.headers
    assert compressed.text == plain.text


def test_a_stream_is_passed_on_unchanged(client):
    answer = client.get("/stream")
    assert answer.content == b"abc"
    assert "x-suhbat-lasts" not in answer.headers
