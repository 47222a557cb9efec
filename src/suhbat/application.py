"""The application: all packages together, with pages, acts and the live tail."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from errno import EBUSY, EDQUOT, ENOSPC, EROFS
from typing import Any, cast

from anyio.to_thread import run_sync
from litestar import Litestar, MediaType
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.response import Response
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from suhbat import discovery
from suhbat.acts.app import App, address
from suhbat.acts.door import Asker, Door
from suhbat.acts.live_streams import Live
from suhbat.acts.onlookers import onlooker_of
from suhbat.acts.page_cache import DRAWN_FOR, PageCache
from suhbat.acts.refused_form import present_refusal
from suhbat.acts.registry import say
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import PUBLIC_READER, Viewer
from suhbat.discovery import install_helpers, load_packages, routers
from suhbat.formats.added_parties import follow_parties
from suhbat.ground.clock import Clock, ahead_by, now, stamp
from suhbat.ground.cookies import cookie
from suhbat.ground.database import Database, UncertainCommitError
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy, reading_in
from suhbat.ground.middleware import AsgiApp, Front, Scope, built
from suhbat.ground.refusals import Refused
from suhbat.ground.settings import Settings
from suhbat.ground.templates import make_environment
from suhbat.people.session_cookie import COOKIE, actor_of
from suhbat.public.read_model.public_version import PublicVersion
from suhbat.public.web.format_suffix import FormatSuffix
from suhbat.record.entries import Entry
from suhbat.record.open_lines import OpenLines
from suhbat.record.process_notifications import pulse, share, watch
from suhbat.record.reading import head_number
from suhbat.record.tail import Tail

log = logging.getLogger("suhbat")
BIGGEST_BODY = 25 * 1024 * 1024
"""Bytes of a request at most: a file of 20 MB and its form."""
HTTP_FAULTS = {
    400: lazy("This address was asked for in a way that is not understood."),
    404: lazy("There is nothing at this address."),
    405: lazy("Nothing is sent to this address in this way."),
    429: lazy("This was asked for too often. Wait a minute and try again."),
}
"""Our own texts for the errors that the web framework raises by itself."""
PULSE = 15
"""Seconds between two keep-alive comments on every live connection."""


def make_app(settings: Settings, clock: Clock | None = None) -> App:
    """Open an installation: its database, door, tail and templates. A `clock` goes before that of the settings."""
    load_packages()
    clock = clock or (ahead_by(settings.clock_file) if settings.clock_file else now)
    database = Database(settings.url)
    door = Door(database, settings, clock)
    tail = Tail(write_entry)
    door.listeners.append(tail.publish_soon)
    templates = make_environment()
    templates.globals.update(address=address, built=built, say=say, refused_form=present_refusal)
    install_helpers(templates)
    lines = OpenLines(database, clock)
    tail.send = lines.send
    app = App(settings, database, door, tail, templates, lines, clock)
    follow_parties(app)
    return app


def write_entry(entry: Entry, language: str) -> dict[str, Any]:
    """An entry as the live record shows it."""
    with reading_in(language):
        sentence = say(entry)
    return {
        "number": entry.number,
        "act": entry.act,
        "time": stamp(entry.time),
        "name": entry.name,
        "delegation": entry.delegation,
        "line": sentence,
        "body": entry.body,
    }


def make_pages(app: App) -> Litestar:
    """The Litestar application with the routes of every package."""

    async def viewer(request: AnyRequest) -> Viewer:
        if seen_by := onlooker_of(request.scope):
            return seen_by
        return await run_sync(_reader, app, request) if _sign_in(request) else PUBLIC_READER.viewer

    def asker(request: AnyRequest) -> Asker:
        sign_in = _sign_in(request)
        return lambda session: actor_of(session, app.settings, sign_in, app.clock)

    return Litestar(
        route_handlers=routers(app),
        dependencies={
            "app": Provide(lambda: app, sync_to_thread=False),
            "actor": Provide(viewer),
            "asker": Provide(asker, sync_to_thread=False),
        },
        exception_handlers={
            Refused: _on_refusal(app),
            HTTPException: _on_http_error(app),
            OverflowError: _on_overflow(app),
            DataError: _on_overflow(app),
            Exception: _on_fault(app),
        },
        request_max_body_size=BIGGEST_BODY,
        openapi_config=None,  # `acts/api.py` describes the acts; the framework's own pages load foreign files
        lifespan=[_lifespan(app)],
    )


def _lifespan(app: App) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def living(_app: Litestar) -> AsyncIterator[None]:
        with app.database.reading() as session:
            app.tail.start(asyncio.get_running_loop(), head_number(session))
        try:
            await run_sync(app.lines.begin)
        except (OperationalError, OSError):
            log.exception("who was in the rooms when the last server ended is not known")
        chores = [asyncio.create_task(chore(app)) for chore in (_watch, _share, _pulse, *discovery.chores())]
        yield
        for chore in chores:
            chore.cancel()
        await asyncio.wait(chores, timeout=5)
        app.tail.close()
        app.database.close()

    return living


async def _watch(app: App) -> None:
    """Show the entries and signals of other processes: of a command, or of a second worker."""
    await watch(app.database, app.tail, app.lines)


async def _share(app: App) -> None:
    await share(app.lines)


async def _pulse(app: App) -> None:
    while True:
        await asyncio.sleep(PULSE)
        try:
            await pulse(app.tail, app.lines)
        except Exception:
            log.exception("a pulse was left out")


def _on_refusal(app: App) -> Callable[[AnyRequest, Refused], Response[Any]]:
    def answer(request: AnyRequest, refusal: Refused) -> Response[Any]:
        if _is_program(request):
            fields = {name: str(why) for name, why in refusal.fields.items()}
            return Response(
                {"refused": refusal.kind, "why": str(refusal.why), "fields": fields}, status_code=refusal.status
            )
        return app.page(request, _reader(app, request), "ground/refused.html", refusal.status, refusal=refusal)

    return answer


def _on_http_error(app: App) -> Callable[[AnyRequest, HTTPException], Response[Any]]:
    def answer(request: AnyRequest, fault: HTTPException) -> Response[Any]:
        allow = {name: value for name, value in (fault.headers or {}).items() if name.lower() == "allow"}
        why = str(HTTP_FAULTS.get(fault.status_code, fault.detail))
        if _is_program(request):
            return Response({"refused": "http", "why": why}, status_code=fault.status_code, headers=allow)
        page = app.page(
            request, _reader(app, request), "ground/fault.html", fault.status_code, code=fault.status_code, why=why
        )
        page.headers.update(allow)
        return page

    return answer


def _on_overflow(app: App) -> Callable[[AnyRequest, Exception], Response[Any]]:
    """The handler for numbers that are too large for the database: nothing has such a number, so it answers 404."""
    handle = _on_http_error(app)
    return lambda request, _fault: handle(request, NotFoundException())


def _on_fault(app: App) -> Callable[[AnyRequest, Exception], Response[Any]]:
    """The handler for unexpected exceptions: the log has all details under a number; the reader sees the number."""

    def answer(request: AnyRequest, fault: Exception) -> Response[Any]:
        number = new_id()
        path = request.scope["path"]
        if cannot_write(fault):
            reason = str(fault).partition("\n")[0]
            log.error("fault %s at %s %s: nothing can be written or read: %s", number, request.method, path, reason)
        elif isinstance(fault, UncertainCommitError):
            log.error("fault %s at %s %s: %s", number, request.method, path, fault)
        else:
            log.error("fault %s at %s %s", number, request.method, path, exc_info=fault)
        why = lazy("This is an error of the server, not yours. Nothing was saved. Its number is %(number)s.")
        code = 500
        if cannot_write(fault):
            why = lazy("The server cannot save anything now. Nothing was saved. Try again later (%(number)s).")
            code = 503
        if isinstance(fault, UncertainCommitError):
            why = lazy(
                "The connection to the database broke. Your act may have been saved: check before you repeat it"
                " (%(number)s)."
            )
            code = 503
        text = str(why % {"number": number})
        if _is_program(request):
            return Response({"refused": "fault", "why": text, "number": number}, status_code=code)
        try:
            return app.page(request, PUBLIC_READER, "ground/fault.html", code, code=code, why=text)
        except Exception:
            log.exception("fault %s: its page could not be rendered either", number)
            return Response(text, status_code=code, media_type=MediaType.TEXT)

    return answer


def cannot_write(fault: Exception) -> bool:
    """Whether the disk is full or read-only, or the database is unreachable: a problem that may pass by itself."""
    if isinstance(fault, OperationalError | NoConnection):
        return True
    return getattr(fault, "errno", None) in {ENOSPC, EROFS, EDQUOT, EBUSY}


def _reader(app: App, request: AnyRequest) -> Viewer:
    """The viewer of a request. If a person is signed in, the page cache is notified not to cache the page."""
    if seen_by := onlooker_of(request.scope):
        return seen_by
    with app.database.reading() as session:
        viewer = actor_of(session, app.settings, _sign_in(request), app.clock).viewer
    if not viewer.anonymous:
        drawn_for: list[str] = cast("Any", request.scope).get(DRAWN_FOR, [])
        drawn_for.append(viewer.id)
    return viewer


def _sign_in(request: AnyRequest) -> str:
    """The value of the sign-in cookie; empty if there is none."""
    return cookie(request.scope["headers"], COOKIE)


def _is_program(request: AnyRequest) -> bool:
    accept = request.headers.get("accept", "")
    return (
        "hx-request" in request.headers
        or "application/json" in accept
        or (request.content_type[0] == "application/json" and "text/html" not in accept)
    )


def front_of(app: App, pages: Litestar | None = None) -> Front:
    """The ASGI application of an open installation. `pages` are made here if they are not given."""

    def who_is(scope: Scope) -> Viewer:
        with app.database.reading() as session:
            return actor_of(session, app.settings, cookie(scope["headers"], COOKIE), app.clock).viewer

    cached_pages = PageCache(FormatSuffix(cast("AsgiApp", pages or make_pages(app))), PublicVersion(app), COOKIE)
    return Front(cached_pages, Live(app, who_is), app.settings.origin)
