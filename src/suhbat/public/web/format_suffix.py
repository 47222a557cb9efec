"""File suffixes of page addresses: `/ledger.json` returns the facts of the page `/ledger` as JSON."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
AsgiApp = Callable[[Scope, Any, Any], Awaitable[None]]
SUFFIXES = ("json", "csv", "atom", "png")
_PUBLIC_PAGES = re.compile(
    r"^/(index|formats|ledger|compare|search|changes|data|terms|editors|(formats|states|people|topics)/[^/]+"
    r"|meetings/[^/]+/[^/]+|outcomes(/[^/]+){3})$"
)
"""The pages whose addresses take a suffix. Other packages have addresses of their own for files."""


class FormatSuffix:
    """ASGI middleware that removes the suffix from the path; the handler finds it in the scope as `suhbat_as`."""

    def __init__(self, pages: AsgiApp) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serve one request."""
        await self._pages(_without_suffix(scope) if scope["type"] == "http" else scope, receive, send)


def _without_suffix(scope: Scope) -> Scope:
    path: str = scope["path"]
    name, dot, suffix = path.rpartition(".")
    if not dot or suffix not in SUFFIXES or not _PUBLIC_PAGES.match(name):
        return scope
    name = "/" if name == "/index" else name
    return {**scope, "path": name, "raw_path": name.encode(), "suhbat_as": suffix, "suhbat_path": name}
