"""The first middleware of every request: language from the address, protection, headers, static files, then pages."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote, urlsplit

from suhbat.ground.cookies import cookie
from suhbat.ground.language import LANGUAGES, set_language
from suhbat.ground.static_files import STATIC, answer, built, manifest, serve_static

__all__ = ["STATIC", "AsgiApp", "Front", "built", "manifest"]

Scope = MutableMapping[str, Any]
AsgiApp = Callable[[Scope, Any, Any], Awaitable[None]]

LANGUAGE_COOKIE = "language"
YEAR = 31_536_000
LONGEST_HEAD = 32 * 1024
"""Bytes of address, query and headers together: no browser sends more, and they are read on the event loop."""
SAFE = {"GET", "HEAD", "OPTIONS"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
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


class Front:
    """Wraps the application. `live` serves `/live/…` without the web framework."""

    def __init__(self, pages: AsgiApp, live: AsgiApp, origin: str) -> None:
        self._pages, self._live, self._origin = pages, live, origin
        self._hosts = LOOPBACK | {urlsplit(origin).hostname or "localhost"}

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        headers = {k: v for k, v in scope["headers"]}  # noqa: C416  (the last of repeated headers wins)
        if scope["method"] == "HEAD":  # the answer of GET, without the body
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        if _length(scope) > LONGEST_HEAD:
            await answer(send, 431, b"The address or the headers of this request are too long.")
        elif scope["method"] not in SAFE and not self._same_site(headers):
            await answer(send, 403, b"This form was sent from another site.")
        elif not self._is_ours(headers.get(b"host", b"")):
            # A foreign host name that points here (DNS rebinding) could read pages as the signed-in person.
            await answer(send, 421, b"This server does not have that name.")
        elif "\0" in scope["path"]:
            # No name has this character, and PostgreSQL fails on it.
            await answer(send, 404, b"There is nothing at this address.")
        elif scope["path"].startswith("/static/"):
            if not await _refused_method(scope, send):
                await serve_static(scope["path"].removeprefix("/static/"), headers, send)
        else:
            await self._in_language(scope, receive, send, headers)

    async def _in_language(self, scope: Scope, receive: Any, send: Any, headers: dict[bytes, bytes]) -> None:
        path: str = scope["path"]
        code, path_without_language = _split(path)
        chosen = _chosen(scope)
        if scope["method"] == "GET":
            if code is None and chosen and chosen != "en" and _wants_page(headers, path):
                await _redirect(send, scope, f"/{chosen}{path}", None)
                return
            if code == "en":
                await _redirect(send, scope, path_without_language, "en")
                return
        set_language(code or "en")
        if code:
            scope = {**scope, "path": path_without_language, "raw_path": quote(path_without_language).encode()}
        scope["suhbat_path"] = path_without_language
        if path_without_language.startswith("/live/"):
            if not await _refused_method(scope, send):
                await self._live(scope, receive, send)
            return
        await self._pages(scope, receive, _with_headers(send, code if code and code != chosen else None))

    def _same_site(self, headers: dict[bytes, bytes]) -> bool:
        """Whether a form comes from this site, by the headers that browsers send (so no token is needed)."""
        if headers.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
            return False
        origin = headers.get(b"origin", b"").decode("latin-1")
        if not origin:
            return True
        return origin == self._origin or urlsplit(origin).netloc == headers.get(b"host", b"").decode("latin-1")

    def _is_ours(self, host: bytes) -> bool:
        """Whether the request names this server by one of its host names.

        Names under `localhost` always mean this machine (RFC 6761). A rehearsal uses them to open one window per seat,
        each with a sign-in of its own.
        """
        try:
            name = urlsplit(f"//{host.decode('latin-1')}").hostname or ""
        except ValueError:
            return False
        return name in self._hosts or ("localhost" in self._hosts and name.endswith(".localhost"))


def _length(scope: Scope) -> int:
    address_length = len(scope["path"]) + len(scope.get("query_string", b""))
    return address_length + sum(len(name) + len(value) for name, value in scope["headers"])


def _split(path: str) -> tuple[str | None, str]:
    """`/ru/formats` → `ru`, `/formats`."""
    first, _, rest = path[1:].partition("/")
    return (first, "/" + rest.lstrip("/")) if first in LANGUAGES else (None, path)


def _chosen(scope: Scope) -> str:
    chosen = cookie(scope["headers"], LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else ""


def _wants_page(headers: dict[bytes, bytes], path: str) -> bool:
    return b"text/html" in headers.get(b"accept", b"") and b"hx-request" not in headers and "." not in path


def _with_headers(send: Any, chosen: str | None) -> Any:
    async def send_message(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            extra = list(HEADERS)
            if chosen:
                extra.append((b"set-cookie", _language_cookie(chosen)))
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return send_message


def _without_body(send: Any) -> Any:
    async def send_message(message: dict[str, Any]) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_message


def _language_cookie(code: str) -> bytes:
    return f"{LANGUAGE_COOKIE}={code}; Path=/; Max-Age={YEAR}; SameSite=Lax".encode()


async def _refused_method(scope: Scope, send: Any) -> bool:
    """Refuse every method but GET. Returns whether the request was refused."""
    if scope["method"] == "GET":
        return False
    await answer(send, 405, b"", [(b"allow", b"GET, HEAD")])
    return True


async def _redirect(send: Any, scope: Scope, path: str, remember: str | None) -> None:
    """Redirect to a path of this server. The path is encoded again, so it cannot lead to another server."""
    location = "/" + quote(path.lstrip("/\\"), safe="/~:@!$&'()*+,;=")
    query = scope.get("query_string", b"")
    headers = [(b"location", location.encode() + (b"?" + query if query else b"")), (b"cache-control", b"no-store")]
    if remember:
        headers.append((b"set-cookie", _language_cookie(remember)))
    await answer(send, 303, b"", headers)
