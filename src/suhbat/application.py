"""Puts the rooms together into one house: pages, acts, the live tail, one process."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from errno import EBUSY, EDQUOT, ENOSPC, EROFS
from typing import Any, cast

from anyio.to_thread import run_sync
from litestar import Litestar, MediaType, Request
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.response import Response
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from suhbat import discovery
from suhbat.acts.actors import PUBLIC_READER, Viewer
from suhbat.acts.cache import DRAWN_FOR, PageCache
from suhbat.acts.door import Asker, Door
from suhbat.acts.house import House, address
from suhbat.acts.live import Live
from suhbat.acts.registry import say
from suhbat.discovery import install_helpers, load_rooms, routers
from suhbat.ground.clock import Clock, now, stamp
from suhbat.ground.cookies import cookie
from suhbat.ground.database import Database, PerhapsKeptError
from suhbat.ground.front import App, Front, Scope, built
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy, reading_in
from suhbat.ground.refusals import Refused
from suhbat.ground.settings import Settings
from suhbat.ground.templates import make_environment
from suhbat.people.signing import COOKIE, actor_of
from suhbat.public.forms_of_pages import Forms
from suhbat.public.versions import PublicVersion
from suhbat.record.entries import Entry
from suhbat.record.reading import head_number
from suhbat.record.tail import Tail
from suhbat.record.watching import watch

log = logging.getLogger("suhbat")
Asked = Request[Any, Any, Any]
BIGGEST_BODY = 25 * 1024 * 1024
"""Bytes of a request at most: a paper of 20 MB and its form."""
HTTP_FAULTS = {
    400: lazy("This address was asked for in a way that is not understood."),
    404: lazy("There is nothing at this address."),
    405: lazy("Nothing is sent to this address in this way."),
    429: lazy("This was asked for too often. Wait a minute and try again."),
}
"""What the framework says of a request by itself, in words of ours; other faults are told where they come up."""
PULSE = 15
"""Seconds between signs of life on every live line."""


def make_house(settings: Settings, clock: Clock = now) -> House:
    """Open an installation: its database, door and tail."""
    load_rooms()
    database = Database(settings.url)
    door = Door(database, settings, clock)
    tail = Tail(write_entry)
    door.listeners.append(tail.publish_soon)
    templates = make_environment()
    templates.globals.update(address=address, built=built, say=say)
    install_helpers(templates)
    return House(settings, database, door, tail, templates)


def write_entry(entry: Entry, language: str) -> dict[str, Any]:
    """An entry as the live record shows it."""
    with reading_in(language):
        line = say(entry)
    return {
        "number": entry.number,
        "act": entry.act,
        "time": stamp(entry.time),
        "name": entry.name,
        "delegation": entry.delegation,
        "line": line,
        "body": entry.body,
    }


def make_pages(house: House) -> Litestar:
    """The framework's application with every room's routes."""

    async def who(request: Asked) -> Viewer:
        return await run_sync(_reader, house, request) if _sign_in(request) else PUBLIC_READER.viewer

    def asker(request: Asked) -> Asker:
        given = _sign_in(request)
        return lambda session: actor_of(session, house.settings, given)

    return Litestar(
        route_handlers=routers(house),
        dependencies={
            "house": Provide(lambda: house, sync_to_thread=False),
            "actor": Provide(who),
            "asker": Provide(asker, sync_to_thread=False),
        },
        exception_handlers={
            Refused: _refused(house),
            HTTPException: _not_so(house),
            OverflowError: _beyond_counting(house),
            DataError: _beyond_counting(house),
            Exception: _broken(house),
        },
        request_max_body_size=BIGGEST_BODY,
        openapi_config=None,  # `acts/api.py` describes the acts; the framework's own pages would call third parties
        lifespan=[_life(house)],
    )


def _life(house: House) -> Callable[[Litestar], Any]:
    @asynccontextmanager
    async def living(_app: Litestar) -> AsyncIterator[None]:
        with house.database.reading() as session:
            house.tail.start(asyncio.get_running_loop(), head_number(session))
        chores = [asyncio.create_task(chore(house)) for chore in (_watch, _pulse, *discovery.chores())]
        yield
        for chore in chores:
            chore.cancel()
        await asyncio.wait(chores, timeout=5)
        house.tail.close()
        house.database.close()

    return living


async def _watch(house: House) -> None:
    """Show what another process kept: the command line, or a second worker."""
    await watch(house.database, house.tail)


async def _pulse(house: House) -> None:
    while True:
        await asyncio.sleep(PULSE)
        house.tail.pulse()


def _refused(house: House) -> Callable[[Asked, Refused], Response[Any]]:
    def answer(request: Asked, refusal: Refused) -> Response[Any]:
        if _is_program(request):
            fields = {name: str(why) for name, why in refusal.fields.items()}
            return Response(
                {"refused": refusal.kind, "why": str(refusal.why), "fields": fields}, status_code=refusal.status
            )
        return house.page(request, _reader(house, request), "ground/refused.html", refusal.status, refusal=refusal)

    return answer


def _not_so(house: House) -> Callable[[Asked, HTTPException], Response[Any]]:
    def answer(request: Asked, fault: HTTPException) -> Response[Any]:
        allow = {name: value for name, value in (fault.headers or {}).items() if name.lower() == "allow"}
        why = str(HTTP_FAULTS.get(fault.status_code, fault.detail))
        if _is_program(request):
            return Response({"refused": "http", "why": why}, status_code=fault.status_code, headers=allow)
        made = house.page(
            request, _reader(house, request), "ground/fault.html", fault.status_code, code=fault.status_code, why=why
        )
        made.headers.update(allow)
        return made

    return answer


def _beyond_counting(house: House) -> Callable[[Asked, Exception], Response[Any]]:
    """A number that no database can hold names nothing that is there."""
    not_so = _not_so(house)
    return lambda request, _fault: not_so(request, NotFoundException())


def _broken(house: House) -> Callable[[Asked, Exception], Response[Any]]:
    """What nobody foresaw: the log has it in full under a number, and the reader is told the number alone."""

    def answer(request: Asked, fault: Exception) -> Response[Any]:
        number = new_id()
        path = request.scope["path"]
        if cannot_write(fault):
            said = str(fault).partition("\n")[0]
            log.error("fault %s at %s %s: nothing can be written or read: %s", number, request.method, path, said)
        elif isinstance(fault, PerhapsKeptError):
            log.error("fault %s at %s %s: %s", number, request.method, path, fault)
        else:
            log.error("fault %s at %s %s", number, request.method, path, exc_info=fault)
        why = lazy("This is a fault of the house, not yours. Nothing of it was kept. Its number is %(number)s.")
        code = 500
        if cannot_write(fault):
            why = lazy("The house cannot write anything down now. Nothing was kept. Try again later (%(number)s).")
            code = 503
        if isinstance(fault, PerhapsKeptError):
            why = lazy("The line to the database broke. It may have been kept: look before you repeat it (%(number)s).")
            code = 503
        said = str(why % {"number": number})
        if _is_program(request):
            return Response({"refused": "fault", "why": said, "number": number}, status_code=code)
        try:
            return house.page(request, PUBLIC_READER, "ground/fault.html", code, code=code, why=said)
        except Exception:
            log.exception("fault %s: its page could not be drawn either", number)
            return Response(said, status_code=code, media_type=MediaType.TEXT)

    return answer


def cannot_write(fault: Exception) -> bool:
    """Whether the disk is full or may not be written, or the database is away: nobody's fault, and it may pass."""
    if isinstance(fault, OperationalError | NoConnection):
        return True
    return getattr(fault, "errno", None) in {ENOSPC, EROFS, EDQUOT, EBUSY}


