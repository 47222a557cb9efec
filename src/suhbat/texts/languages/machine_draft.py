"""A first draft by a machine, where the operator has named a translation service that speaks LibreTranslate's protocol.

Off by default. Nothing leaves the house unless the operator has named the address and someone who writes this text in
another language asks for this very paragraph. What comes back is marked as machine-made until a person writes or
confirms it.
"""

import http.client
import json
from typing import Any, Never
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.ground.settings import Settings

PATIENCE = 20
"""Seconds to wait for the service."""
MOST = 64_000
"""Bytes of an answer at most: a paragraph has 8,000 letters."""


class _NoRedirect(HTTPRedirectHandler):
    """The text goes to the address that the operator named and to no other."""

    def redirect_request(self, *_: Any) -> None:
        return None


def translate(settings: Settings, words: str, source: str, target: str) -> str:
    """The words in another language. Refused, with the reason in words, where the service gives no usable answer."""
    if not settings.translation:
        raise out_of_order(lazy("No translation service is set up here."))
    asked = {"q": words, "source": source, "target": target, "format": "text"}
    if settings.translation_key:
        asked["api_key"] = settings.translation_key
    request = Request(  # noqa: S310  (the operator's own address; `Settings` takes http and https only)
        settings.translation.rstrip("/") + "/translate",
        json.dumps(asked).encode(),
        {"content-type": "application/json", "accept": "application/json"},
    )
    try:
        with build_opener(_NoRedirect, ProxyHandler({})).open(request, timeout=PATIENCE) as reply:
            content = reply.read(MOST + 1)
    except HTTPError as fault:
        fault.close()  # it is an answer too, with a line of its own
        _failed(lazy("it answers with error %(code)s") % {"code": fault.code})
    except TimeoutError:
        _failed(lazy("it does not answer in time"))
    except URLError as fault:
        late = isinstance(fault.reason, TimeoutError)
        _failed(lazy("it does not answer in time") if late else lazy("it cannot be reached"))
    except (OSError, http.client.HTTPException):
        _failed(lazy("it cannot be reached"))
    return _read(content)


def _read(content: bytes) -> str:
    try:
        said = json.loads(content[: MOST + 1])["translatedText"] if len(content) <= MOST else None
    except (ValueError, KeyError, TypeError):
        said = None
    if not isinstance(said, str) or not said.strip():
        _failed(lazy("its answer is no translation"))
    return said


def _failed(why: Lazy) -> Never:
    raise out_of_order(lazy("The translation service gave no draft: %(why)s. Nothing was changed.") % {"why": why})
