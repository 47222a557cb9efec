"""Pages that anyone may read, drawn once and kept until what the public may read changes; and bodies sent packed.

A page is marked by the handler that draws it: `return lasting(app.page(…))`. It is kept for readers who are not
signed in, under language, path and query, until an entry changes anything that the public may read (which `newest`
tells) or until its seconds are over (a page that counts days is never long wrong). A page that is not marked is never
kept. A request that has any cookie of a sign-in is never served from here, and nothing of it is kept; nor is an answer
that was drawn for a person, however that person was found.
"""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from litestar.response import Response

from suhbat.ground.cookies import cookies_called
from suhbat.ground.language import language
from suhbat.ground.middleware import AsgiApp, Scope
from suhbat.ground.static_files import answer

MARK = "x-suhbat-lasts"
DRAWN_FOR = "suhbat_drawn_for"
"""Where a request's scope holds the persons for whom its answer is drawn: a list, filled as they are looked up."""
SECONDS = 60
MOST_BYTES = 48 * 1024 * 1024
"""All kept pages together; the one that was not asked for the longest goes first."""
BIGGEST = 2 * 1024 * 1024
LONGEST_QUERY = 1000
"""Bytes; no link of ours is as long, and what is kept under it would take more room than is counted."""
SMALLEST_PACKED = 1200
"""Bytes below which packing saves no packet."""
PACKABLE = (
    b"text/",
    b"application/json",
    b"application/xml",
    b"image/svg",
    b"application/geo+json",
    b"application/atom",
)

R = TypeVar("R", bound=Response[Any])
Headers = list[tuple[bytes, bytes]]


def lasting(response: R, seconds: int = SECONDS) -> R:
    """Mark a response as the same for every reader who is not signed in, for so long at most."""
    response.headers[MARK] = str(seconds)
    return response


@dataclass(frozen=True)
class Kept:
    """A response as it is sent again."""

    newest: int
    until: float
    headers: Headers
    tag: bytes
    plain: bytes
    packed: bytes

    @property
    def size(self) -> int:
        """Bytes it takes, about."""
        return len(self.plain) + len(self.packed) + 1000


class PageCache:
    """Wraps the pages. `newest` names the entry that last changed anything public; `cookie` is the sign-in's name."""

    def __init__(self, pages: AsgiApp, newest: Callable[[], Awaitable[int]], cookie: str) -> None:
        self._pages, self._newest, self._cookie = pages, newest, cookie
        self._kept: OrderedDict[tuple[str, str, bytes], Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer from what is kept, or let the page be drawn, and pack it."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        headers = {k: v for k, v in scope["headers"]}  # noqa: C416  (the last of repeated headers wins)
        anyone = (
            scope["method"] == "GET"
            and len(scope["path"]) + len(scope.get("query_string", b"")) <= LONGEST_QUERY
            and not cookies_called(scope["headers"], self._cookie)
        )
        kind = "part" * (b"hx-request" in headers) + "json" * (b"application/json" in headers.get(b"accept", b""))
        key = (language() + kind, scope["path"], scope.get("query_string", b""))
        newest = await self._newest() if anyone else 0
        # (Asked before the page looks: what comes in meanwhile makes what is kept old, never the reverse.)
        if anyone and (kept := self._find(key, newest)):
            await _send(send, 200, kept, headers)
            return
        collected = _Collected(send)
        drawn_for: list[str] = []
        scope[DRAWN_FOR] = drawn_for
        # The body is packed here, once; the framework is not asked to.
        await self._pages(scope, receive, collected)
        if collected.start is None:
            return
        kept = _make(collected, newest, packs=b"gzip" in headers.get(b"accept-encoding", b""))
        if anyone and not drawn_for and kept.until > time.monotonic() and collected.start["status"] == 200:  # noqa: PLR2004
            self._keep(key, kept)
            await _send(send, 200, kept, headers)
            return
        await _send(send, collected.start["status"], kept, headers, tagged=False)

    def _find(self, key: tuple[str, str, bytes], newest: int) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None or kept.newest != newest or kept.until < time.monotonic():
            return None
        self._kept.move_to_end(key)
        return kept

    def _keep(self, key: tuple[str, str, bytes], kept: Kept) -> None:
        if kept.size > BIGGEST:
            return
        if before := self._kept.pop(key, None):
            self._bytes -= before.size
        self._kept[key] = kept
        self._bytes += kept.size
        while self._bytes > MOST_BYTES:
            self._bytes -= self._kept.popitem(last=False)[1].size


class _Collected:
    """Takes a response that comes in one piece; passes a stream on as it is."""

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


def _make(collected: _Collected, newest: int, *, packs: bool) -> Kept:
    given: Headers = collected.start["headers"]
    seconds = next((int(v) for k, v in given if k == MARK.encode()), 0)
    if any(k == b"set-cookie" for k, _ in given):
        seconds = 0
    plain = collected.body
    kind = next((v for k, v in given if k == b"content-type"), b"")
    packable = len(plain) >= SMALLEST_PACKED and kind.startswith(PACKABLE)
    # What is kept is packed once and well; what one reader alone is given, quickly, and only if that reader unpacks.
    packed = gzip.compress(plain, 6 if seconds else 1, mtime=0) if packable and (seconds or packs) else b""
    tag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'.encode() if seconds else b""
    headers = [(k, v) for k, v in given if k not in {MARK.encode(), b"content-length", b"vary"}]
    return Kept(newest, time.monotonic() + seconds if seconds else 0, headers, tag, plain, packed)


async def _send(send: Any, status: int, kept: Kept, headers: dict[bytes, bytes], *, tagged: bool = True) -> None:
    out = [*kept.headers, (b"vary", b"accept-encoding, cookie")]
    if tagged:
        out = [h for h in out if h[0] != b"cache-control"]
        out += [(b"etag", kept.tag), (b"cache-control", b"no-cache")]
        if kept.tag in headers.get(b"if-none-match", b""):
            await answer(send, 304, b"", [h for h in out if h[0] != b"content-type"])
            return
    elif not any(k == b"cache-control" for k, _ in out):
        out.append((b"cache-control", b"private, no-cache"))
    body = kept.plain
    if kept.packed and b"gzip" in headers.get(b"accept-encoding", b""):
        body = kept.packed
        out.append((b"content-encoding", b"gzip"))
    await answer(send, status, body, out)