def _reader(house: House, request: Asked) -> Viewer:
    """Who looks, as they stand now; the page cache is told that the answer is drawn for somebody."""
    with house.database.reading() as session:
        viewer = actor_of(session, house.settings, _sign_in(request)).viewer
    if not viewer.anonymous:
        drawn_for: list[str] = cast("Any", request.scope).get(DRAWN_FOR, [])
        drawn_for.append(viewer.id)
    return viewer


def _sign_in(request: Asked) -> str:
    """The cookie of a sign-in."""
    return cookie(request.scope["headers"], COOKIE)


def _is_program(request: Asked) -> bool:
    wanted = request.headers.get("accept", "")
    return (
        "hx-request" in request.headers
        or "application/json" in wanted
        or (request.content_type[0] == "application/json" and "text/html" not in wanted)
    )


def front_of(house: House, pages: Litestar | None = None) -> Front:
    """The ASGI application of an open house; `pages` are its own, made here where none are given."""

    def who_is(scope: Scope) -> Viewer:
        with house.database.reading() as session:
            return actor_of(session, house.settings, cookie(scope["headers"], COOKIE)).viewer

    kept = PageCache(Forms(cast("App", pages or make_pages(house))), PublicVersion(house), COOKIE)
    return Front(kept, Live(house, who_is), house.settings.origin)
