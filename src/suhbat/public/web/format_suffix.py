"""The forms of a page: `/ledger.json` asks for what `/ledger` shows, in the form that programs read."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
AsgiApp = Callable[[Scope, Any, Any], Awaitable[None]]
FORMS = ("json", "csv", "atom", "png")
_OURS = re.compile(
    r"^/(index|formats|ledger|compare|search|changes|data|terms|editors|(formats|states|people|topics)/[^/]+"
    r"|meetings/[^/]+/[^/]+|outcomes(/[^/]+){3})$"
)
"""The pages of which a form is asked at their own address; other rooms name their own files."""


class Forms:
    """Stands before the pages and takes the form off the address; the handler finds it as `suhbat_as`."""

    def __init__(self, pages: AsgiApp) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Serve one request."""
        await self._pages(_named(scope) if scope["type"] == "http" else scope, receive, send)


def _named(scope: Scope) -> Scope:
    path: str = scope["path"]
    name, dot, form = path.rpartition(".")
    if not dot or form not in FORMS or not _OURS.match(name):
        return scope
    name = "/" if name == "/index" else name
    return {**scope, "path": name, "raw_path": name.encode(), "suhbat_as": form, "suhbat_path": name}
