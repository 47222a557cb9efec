"""Passkeys: the options for the browser, and the verification of its answers (WebAuthn level 3)."""

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
from suhbat.people.passkey_challenges import is_valid, new_challenge

SIGN_IN = "sign-in"
_VERIFIED = UserVerificationRequirement.REQUIRED
_FAULTS = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""The exceptions of the library for invalid answers."""


def keep_purpose(person: str) -> str:
    """The purpose of a challenge with which this person makes a passkey."""
    return f"keep:{person}"


def registration_options(session: Session, settings: Settings, person: Person, now: datetime) -> dict[str, Any]:
    """The options for a new passkey: discoverable, with user verification, and not one that the person has already."""
    options = generate_registration_options(
        rp_id=settings.host,
        rp_name="Suhbat",
        user_id=person.id.encode(),
        user_name=person.name,
        user_display_name=person.name,
        challenge=new_challenge(settings, keep_purpose(person.id), now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in passkeys_of(session, person.id)
        ],
    )
    return _plain(options)


def new_passkey(settings: Settings, person: str, answer: dict[str, Any], now: datetime) -> tuple[str, str]:
    """The credential id and the public key (COSE), both base64url, from a verified answer of a browser."""
    challenge = _challenge(answer)
    if not is_valid(settings, keep_purpose(person), challenge, now):
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
    """The fingerprint of a key (COSE), which people compare to see that a key is the same.

    It is the first 32 hex digits of the SHA-256, in groups of four.
    """
    digits = sha256(public_key).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def sign_in_options(settings: Settings, now: datetime) -> dict[str, Any]:
    """The options for signing in: any passkey that the browser has for this server."""
    challenge = new_challenge(settings, SIGN_IN, now)
    return _plain(
        generate_authentication_options(rp_id=settings.host, challenge=challenge, user_verification=_VERIFIED)
    )


def person_signing_in(session: Session, settings: Settings, answer: dict[str, Any], now: datetime) -> tuple[str, bytes]:
    """The person whose passkey signed the answer to a sign-in challenge, and the challenge."""
    challenge = _challenge(answer)
    if not is_valid(settings, SIGN_IN, challenge, now):
        raise out_of_order(lazy("That took too long. Try once more."))
    return person_of_answer(session, settings, answer, challenge), challenge


def person_of_answer(session: Session, settings: Settings, answer: dict[str, Any], challenge: bytes) -> str:
    """The person whose passkey signed exactly this challenge. Used for signing in and for signing a text's hash."""
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
    """A person's valid passkeys, the oldest first."""
    query = select(Passkey).where(Passkey.person == person, Passkey.revoked.is_(False))
    return list(session.scalars(query.order_by(Passkey.kept, Passkey.id)))


def not_the_passkey() -> Refused:
    """The refusal of an answer that proves nothing."""
    return not_allowed(lazy("The passkey did not fit. Try once more, or ask for a new letter."))


def _challenge(answer: dict[str, Any]) -> bytes:
    """The challenge that an answer claims to answer. The caller checks who made it."""
    try:
        client_data = json.loads(base64url_to_bytes(answer["response"]["clientDataJSON"]))
        return base64url_to_bytes(client_data["challenge"])
    except _FAULTS as fault:
        raise not_the_passkey() from fault


def _plain(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(options_to_json(options))
    return plain
