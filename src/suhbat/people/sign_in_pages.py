"""Signing in with a passkey, and signing out."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect

from suhbat.acts import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.request_bodies import WORDS, object_of
from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.ground.urls import local
from suhbat.people.passkey_challenges import spend
from suhbat.people.passkeys import ask_to_sign_in, who_signs_in
from suhbat.people.request_origin import PRIVATE, Asked, at_most, in_rehearsal_window, right_address
from suhbat.people.session_cookie import sign_outs_of, signed_in_cookie, signed_out_cookie


@get("/", sync_to_thread=True)
def sign_in_page(
    request: Asked, app: App, actor: Viewer, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """Where one signs in; where one has arrived already, one goes on."""
    if not actor.anonymous:
        return Redirect(address(local(then, "/me")), status_code=303)
    return app.page(
        request,
        actor,
        "people/sign_in.html",
        then=local(then, "/me"),
        right_address=right_address(request, app.settings),
        rehearsal_window=in_rehearsal_window(request, app.settings),
    )


@post("/challenge", sync_to_thread=True, status_code=200)
def challenge(app: App) -> Response[Any]:
    """What the browser is asked: any passkey it has for this house."""
    return Response(ask_to_sign_in(app.settings, app.door.clock()), headers=PRIVATE)


@post("/", status_code=200)
async def sign_in(request: Asked, app: App) -> Response[Any]:
    """The browser's answer: if it proves who is there, this browser is signed in."""
    person, sign_outs = await run_sync(_proven, app, await object_of(request, WORDS))
    return Response({"person": person}, cookies=[signed_in_cookie(app.settings, person, sign_outs)], headers=PRIVATE)


def _proven(app: App, answer: dict[str, Any]) -> tuple[str, int]:
    """The person whom a passkey's answer proves, and after how many sign-outs; an answer counts once."""
    now = app.door.clock()
    with app.database.reading() as session:
        person, answered = who_signs_in(session, app.settings, answer, now)
        sign_outs = sign_outs_of(session, person)
    if not spend(app.database, answered, now):
        raise out_of_order(lazy("This answer was given before. Try once more."))
    return person, sign_outs


@post("/sign-out", sync_to_thread=True)
def sign_out(app: App) -> Response[Any]:
    """Sign this browser out. Other devices stay signed in; `person.signed_out` ends those too."""
    return Redirect(address("/"), status_code=303, cookies=[signed_out_cookie(app.settings)])


routes = [
    Router("/sign-in", route_handlers=[sign_in_page, challenge, sign_in], middleware=[at_most(60, "sign-in")]),
    Router("/", route_handlers=[sign_out]),
]
