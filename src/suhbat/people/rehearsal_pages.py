"""The ways into a rehearsed meeting. These routes are made only where rehearsals are switched on.

One window per seat: a browser keeps one sign-in per host name, and browsers take every name under `localhost` for
this machine. So `http://kz.localhost:8000` is another host with another sign-in, in the same browser; and the same
address under plain `localhost` does in a private window or another browser.
"""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect

from suhbat.acts.app import App, address
from suhbat.acts.request_bodies import words_of
from suhbat.ground.urls import local
from suhbat.people.rehearsal_seats import sit_down
from suhbat.people.request_origin import PRIVATE, Asked
from suhbat.people.session_cookie import sign_outs_of, signed_in_cookie


@post("/seats/{format_id:str}/{slug:str}/{seat:str}")
async def take_seat(request: Asked, app: App, format_id: str, slug: str, seat: str) -> Response[Any]:
    """One click: sit down, be signed in, go to the room."""
    given = await words_of(request)
    return await _enter(app, f"{format_id}/{slug}", seat, given.get("then", ""))


@get("/seats/{format_id:str}/{slug:str}/{seat:str}")
async def enter(
    app: App, format_id: str, slug: str, seat: str, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The same by a link, for a window of its own. It is no form: a rehearsal has nothing that could be stolen."""
    return await _enter(app, f"{format_id}/{slug}", seat, then)


async def _enter(app: App, meeting: str, seat: str, then: str) -> Response[Any]:
    person, sign_outs = await run_sync(_seated, app, meeting, seat)
    to = address(local(then, f"/meetings/{meeting}/room"))
    return Redirect(to, status_code=303, cookies=[signed_in_cookie(app.settings, person, sign_outs)], headers=PRIVATE)


def _seated(app: App, meeting: str, seat: str) -> tuple[str, int]:
    person = sit_down(app.door, meeting, seat).id
    with app.database.reading() as session:
        return person, sign_outs_of(session, person)


def routes(app: App) -> list[Router]:
    """The ways in; none where there is no rehearsal."""
    if not app.settings.rehearsal:
        return []
    return [Router("/rehearse", route_handlers=[take_seat, enter])]
