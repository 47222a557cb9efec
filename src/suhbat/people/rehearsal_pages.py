"""Routes into a rehearsed meeting. They exist only if rehearsals are switched on.

One window per seat: a browser has one sign-in per host name, and every name under `localhost` means this machine. So
`http://kz.localhost:8000` is another host with another sign-in, in the same browser. Under plain `localhost` the same
needs a private window or another browser.
"""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect

from suhbat.acts.app import App, address
from suhbat.acts.request_bodies import AnyRequest, read_fields
from suhbat.ground.urls import local_address
from suhbat.people.rehearsal_seats import sit_down
from suhbat.people.request_origin import PRIVATE
from suhbat.people.session_cookie import sign_outs_of, signed_in_cookie


@post("/seats/{format_id:str}/{slug:str}/{seat:str}")
async def take_seat(request: AnyRequest, app: App, format_id: str, slug: str, seat: str) -> Response[Any]:
    """Take a seat with one click: the browser is signed in and redirected to the meeting room."""
    fields = await read_fields(request)
    return await _enter(app, f"{format_id}/{slug}", seat, fields.get("then", ""))


@get("/seats/{format_id:str}/{slug:str}/{seat:str}")
async def enter(
    app: App, format_id: str, slug: str, seat: str, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The same as a link, for a window of its own. A GET is safe here: nothing in a rehearsal could be stolen."""
    return await _enter(app, f"{format_id}/{slug}", seat, then)


async def _enter(app: App, meeting: str, seat: str, then: str) -> Response[Any]:
    person, sign_outs = await run_sync(_seated, app, meeting, seat)
    location = address(local_address(then, f"/meetings/{meeting}/room"))
    return Redirect(
        location,
        status_code=303,
        cookies=[signed_in_cookie(app.settings, person, sign_outs, app.clock())],
        headers=PRIVATE,
    )


def _seated(app: App, meeting: str, seat: str) -> tuple[str, int]:
    person = sit_down(app.door, meeting, seat).id
    with app.database.reading() as session:
        return person, sign_outs_of(session, person)


def routes(app: App) -> list[Router]:
    """The routes; none if rehearsals are switched off."""
    if not app.settings.rehearsal:
        return []
    return [Router("/rehearse", route_handlers=[take_seat, enter])]
