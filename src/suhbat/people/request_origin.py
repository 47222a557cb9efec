"""What the pages of this package share: the host name of a request, and limits against guessing."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.middleware.base import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig, get_remote_address

from suhbat.acts.app import address
from suhbat.ground.settings import Settings

Asked = Request[Any, Any, Any]
PRIVATE = {"cache-control": "no-store"}
"""Headers of pages with a secret: they must not be cached."""


def at_most(times: int, what: str) -> DefineMiddleware:
    """A limit per minute and network address, so that nobody can try many keys.

    A delegation may sit behind one address: the limit must let thirty people in within a minute.
    """

    def who(request: Asked) -> str:
        return f"{what} {get_remote_address(request)}"

    return RateLimitConfig(("minute", times), identifier_for_request=who).middleware


def right_address(request: Asked, settings: Settings) -> str:
    """The address of this page under the host name of the passkeys; empty if the browser uses that name."""
    host = request.headers.get("host", "")
    if host == urlsplit(settings.origin).netloc:
        return ""
    path = str(request.scope.get("suhbat_path", request.scope["path"]))
    return settings.origin + address(path)


def in_rehearsal_window(request: Asked, settings: Settings) -> bool:
    """Whether this is a window of a rehearsal with its own host name, such as `kz.localhost`."""
    host = request.headers.get("host", "").partition(":")[0]
    return settings.rehearsal and host.endswith(f".{settings.host}")
