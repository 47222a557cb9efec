"""The front door of every request: language from the address, protection, headers, static files, then the pages."""

import gzip
import json
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from suhbat.ground.language import LANGUAGES, set_language

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

STATIC = Path(__file__).parent.parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
LANGUAGE_COOKIE = "language"
YEAR = 31_536_000
SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(self), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


@cache
def manifest() -> dict[str, str]:
    """Which built file stands for a plain name: `house.css` → `house-3f2a.css`."""
    path = STATIC / "manifest.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def built(name: str) -> str:
    """The address of a built file."""
    return f"/static/{manifest().get(name, name)}"


@cache
def _file(name: str, *, packed: bool) -> tuple[bytes, str] | None:
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        return None
    content = path.read_bytes()
    return gzip.compress(content, 9) if packed else content, TYPES.get(path.suffix, "application/octet-stream")


class Front:
    """Wraps the application. `live` gets `/live/…` untouched by the framework."""

    def __init__(self, pages: App, live: App, origin: str) -> None:
        self._pages, self._live, self._origin = pages, live, origin

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        headers = {k: v for k, v in scope["headers"]}  # noqa: C416  (the last of repeated headers wins)
        path: str = scope["path"]
        if path.startswith("/static/"):
            await _static(path.removeprefix("/static/"), headers, send)
            return
        if scope["method"] not in SAFE and not self._same_site(headers):
            await _plain(send, 403, "This form was sent from another site.")
            return
        code, rest = _split(path)
        chosen = _cookie(headers)
        if code is None and scope["method"] == "GET" and chosen and chosen != "en" and _wants_page(headers, path):
            query = scope.get("query_string", b"").decode()
            await _redirect(send, f"/{chosen}{path}" + (f"?{query}" if query else ""), None)
            return
        if code == "en":
            await _redirect(send, rest, "en")
            return
        set_language(code or "en")
        if code:
            scope = {**scope, "path": rest, "raw_path": rest.encode()}
        scope["suhbat_path"] = rest
        if rest.startswith("/live/"):
            await self._live(scope, receive, send)
            return
        await self._pages(scope, receive, _with_headers(send, code if code and code != chosen else None))

    def _same_site(self, headers: dict[bytes, bytes]) -> bool:
        """Browsers say where a form comes from; what comes from another site is refused (no token needed)."""
        if headers.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
            return False
        origin = headers.get(b"origin", b"").decode("latin-1")
        if not origin:
            return True
        return origin == self._origin or urlsplit(origin).netloc == headers.get(b"host", b"").decode("latin-1")


def _split(path: str) -> tuple[str | None, str]:
    """`/ru/formats` → `ru`, `/formats`."""
    first, _, rest = path[1:].partition("/")
    return (first, "/" + rest) if first in LANGUAGES else (None, path)


def _cookie(headers: dict[bytes, bytes]) -> str:
    cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    chosen = cookies[LANGUAGE_COOKIE].value if LANGUAGE_COOKIE in cookies else ""
    return chosen if chosen in LANGUAGES else ""


def _wants_page(headers: dict[bytes, bytes], path: str) -> bool:
    return b"text/html" in headers.get(b"accept", b"") and b"hx-request" not in headers and "." not in path


def _with_headers(send: Any, chosen: str | None) -> Any:
    async def sending(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            extra = list(HEADERS)
            if chosen:
                extra.append((b"set-cookie", _remember(chosen)))
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sending


def _remember(code: str) -> bytes:
    return f"{LANGUAGE_COOKIE}={code}; Path=/; Max-Age={YEAR}; SameSite=Lax".encode()


async def _redirect(send: Any, to: str, remember: str | None) -> None:
    headers = [(b"location", to.encode()), (b"cache-control", b"no-store")]
    if remember:
        headers.append((b"set-cookie", _remember(remember)))
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _plain(send: Any, status: int, text: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": text.encode()})


async def _static(name: str, headers: dict[bytes, bytes], send: Any) -> None:
    packed = b"gzip" in headers.get(b"accept-encoding", b"") and not name.endswith((".png", ".woff2"))
    found = _file(name, packed=packed)
    if found is None:
        await _plain(send, 404, "There is no such file.")
        return
    content, media_type = found
    lasting = b"public, max-age=31536000, immutable" if name in manifest().values() else b"no-cache"
    out = [
        (b"content-type", media_type.encode()),
        (b"cache-control", lasting),
        (b"vary", b"accept-encoding"),
        (b"content-length", str(len(content)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    if packed:
        out.append((b"content-encoding", b"gzip"))
    await send({"type": "http.response.start", "status": 200, "headers": out})
    await send({"type": "http.response.body", "body": content})
