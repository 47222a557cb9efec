"""Signing from a page: what the passkey is asked, and its answer."""

from typing import Any

from litestar import get, post
from litestar.response import Response
from webauthn.helpers import bytes_to_base64url

from suhbat.acts.actors import HEADS, Actor
from suhbat.acts.house import House
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.people.passkeys import passkeys_of
from suhbat.texts.content import document
from suhbat.texts.looking import readable_text
from suhbat.texts.signing import challenge_for

SIGN = "/meetings/{format_:str}/{slug:str}/texts/{name:str}/sign"
_PATIENCE = 300_000
"""Milliseconds a head may take to find the phone."""


@get(SIGN, sync_to_thread=True)
def asked(house: House, actor: Actor, format_: str, slug: str, name: str) -> dict[str, Any]:
    """What the browser is to ask the head's passkey."""
    meeting = f"{format_}/{slug}"
    seat = actor.seat_for(HEADS, meeting)
    if seat is None:
        raise not_allowed()
    with house.database.reading() as session:
        _held, text = readable_text(session, actor, meeting, name)
        if text.state != "adopted":
            raise out_of_order(lazy("Only an adopted text is signed."))
        keys = passkeys_of(session, actor.id)
        if not keys:
            raise out_of_order(lazy("You have no passkey in this house yet. Keep one first, on your own page."))
        return {
            "challenge": bytes_to_base64url(challenge_for(document(session, text), seat.state)),
            "rpId": house.settings.host,
            "userVerification": "required",
            "timeout": _PATIENCE,
            "allowCredentials": [{"id": key.id, "type": "public-key"} for key in keys],
        }


@post(SIGN, sync_to_thread=True, status_code=201)
def given(house: House, actor: Actor, format_: str, slug: str, name: str, data: dict[str, Any]) -> Response[Any]:
    """Take the passkey's answer to the door."""
    meeting = f"{format_}/{slug}"
    with house.database.reading() as session:
        _held, text = readable_text(session, actor, meeting, name)
        digest = text.digest
    wish = {"meeting": meeting, "text": name, "digest": digest, "answer": data}
    return Response({"entry": house.door.perform(actor, "text.signed", wish).entry.number}, status_code=201)


handlers: list[Any] = [asked, given]
