"""Signing from a page: the challenge for the passkey, and its answer."""

from typing import Any

from anyio.to_thread import run_sync
from litestar import get, post
from litestar.response import Response
from webauthn.helpers import bytes_to_base64url

from suhbat.acts.app import App
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import WORDS, AnyRequest, read_object
from suhbat.acts.roles_and_seats import HEADS, Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.people.passkeys import passkeys_of
from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.adoption.signatures import challenge_for, may_sign, signatories
from suhbat.texts.text_access import opened_text

SIGN = "/meetings/{format_:str}/{slug:str}/texts/{name:str}/sign"
_PATIENCE = 300_000
"""Milliseconds a head may take to find the phone."""


@get(SIGN, sync_to_thread=True)
def signing_challenge(app: App, actor: Viewer, format_: str, slug: str, name: str) -> dict[str, Any]:
    """What the browser is to ask the head's passkey."""
    meeting_id = f"{format_}/{slug}"
    seat = actor.seat_for(HEADS, meeting_id)
    if seat is None:
        raise not_allowed()
    with opened_text(app, actor, meeting_id, name) as opened:
        session, text = opened.session, opened.text
        may_sign(actor, opened.meeting, text, signatories(session, text))
        keys = passkeys_of(session, actor.id)
        if not keys:
            raise out_of_order(lazy("You have no passkey here yet. Make one first, on your own page."))
        return {
            "challenge": bytes_to_base64url(challenge_for(document(session, text), seat.state)),
            "rpId": app.settings.host,
            "userVerification": "required",
            "timeout": _PATIENCE,
            "allowCredentials": [{"id": key.id, "type": "public-key"} for key in keys],
        }


@post(SIGN, status_code=201)
async def sign_with_passkey(
    request: AnyRequest, app: App, asker: Asker, format_: str, slug: str, name: str
) -> Response[Any]:
    """Sign with the passkey's answer."""
    answer = await read_object(request, WORDS)
    meeting_id = f"{format_}/{slug}"

    def digest() -> str:
        with opened_text(app, asker, meeting_id, name) as opened:
            return opened.text.digest

    inputs = {"meeting": meeting_id, "text": name, "digest": await run_sync(digest), "answer": answer}
    done = await app.door.perform_soon(asker, "text.signed", inputs)
    return Response({"entry": done.entry.number}, status_code=201)


handlers: list[Any] = [signing_challenge, sign_with_passkey]
