"""What the pages of this package share: the host name of a request, and limits against guessing."""

from urllib.parse import urlsplit

from litestar.middleware.base import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig, get_remote_address

from suhbat.acts.app import address
from suhbat.acts.request_bodies import AnyRequest
from suhbat.ground.settings import Settings

PRIVATE = {"cache-control": "no-store"}
"""Headers of pages with a secret: they must not be cached."""


def at_most(times: int, name: str) -> DefineMiddleware:
    """A limit per minute and network address, so that nobody can try many keys. `name` tells the limits apart.

    A delegation may sit behind one address: the limit must let thirty people in within a minute.
    """

    def identifier(request: AnyRequest) -> str:
        return f"{name} {get_remote_address(request)}"

    return RateLimitConfig(("minute", times), identifier_for_request=identifier).middleware


def right_address(request: AnyRequest, settings: Settings) -> str:
    """The address of this page under the host name of the passkeys; empty if the browser uses that name."""
    host = request.headers.get("host", "")
    if host == urlsplit(settings.origin).netloc:
        return ""
    path = str(request.scope.get("suhbat_path", request.scope["path"]))
    return settings.origin + address(path)


def in_rehearsal_window(request: AnyRequest, settings: Settings) -> bool:
    """Whether this is a window of a rehearsal with its own host name, such as `kz.localhost`."""
    host = request.headers.get("host", "").partition(":")[0]
    return settings.rehearsal and host.endswith(f".{settings.host}")
