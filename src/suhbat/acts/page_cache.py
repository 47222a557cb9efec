"""The cache of public pages, and the compression of responses.

A handler marks a page for the cache: `return lasting(app.page(…))`. It is cached for readers who are not signed in, by
language, path and query, until an entry changes anything that the public may read (`newest` names that entry), or until
its seconds are over (so a page that counts days is not wrong for long). A page without the mark is never cached. A
request with a sign-in cookie is never answered from the cache, and its answer is never cached. The same holds for an
answer that was rendered for a person, however that person was identified.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from litestar.response import Response

from suhbat.ground.cookies import cookie_values
from suhbat.ground.language import language
from suhbat.ground.middleware import AsgiApp, Scope
from suhbat.ground.static_files import answer

MARK = "x-suhbat-lasts"
DRAWN_FOR = "suhbat_drawn_for"
"""Key in a request's scope: the list of persons for whom the answer is rendered, filled as they are looked up."""
SECONDS = 60
MOST_BYTES = 48 * 1024 * 1024
"""Bytes of all cached pages together. The least recently used page is removed first."""
BIGGEST = 2 * 1024 * 1024
LONGEST_QUERY = 1000
"""Bytes. None of our links is as long, and a longer key would take more memory than is counted."""
SMALLEST_COMPRESSED = 1200
"""Bytes below which compression saves no network packet."""
COMPRESSIBLE = (
    b"text/",
    b"application/json",
    b"application/xml",
    b"image/svg",
    b"application/geo+json",
    b"application/atom",
)

R = TypeVar("R", bound=Response[Any])
Headers = list[tuple[bytes, bytes]]


def cacheable(response: R, seconds: int = SECONDS) -> R:
    """Mark a response as the same for every reader who is not signed in, for at most this many seconds."""
    response.headers[MARK] = str(seconds)
    return response


@dataclass(frozen=True)
class CachedPage:
    """A response that can be sent again."""

    newest: int
    until: float
    headers: Headers
    tag: bytes
    plain: bytes
    compressed: bytes

    @property
    def size(self) -> int:
        """The bytes it takes in memory, roughly."""
        return len(self.plain) + len(self.compressed) + 1000


class PageCache:
    """Wraps the pages.

    `newest` returns the number of the entry that last changed anything public; `cookie` names the sign-in cookie.
    """

    def __init__(self, pages: AsgiApp, newest: Callable[[], Awaitable[int]], cookie: str) -> None:
        self._pages, self._newest, self._cookie = pages, newest, cookie
        self._cached: OrderedDict[tuple[str, str, bytes], CachedPage] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer from the cache, or render the page, compress it and cache it if it is marked."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        headers = {k: v for k, v in scope["headers"]}  # noqa: C416  (the last of repeated headers wins)
        anyone = (
            scope["method"] == "GET"
            and len(scope["path"]) + len(scope.get("query_string", b"")) <= LONGEST_QUERY
            and not cookie_values(scope["headers"], self._cookie)
        )
        kind = "part" * (b"hx-request" in headers) + "json" * (b"application/json" in headers.get(b"accept", b""))
        key = (language() + kind, scope["path"], scope.get("query_string", b""))
        newest = await self._newest() if anyone else 0
        # This is read before the page reads the database: an entry that comes meanwhile makes the cached page outdated,
        # and an outdated page never counts as current.
        if anyone and (cached := self._find(key, newest)):
            await _send(send, 200, cached, headers)
            return
        collected = _CollectedResponse(send)
        drawn_for: list[str] = []
        scope[DRAWN_FOR] = drawn_for
        # The body is compressed here, once, not by the framework.
        await self._pages(scope, receive, collected)
        if collected.start is None:
            return
        cached = _cacheable(collected, newest, accepts_gzip=b"gzip" in headers.get(b"accept-encoding", b""))
        if anyone and not drawn_for and cached.until > time.monotonic() and collected.start["status"] == 200:  # noqa: PLR2004
            self._store(key, cached)
            await _send(send, 200, cached, headers)
            return
        await _send(send, collected.start["status"], cached, headers, tagged=False)

    def _find(self, key: tuple[str, str, bytes], newest: int) -> CachedPage | None:
        cached = self._cached.get(key)
        if cached is None or cached.newest != newest or cached.until < time.monotonic():
            return None
        self._cached.move_to_end(key)
        return cached

    def _store(self, key: tuple[str, str, bytes], cached: CachedPage) -> None:
        if cached.size > BIGGEST:
            return
        if replaced := self._cached.pop(key, None):
            self._bytes -= replaced.size
        self._cached[key] = cached
        self._bytes += cached.size
        while self._bytes > MOST_BYTES:
            self._bytes -= self._cached.popitem(last=False)[1].size


class _CollectedResponse:
    """Collects a response that comes in one piece. A stream is passed on unchanged."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self.start: Any = None
        self.body = b""

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.start = {**message, "headers": list(message.get("headers", []))}
        elif self.start is None or message.get("more_body"):
            if self.start is not None:
                self.start["headers"] = [h for h in self.start["headers"] if h[0] != MARK.encode()]
                await self._send(self.start)
                self.start = None
            await self._send(message)
        else:
            self.body = message.get("body", b"")


def _cacheable(collected: _CollectedResponse, newest: int, *, accepts_gzip: bool) -> CachedPage:
    original_headers: Headers = collected.start["headers"]
    seconds = next((int(v) for k, v in original_headers if k == MARK.encode()), 0)
    if any(k == b"set-cookie" for k, _ in original_headers):
        seconds = 0
    plain = collected.body
    kind = next((v for k, v in original_headers if k == b"content-type"), b"")
    compressible = len(plain) >= SMALLEST_COMPRESSED and kind.startswith(COMPRESSIBLE)
    # A cached body is compressed once and well. A body for one reader is compressed quickly, if the reader accepts it.
    compressed = (
        gzip.compress(plain, 6 if seconds else 1, mtime=0) if compressible and (seconds or accepts_gzip) else b""
    )
    tag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'.encode() if seconds else b""
    headers = [(k, v) for k, v in original_headers if k not in {MARK.encode(), b"content-length", b"vary"}]
    return CachedPage(newest, time.monotonic() + seconds if seconds else 0, headers, tag, plain, compressed)


async def _send(
    send: Any, status: int, cached: CachedPage, headers: dict[bytes, bytes], *, tagged: bool = True
) -> None:
    out = [*cached.headers, (b"vary", b"accept-encoding, cookie")]
    if tagged:
        out = [h for h in out if h[0] != b"cache-control"]
        out += [(b"etag", cached.tag), (b"cache-control", b"no-cache")]
        if cached.tag in headers.get(b"if-none-match", b""):
            await answer(send, 304, b"", [h for h in out if h[0] != b"content-type"])
            return
    elif not any(k == b"cache-control" for k, _ in out):
        out.append((b"cache-control", b"private, no-cache"))
    body = cached.plain
    if cached.compressed and b"gzip" in headers.get(b"accept-encoding", b""):
        body = cached.compressed
        out.append((b"content-encoding", b"gzip"))
    await answer(send, status, body, out)
