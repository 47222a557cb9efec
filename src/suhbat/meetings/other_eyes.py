"""What will the other side see? Pages of a meeting as a delegation that has filed nothing, an observer or the public.

The same handlers answer, within this process, a request by an onlooker (`acts/onlookers.py`). It carries no cookie, so
that nothing in it is the person's own. From the answer all forms, buttons and scripts are taken out.
"""

import re
from typing import Any

from anyio.to_thread import run_sync
from litestar import get
from litestar.response import Response

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.onlookers import ONLOOKER, WHOSE, onlooker
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Eyes, Role, Viewer
from suhbat.ground.language import LANGUAGES
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.meetings.queries import visible_meeting

BASE = "/meetings/{format_:str}/{slug:str}/as/{eyes:str}"
PATHS = [BASE, *(BASE + "".join(f"/{{part_{n}:str}}" for n in range(1, deep + 1)) for deep in range(1, 5))]
"""A page of a meeting has at most four parts after the meeting's own address: `texts/statement/p/3`."""
FOR_SCRIPTS = re.compile(r"^/(as(/.*)?|room/.*|.*/news)$")
"""What no person opens as a page."""
HEADERS = {
    "content-security-policy": "form-action 'none'; script-src 'none'; connect-src 'none'",
    "cache-control": "private, no-store",
}
CONTROLS = re.compile(r"<(script|form|button)\b.*?</\1>", re.DOTALL)
LINK = re.compile(r"<a\b[^>]*>")
LANGUAGE = "|".join(LANGUAGES)
HREF = re.compile(rf'\shref="(?:/(?:{LANGUAGE})(?=["/?#]))?(?P<path>/[^"?#]*)(?P<tail>[^"]*)"')
OWN = re.compile(r"^/(acts|me|sign-in|rehearse)\b")
"""Addresses at which the person would act in the own name."""


@get(PATHS)
async def through_other_eyes(
    request: AnyRequest, app: App, asker: Asker, format_: str, slug: str, eyes: str,
    part_1: str = "", part_2: str = "", part_3: str = "", part_4: str = "",
) -> Response[Any]:  # fmt: skip
    """A page of a meeting as others see it, for the meeting's secretariat."""
    meeting, looker = await run_sync(_meeting, app, asker, f"{format_}/{slug}")
    rest = "".join(f"/{part}" for part in (part_1, part_2, part_3, part_4) if part)
    if eyes not in WHOSE or FOR_SCRIPTS.match(rest):
        raise not_found()
    lent = Eyes(eyes, looker, f"/meetings/{meeting.id}", rest)
    reader = onlooker(lent, meeting.id)
    status, headers, content = await _asked(request, reader, lent)
    if status != 200:  # noqa: PLR2004
        page = await run_sync(_not_shown, app, request, reader, meeting, status)
        return Response(_without_controls(page, lent), media_type="text/html", headers=HEADERS)
    if headers.get("content-type", "").startswith("text/html"):
        return Response(_without_controls(content.decode(), lent), media_type="text/html", headers=HEADERS)
    kind = headers.get("content-type", "application/octet-stream").partition(";")[0]
    kept = {name: value for name, value in headers.items() if name == "content-disposition"}
    return Response(content, media_type=kind, headers=kept | HEADERS)


def _meeting(app: App, asker: Asker, meeting: str) -> tuple[Meeting, Viewer]:
    """The meeting and whoever asks, if that is a person of its secretariat."""
    with app.database.reading() as session:
        actor = asker(session).viewer
        row = visible_meeting(session, actor, meeting)
        if row.origin != "held":
            raise not_found()
        if Role.SECRETARIAT not in actor.roles_at(meeting):
            raise not_allowed()
        return row, actor


async def _asked(request: AnyRequest, reader: Viewer, eyes: Eyes) -> tuple[int, dict[str, str], bytes]:
    """Ask for the page as the reader, within this process: status, headers and body of the answer."""
    path = eyes.place + eyes.rest
    scope: dict[str, Any] = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "root_path": "", "query_string": request.scope["query_string"],
        "headers": [(b"accept", b"text/html"), (b"host", request.headers.get("host", "").encode())],
        "client": request.scope.get("client"), "server": request.scope.get("server"),
        "suhbat_path": request.scope.get("suhbat_path", request.scope["path"]), ONLOOKER: reader,
    }  # fmt: skip
    status, headers, chunks = 0, {}, []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {name.decode().lower(): value.decode("latin-1") for name, value in message["headers"]}
        else:
            chunks.append(message.get("body", b""))

    pages: Any = request.app
    await pages(scope, receive, send)
    return status, headers, b"".join(chunks)


def _not_shown(app: App, request: AnyRequest, reader: Viewer, meeting: Meeting, status: int) -> str:
    """The page that says that these readers are not shown what is at this address."""
    refused = status == 403  # noqa: PLR2004
    return app.page(request, reader, "meetings/not_shown.html", meeting=meeting, refused=refused).content


def _without_controls(html: str, eyes: Eyes) -> str:
    """A page without what sends anything. Its links to the meeting stay with these eyes; nothing else is changed."""
    return LINK.sub(lambda tag: _led(tag[0], eyes), CONTROLS.sub("", html))


def _led(tag: str, eyes: Eyes) -> str:
    """A link as this reader's page has it. What a person typed is escaped in our pages, so it is no tag."""
    href = HREF.search(tag)
    if href is None or " data-own" in tag:
        return tag
    path, rest = href["path"], href["path"].removeprefix(eyes.place)
    of_meeting = path.startswith(eyes.place) and (not rest or rest.startswith("/"))
    if OWN.match(path) or (of_meeting and FOR_SCRIPTS.match(rest)):
        return HREF.sub("", tag)
    if not of_meeting:
        return tag
    there = address(f"{eyes.place}/as/{eyes.kind}{rest}")
    return HREF.sub(lambda _: f' href="{there}{href["tail"]}"', tag)
