"""What the pages of this room share: the host a browser came by, limits against guessing."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.middleware.base import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig, get_remote_address

from suhbat.acts.app import address
from suhbat.ground.settings import Settings

Asked = Request[Any, Any, Any]
PRIVATE = {"cache-control": "no-store"}
"""Pages that hold a secret are kept nowhere."""


def at_most(times: int, what: str) -> DefineMiddleware:
    """A limit per minute and network address, so that nobody tries keys at the door by the thousand.

    A delegation may sit behind one address: the limit must let thirty people in within a minute.
    """

    def who(request: Asked) -> str:
        return f"{what} {get_remote_address(request)}"

    return RateLimitConfig(("minute", times), identifier_for_request=who).middleware


def right_address(request: Asked, settings: Settings) -> str:
    """Where this page stands under the name that passkeys are bound to; empty if the browser came by that name."""
    came_by = request.headers.get("host", "")
    if came_by == urlsplit(settings.origin).netloc:
        return ""
    path = str(request.scope.get("suhbat_path", request.scope["path"]))
    return settings.origin + address(path)


def in_rehearsal_window(request: Asked, settings: Settings) -> bool:
    """Whether this is a window of a rehearsal under a name of its own, such as `kz.localhost`."""
    host = request.headers.get("host", "").partition(":")[0]
    return settings.rehearsal and host.endswith(f".{settings.host}")
