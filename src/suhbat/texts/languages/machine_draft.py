"""A first draft by a machine, where the operator has named a translation service that speaks LibreTranslate's protocol.

Off by default. Nothing leaves the server unless the operator has named the address and someone who writes this text in
another language requests a draft of this very paragraph. The draft is marked as machine-made until a person writes or
confirms it.
"""

import json
import ssl
from typing import Never

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.ground.settings import Settings

PATIENCE = 20
"""Seconds to wait for the service."""
MOST = 64_000
"""Bytes of an answer at most: a paragraph has 8,000 letters."""


def translate(settings: Settings, words: str, source: str, target: str) -> str:
    """The words in another language. Refused, with the reason, where the service gives no usable answer."""
    if not settings.translation:
        raise out_of_order(lazy("No translation service is set up here."))
    query = {"q": words, "source": source, "target": target, "format": "text"}
    if settings.translation_key:
        query["api_key"] = settings.translation_key
    return _read(_answer(settings.translation.rstrip("/") + "/translate", query))


def _answer(address: str, query: dict[str, str]) -> bytes:
    """The answer of the service, or more than `MOST` bytes of a longer one.

    The text goes to the address that the operator named and to no other: no proxy of the environment, no redirect.
    """
    import httpx  # noqa: PLC0415  (every other command and server starts faster without it)

    trusted = ssl.create_default_context()  # the authorities of this machine, and so the operator's own
    content = b""
    try:
        with (
            httpx.Client(verify=trusted, trust_env=False, timeout=PATIENCE) as client,
            client.stream("POST", address, json=query, headers={"accept-encoding": "identity"}) as reply,
        ):
            if not reply.is_success:
                _failed(lazy("it answers with error %(code)s") % {"code": reply.status_code})
            for piece in reply.iter_raw(MOST):
                content += piece
                if len(content) > MOST:
                    break
    except httpx.TimeoutException:
        _failed(lazy("it does not answer in time"))
    except (httpx.HTTPError, httpx.InvalidURL):
        _failed(lazy("it cannot be reached"))
    return content


def _read(content: bytes) -> str:
    try:
        translation = json.loads(content)["translatedText"] if len(content) <= MOST else None
    except (ValueError, KeyError, TypeError):
        translation = None
    if not isinstance(translation, str) or not translation.strip():
        _failed(lazy("its answer is no translation"))
    return translation


def _failed(why: Lazy) -> Never:
    raise out_of_order(lazy("The translation service gave no draft: %(why)s. Nothing was changed.") % {"why": why})
