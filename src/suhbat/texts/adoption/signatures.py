"""Heads sign the adopted text: a passkey's answer to a challenge that is made of the text itself."""

import hashlib
from collections.abc import Collection
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import bytes_to_base64url

from suhbat.acts import Body, Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import HEADS
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.people.models import Passkey
from suhbat.people.passkeys import person_of_answer
from suhbat.record.entries import Entry
from suhbat.record.hashing import canonical
from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Signature, Text
from suhbat.texts.text_guard_checks import InText, meeting_and_text, must_negotiate, text_of

PURPOSE = "suhbat text signature 1"
_PARTS = ("clientDataJSON", "authenticatorData", "signature")
_LONGEST = 8_000


def challenge_for(content: dict[str, Any], delegation: str) -> bytes:
    """What a head's passkey answers: bound to the text's hash, its languages, format, meeting and the delegation."""
    bound = {
        "purpose": PURPOSE,
        "digest": digest(content),
        "text": content["name"],
        "format": content["format"],
        "meeting": content["meeting"],
        "languages": [content["language"], *sorted(content["versions"])],
        "delegation": delegation,
    }
    return hashlib.sha256(canonical(bound)).digest()


class Sign(InText, frozen=True, kw_only=True):
    """The hash that is signed, and the passkey's answer."""

    digest: Annotated[str, Meta(title="Hash of the text", max_length=64)]
    answer: Annotated[dict[str, Any], Meta(title="Answer of the passkey")]


class TextSigned(Body, frozen=True, kw_only=True):
    """A signature, with all that is needed to check it without this server. Bytes are base64url."""

    text: str
    """The name of the text within its meeting."""
    title: str
    by: str
    """The delegation."""
    digest: str
    """SHA-256 of the adopted text, in hex."""
    credential: str
    """The id of the passkey."""
    public_key: str
    """The passkey's key (COSE)."""
    client_data: str
    """What the browser says it asked of the passkey (WebAuthn's `clientDataJSON`); the challenge stands in it."""
    authenticator_data: str
    signature: str


@guard("text.signed")
def may_sign(viewer: Viewer, _meeting: Meeting, text: Text, signed_by: Collection[str]) -> None:
    """The viewer's delegation negotiated the text and has not signed it; the text is adopted."""
    delegation = must_negotiate(viewer, HEADS, text)
    if text.status != "adopted":
        raise out_of_order(lazy("Only an adopted text is signed."))
    if delegation in signed_by:
        raise out_of_order(lazy("Your delegation has signed this text."))


def signatories(session: Session, text: Text) -> set[str]:
    """The delegations that have signed a text."""
    return set(session.scalars(select(Signature.delegation).where(Signature.text == text.id)))


@act("text.signed", "Sign the text", by=HEADS)
def sign(occasion: Occasion, inputs: Sign) -> Decision[TextSigned]:
    """A head of delegation signs the adopted text with a passkey.

    The passkey answers a challenge made of the text's hash, its languages, the format, the meeting and the
    delegation. Anyone can check the signature later without this server. One signature per delegation.
    """
    session = occasion.session
    meeting, text = meeting_and_text(occasion, inputs)
    may_sign(occasion.actor, meeting, text, signatories(session, text))
    content = document(session, text)
    if inputs.digest != text.digest or digest(content) != text.digest:
        raise conflict(lazy("This is not the hash of the adopted text. Nothing was signed."))
    response = inputs.answer.get("response")
    if not isinstance(response, dict) or any(not _is_short(response.get(part)) for part in _PARTS):
        raise invalid(answer=lazy("This is no answer of a passkey."))
    challenge = challenge_for(content, occasion.delegation)
    if person_of_answer(session, occasion.settings, inputs.answer, challenge) != occasion.actor.id:
        raise not_allowed(lazy("This passkey belongs to somebody else."))
    key = session.get_one(Passkey, str(inputs.answer["id"]))
    body = TextSigned(
        text=text.name,
        title=text.title,
        by=occasion.delegation,
        digest=text.digest,
        credential=key.id,
        public_key=bytes_to_base64url(key.public_key),
        client_data=response["clientDataJSON"],
        authenticator_data=response["authenticatorData"],
        signature=response["signature"],
    )
    return Decision(body, audience="public" if text.published else "")


def _is_short(part: Any) -> bool:
    return isinstance(part, str) and 0 < len(part) < _LONGEST


@effect("text.signed", on_release=True)
def signed(session: Session, entry: Entry, body: TextSigned) -> None:
    """The signature, with all that is needed to check it."""
    session.add(
        Signature(
            text=text_of(session, entry.meeting, body.text).id,
            delegation=body.by,
            person=entry.actor,
            name=entry.name,
            office=entry.office,
            digest=body.digest,
            credential=body.credential,
            public_key=body.public_key,
            client_data=body.client_data,
            authenticator_data=body.authenticator_data,
            signature=body.signature,
            time=stamp(entry.time),
            entry=entry.number,
        )
    )


@phrase("text.signed")
def say_signed(_entry: Entry, body: TextSigned) -> str:
    """Who signs which text."""
    return gettext("%(who)s signs “%(title)s”") % {"who": holder_name(body.by), "title": body.title}


def signatures_on(session: Session, text: Text) -> list[Signature]:
    """The signatures, in the protocol order of the delegations."""
    rank = {state: n for n, state in enumerate(text.order)}
    signatures = session.scalars(select(Signature).where(Signature.text == text.id))
    return sorted(signatures, key=lambda signature: rank.get(signature.delegation, len(rank)))
