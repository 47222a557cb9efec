"""The page of the signed-in person: own seats, own devices, signing out everywhere."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.response import Redirect

from suhbat.acts import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import WORDS, AnyRequest, read_fields, read_object
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed
from suhbat.people.models import Person
from suhbat.people.own_panels import drawn_panels, filled_panels
from suhbat.people.passkey_acts import Keeping, Nothing, OfPasskey
from suhbat.people.passkeys import passkeys_of, registration_options
from suhbat.people.queries import open_letters_for, own_seats
from suhbat.people.request_origin import PRIVATE, in_rehearsal_window, right_address
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.people.session_cookie import signed_in_cookie, signed_out_cookie
from suhbat.people.standing_seats import silent_seats


@get("/", sync_to_thread=True)
def me(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The page with the person's own seats and devices."""
    if actor.anonymous:
        return Redirect(address("/sign-in?then=/me"), status_code=303)
    with app.database.reading() as session:
        filled = filled_panels(session, app, actor, "me")  # the places of the seats are among what they have loaded
        return app.page(
            request,
            actor,
            "people/me.html",
            installation=INSTALLATION_PLACE,
            panels=drawn_panels(app, actor, "/me", filled),
            seats=own_seats(session, actor),
            devices=passkeys_of(session, actor.id),
            letters=open_letters_for(session, actor.id),
            silent=silent_seats(session, actor, app.clock()),
            right_address=right_address(request, app.settings),
            rehearsal_window=in_rehearsal_window(request, app.settings),
        )


@post("/passkeys/challenge", sync_to_thread=True, status_code=200)
def challenge(app: App, asker: Asker) -> Response[Any]:
    """The options with which the browser makes a new passkey."""
    with app.database.reading() as session:
        person = session.get(Person, asker(session).id)
        if person is None:
            raise not_allowed(lazy("Sign in first."))
        options = registration_options(session, app.settings, person, app.clock())
    return Response(options, headers=PRIVATE)


@post("/passkeys", status_code=201)
async def keep(request: AnyRequest, app: App, asker: Asker) -> Response[Any]:
    """Save the new passkey that the browser made, by the act `passkey.kept`."""
    body = await read_object(request, WORDS)
    answer = body.get("credential")
    credential = answer if isinstance(answer, dict) else {}
    inputs = Keeping(credential=credential, device=str(body.get("device") or "")[:100])
    await app.door.perform_soon(asker, "passkey.kept", inputs)
    return Response({"kept": True}, status_code=201, headers=PRIVATE)


@post("/passkeys/remove")
async def remove(request: AnyRequest, app: App, asker: Asker) -> Response[Any]:
    """Remove a device. This ends all sign-ins; this browser is then signed in again as the same person."""
    fields = await read_fields(request)
    inputs = OfPasskey(passkey=fields.get("passkey", ""))
    done = await app.door.perform_soon(asker, "passkey.revoked", inputs)
    cookie = signed_in_cookie(app.settings, done.entry.actor, int(done.reply["sign_outs"]), app.clock())
    return Redirect(address("/me"), status_code=303, cookies=[cookie])


@post("/sign-out-everywhere")
async def sign_out_everywhere(app: App, asker: Asker) -> Response[Any]:
    """End all own sign-ins, here and on every other device."""
    await app.door.perform_soon(asker, "person.signed_out", Nothing())
    return Redirect(address("/sign-in"), status_code=303, cookies=[signed_out_cookie(app.settings)])


routes = [Router("/me", route_handlers=[me, challenge, keep, remove, sign_out_everywhere])]
