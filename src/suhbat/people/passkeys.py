"""Passkeys: what a browser is asked, and what its answer proves (WebAuthn level 3)."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused, not_allowed, out_of_order
from suhbat.ground.settings import Settings
from suhbat.people.models import Passkey, Person
from suhbat.people.passkey_challenges import new_challenge, vouched

SIGN_IN = "sign-in"
_VERIFIED = UserVerificationRequirement.REQUIRED
_FAULTS = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What the library raises at answers that are no answers."""


def keeping(person: str) -> str:
    """The purpose of a challenge by which this person keeps a passkey."""
    return f"keep:{person}"


def ask_to_keep(session: Session, settings: Settings, person: Person, now: datetime) -> dict[str, Any]:
    """What the browser is asked for a new passkey: discoverable, the user verified, not one it has already."""
    options = generate_registration_options(
        rp_id=settings.host,
        rp_name="Suhbat",
        user_id=person.id.encode(),
        user_name=person.name,
        user_display_name=person.name,
        challenge=new_challenge(settings, keeping(person.id), now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in passkeys_of(session, person.id)
        ],
    )
    return _plain(options)


def new_passkey(settings: Settings, person: str, answer: dict[str, Any], now: datetime) -> tuple[str, str]:
    """The credential id and the public key (COSE), both base64url, that a browser's answer proves."""
    challenge = _challenge(answer)
    if not vouched(settings, keeping(person), challenge, now):
        raise out_of_order(lazy("That took too long. Try once more."))
    try:
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=settings.host,
            expected_origin=settings.origin,
            require_user_verification=True,
        )
    except _FAULTS as fault:
        raise not_the_passkey() from fault
    return bytes_to_base64url(verified.credential_id), bytes_to_base64url(verified.credential_public_key)


def fingerprint(public_key: bytes) -> str:
    """What people read to one another of a key (COSE) to know that it is the same.

    The first 32 hex digits of its SHA-256, in groups of four.
    """
    digits = sha256(public_key).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def ask_to_sign_in(settings: Settings, now: datetime) -> dict[str, Any]:
    """What the browser is asked at the door: any passkey it has for this house."""
    challenge = new_challenge(settings, SIGN_IN, now)
    return _plain(
        generate_authentication_options(rp_id=settings.host, challenge=challenge, user_verification=_VERIFIED)
    )


def who_signs_in(session: Session, settings: Settings, answer: dict[str, Any], now: datetime) -> tuple[str, bytes]:
    """The person whom a browser's answer at the door proves, and the challenge that was answered."""
    challenge = _challenge(answer)
    if not vouched(settings, SIGN_IN, challenge, now):
        raise out_of_order(lazy("That took too long. Try once more."))
    return who_answers(session, settings, answer, challenge), challenge


def who_answers(session: Session, settings: Settings, answer: dict[str, Any], challenge: bytes) -> str:
    """The person whose passkey answered exactly this challenge; for signing in, and for signing a text's hash."""
    key = session.get(Passkey, str(answer.get("id", "")))
    if key is None or key.revoked:
        raise not_allowed(lazy("This passkey is not known here, or was removed."))
    try:
        verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=settings.host,
            expected_origin=settings.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except _FAULTS as fault:
        raise not_the_passkey() from fault
    return key.person


def passkeys_of(session: Session, person: str) -> list[Passkey]:
    """A person's passkeys that still count, the oldest first."""
    query = select(Passkey).where(Passkey.person == person, Passkey.revoked.is_(False))
    return list(session.scalars(query.order_by(Passkey.kept, Passkey.id)))


def not_the_passkey() -> Refused:
    """The answer proves nothing."""
    return not_allowed(lazy("The passkey did not fit. Try once more, or ask for a new letter."))


def _challenge(answer: dict[str, Any]) -> bytes:
    """The challenge that an answer claims to answer; the caller checks who made it."""
    try:
        told = json.loads(base64url_to_bytes(answer["response"]["clientDataJSON"]))
        return base64url_to_bytes(told["challenge"])
    except _FAULTS as fault:
        raise not_the_passkey() from fault


def _plain(options: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(options_to_json(options))
    return made
