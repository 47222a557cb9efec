"""The page of the one who is signed in: own seats, own devices, signing out everywhere."""

from typing import Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.response import Redirect

from suhbat.acts import Actor, Role
from suhbat.acts.house import House, address
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed
from suhbat.people.devices import Keeping, Nothing, OfPasskey
from suhbat.people.models import Person
from suhbat.people.passkeys import ask_to_keep, passkeys_of
from suhbat.people.queries import open_letters_for, own_seats
from suhbat.people.signing import signed_in_cookie, signed_out_cookie
from suhbat.people.visiting import PRIVATE, Asked, in_rehearsal_window, right_address


@get("/", sync_to_thread=True)
def me(request: Asked, house: House, actor: Actor) -> Response[Any]:
    """Own seats and devices."""
    if actor.anonymous:
        return Redirect(address("/sign-in?then=/me"), status_code=303)
    with house.database.reading() as session:
        return house.page(
            request,
            actor,
            "people/me.html",
            seats=own_seats(session, actor.id),
            devices=passkeys_of(session, actor.id),
            letters=open_letters_for(session, actor.id),
            administrator=Role.ADMINISTRATOR in actor.roles_at("", ""),
            right_address=right_address(request, house.settings),
            rehearsal_window=in_rehearsal_window(request, house.settings),
        )


@post("/passkeys/challenge", sync_to_thread=True, status_code=200)
def challenge(house: House, actor: Actor) -> Response[Any]:
    """What the browser is asked for a new passkey."""
    with house.database.reading() as session:
        person = session.get(Person, actor.id)
        if person is None:
            raise not_allowed(lazy("Sign in first."))
        asked = ask_to_keep(session, house.settings, person, house.door.clock())
    return Response(asked, headers=PRIVATE)


@post("/passkeys", sync_to_thread=True, status_code=201)
def keep(house: House, actor: Actor, data: dict[str, Any]) -> Response[Any]:
    """The browser's answer: the new passkey is kept through the one door."""
    given = data.get("credential")
    credential = given if isinstance(given, dict) else {}
    wish = Keeping(credential=credential, device=str(data.get("device") or "")[:100])
    house.door.perform(actor, "passkey.kept", wish)
    return Response({"kept": True}, status_code=201, headers=PRIVATE)


@post("/passkeys/remove")
async def remove(request: Asked, house: House, actor: Actor) -> Response[Any]:
    """Remove a device. All sign-ins end by it, and this browser is signed in anew."""
    form = await request.form()
    wish = OfPasskey(passkey=str(form.get("passkey", "")))
    await run_sync(house.door.perform, actor, "passkey.revoked", wish)
    return Redirect(address("/me"), status_code=303, cookies=[signed_in_cookie(house.settings, actor.id)])


@post("/sign-out-everywhere", sync_to_thread=True)
def sign_out_everywhere(house: House, actor: Actor) -> Response[Any]:
    """End all own sign-ins, here and on every other device."""
    house.door.perform(actor, "person.signed_out", Nothing())
    return Redirect(address("/sign-in"), status_code=303, cookies=[signed_out_cookie(house.settings)])


routes = [Router("/me", route_handlers=[me, challenge, keep, remove, sign_out_everywhere])]
