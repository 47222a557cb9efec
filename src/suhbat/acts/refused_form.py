"""A refused form comes back on the page on which it stood: with its values, and with each fault at its field.

The page of the form is asked for once more, within the same request. While it is drawn, `forms.fields_of` finds here
what was entered and what is wrong with it. No page has to do anything for that.
"""

import re
from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from litestar import Litestar
from litestar.response import Response
from markupsafe import escape

from suhbat.acts.inputs import Input
from suhbat.acts.request_bodies import AnyRequest
from suhbat.ground.language import LANGUAGES, Lazy
from suhbat.ground.refusals import Refused

_OF_A_BODY = {b"content-type", b"content-length", b"transfer-encoding", b"accept"}
_KEPT = ("type", "asgi", "http_version", "scheme", "root_path", "client", "server", "extensions")
_FOLD = re.compile(r"<details\b[^>]*>|</details>")
_WRONG = re.compile(r' aria-invalid="true"|<p class="fault"')


@dataclass
class RefusedForm:
    """A form that was refused, while its page is drawn again."""

    kind: type[Input]
    """The input of its act."""
    values: dict[str, Any]
    refusal: Refused
    shown: list[str] = field(default_factory=list)
    """The faults that stand at their fields, as the page shows them."""
    found: bool = False
    """Whether the page has this form."""

    @property
    def why(self) -> Lazy | str:
        """Why it was refused, for the head of the page."""
        return self.refusal.why

    @property
    def loose(self) -> list[str]:
        """The faults that stand at no field of the page."""
        return [str(why) for why in self.refusal.fields.values() if str(why) not in self.shown]

    def over(self, kind: type[Input], values: dict[str, Any], hidden: Collection[str]) -> dict[str, Any] | None:
        """What was entered, over the values of a form of the page; None if it is another form.

        Hidden values are the page's own: it shows the present state, also if the form showed an older one.
        """
        own = {name: values[name] for name in hidden if name in values}
        words = {name: value for name, value in own.items() if isinstance(value, str)}
        if self.found or kind is not self.kind or any(self.values.get(name, "") != words[name] for name in words):
            return None
        self.found = True
        return self.values | own


PRESENT: ContextVar[RefusedForm | None] = ContextVar("refused_form", default=None)


def present_refusal() -> RefusedForm | None:
    """The refused form whose page is being drawn; None at all other times."""
    return PRESENT.get()


async def on_its_page(request: AnyRequest, refused: RefusedForm, *, typed: bool) -> Response[bytes] | None:
    """The page from which a form was sent, with its faults; None if that page cannot show them.

    `typed` says whether the form has fields to fill in: then the page has to have it, so that nothing typed is lost.
    """
    address = _sent_from(request)
    if not address:
        return None
    token = PRESENT.set(refused)
    try:
        status, headers, body = await _asked_again(request, *address)
    finally:
        PRESENT.reset(token)
    page = body.decode("utf-8", "replace")
    is_page = status == 200 and headers.get("content-type", "").startswith("text/html")  # noqa: PLR2004  (HTTP)
    if not is_page or (typed and not refused.found) or any(str(escape(why)) not in page for why in refused.shown):
        return None
    return Response(
        _at_the_fault(page).encode(), status_code=refused.refusal.status, media_type="text/html",
        headers={"cache-control": "no-store"},
    )  # fmt: skip


def _sent_from(request: AnyRequest) -> tuple[str, str] | None:
    """Path (without a language) and query of the page that sent the form; None if it was no page with forms."""
    parts = urlsplit(request.headers.get("referer", ""))
    first, _, rest = parts.path[1:].partition("/")
    path = f"/{rest}" if first in LANGUAGES else parts.path
    own_host = parts.netloc == request.headers.get("host", "")
    return (path, parts.query) if own_host and path.startswith("/") and not path.startswith("/acts/") else None


async def _asked_again(request: AnyRequest, path: str, query: str) -> tuple[int, dict[str, str], bytes]:
    scope: dict[str, Any] = {name: value for name, value in request.scope.items() if name in _KEPT} | {
        "method": "GET", "path": path, "raw_path": quote(path).encode(), "query_string": query.encode(),
        "suhbat_path": path, "state": {},
        "headers": [
            *((name, value) for name, value in request.scope["headers"] if name not in _OF_A_BODY),
            (b"accept", b"text/html"),
        ],
    }  # fmt: skip
    status, headers, parts = 0, {}, []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update({name.decode().lower(): value.decode("latin-1") for name, value in message["headers"]})
        else:
            parts.append(message.get("body", b""))

    application: Litestar = request.app
    await application(scope, receive, send)  # type: ignore[arg-type]  # a scope is made by hand here
    return status, headers, b"".join(parts)


def _at_the_fault(page: str) -> str:
    """The page with the first fault in focus, and the folds around it open: a browser goes there without a script."""
    wrong = _WRONG.search(page)
    if wrong is None:
        return page
    focus = " autofocus" if wrong[0].startswith(" ") else ' tabindex="-1" autofocus'
    page = page[: wrong.end()] + focus + page[wrong.end() :]
    around: list[re.Match[str]] = []
    for fold in _FOLD.finditer(page, 0, wrong.start()):
        if fold[0].startswith("</"):
            del around[-1:]
        else:
            around.append(fold)
    for fold in reversed(around):
        if " open" not in fold[0]:
            page = page[: fold.end() - 1] + " open" + page[fold.end() - 1 :]
    return page
