"""Signing in with a passkey, and signing out."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect

from suhbat.acts import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.request_bodies import WORDS, AnyRequest, read_object
from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.ground.urls import local_address
from suhbat.people.passkey_challenges import spend
from suhbat.people.passkeys import person_signing_in, sign_in_options
from suhbat.people.request_origin import PRIVATE, at_most, in_rehearsal_window, right_address
from suhbat.people.session_cookie import sign_outs_of, signed_in_cookie, signed_out_cookie


@get("/", sync_to_thread=True)
def sign_in_page(
    request: AnyRequest, app: App, actor: Viewer, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The sign-in page. A person who is signed in already is redirected."""
    if not actor.anonymous:
        return Redirect(address(local_address(then, "/me")), status_code=303)
    return app.page(
        request,
        actor,
        "people/sign_in.html",
        then=local_address(then, "/me"),
        right_address=right_address(request, app.settings),
        rehearsal_window=in_rehearsal_window(request, app.settings),
    )


@post("/challenge", sync_to_thread=True, status_code=200)
def challenge(app: App) -> Response[Any]:
    """The options for the browser: any passkey that it has for this server."""
    return Response(sign_in_options(app.settings, app.clock()), headers=PRIVATE)


@post("/", status_code=200)
async def sign_in(request: AnyRequest, app: App) -> Response[Any]:
    """Check the browser's answer, and sign the browser in."""
    person, sign_outs = await run_sync(_identified, app, await read_object(request, WORDS))
    return Response(
        {"person": person}, cookies=[signed_in_cookie(app.settings, person, sign_outs, app.clock())], headers=PRIVATE
    )


def _identified(app: App, answer: dict[str, Any]) -> tuple[str, int]:
    """The person whose passkey signed the answer, and the number of sign-outs. An answer is accepted only once."""
    now = app.clock()
    with app.database.reading() as session:
        person, answered_challenge = person_signing_in(session, app.settings, answer, now)
        sign_outs = sign_outs_of(session, person)
    if not spend(app.database, answered_challenge, now):
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
