"""Checking a signed copy without this server: the hash of its text, and every signature on it.

A copy carries the keys that it is checked with. No file can prove by itself that a key belongs to a head: the
fingerprint of the key is printed, and the check takes fingerprints that the capitals have exchanged beforehand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session
from webauthn import verify_authentication_response
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException

from suhbat.people.passkeys import fingerprint
from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.adoption.signatures import challenge_for, signatures_on
from suhbat.texts.models import Text

FORM = "suhbat-signed-text-1"
_FIELDS = ("delegation", "name", "office", "credential", "public_key", "client_data", "authenticator_data", "signature")


@dataclass(frozen=True)
class Finding:
    """What the check found about one signature."""

    delegation: str
    name: str
    office: str
    fault: str = ""
    """Empty where it is good."""
    key: str = ""
    """Fingerprint of the passkey's public key (`suhbat.people.passkeys.fingerprint`)."""


def signed_copy(session: Session, text: Text, origin: str) -> dict[str, Any]:
    """A text with its signatures as one file that `suhbat text verify` checks."""
    return {
        "form": FORM,
        "origin": origin,
        "digest": text.digest,
        "document": document(session, text),
        "signatures": [
            {name: getattr(signature, name) for name in (*_FIELDS, "time", "entry")}
            | {"fingerprint": fingerprint_of(signature.public_key)}
            for signature in signatures_on(session, text)
        ],
    }


def findings(copy: dict[str, Any], known_keys: Mapping[str, str] | None = None) -> tuple[str, list[Finding]]:
    """A fault of the whole copy (empty if none), and a finding for each signature.

    `known_keys` holds fingerprints by delegation: a signature by that delegation with another key is a fault.
    Raises ValueError where the file is no signed copy.
    """
    if copy.get("form") != FORM or not isinstance(copy.get("document"), dict):
        raise ValueError("this is no signed text of this kind")
    try:
        actual = digest(copy["document"])
        fault = "" if actual == copy.get("digest") else f"the text has the hash {actual}, the copy says otherwise"
        return fault, [_finding(copy, dict(signature), known_keys or {}) for signature in copy.get("signatures", [])]
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"this signed text is not whole: {problem}") from problem


def fingerprint_of(public_key: str) -> str:
    """The fingerprint of a key as a signature carries it (base64url, COSE)."""
    return fingerprint(base64url_to_bytes(public_key))


def _digits(typed: str) -> str:
    """A fingerprint as somebody typed it, without what only makes it easier to read."""
    return "".join(letter for letter in typed.lower() if letter.isalnum())


def _finding(copy: dict[str, Any], signature: dict[str, Any], known_keys: Mapping[str, str]) -> Finding:
    state, key = signature["delegation"], fingerprint_of(signature["public_key"])
    good = Finding(state, signature["name"], signature["office"], key=key)
    if state not in copy["document"]["parties"]:
        return replace(good, fault="is no party to this text")
    if _digits(signature.get("fingerprint", key)) != _digits(key):
        return replace(good, fault="is not made with the key whose fingerprint the copy names")
    if state in known_keys and _digits(known_keys[state]) != _digits(key):
        return replace(good, fault=f"is made with another key than the known one ({known_keys[state]})")
    try:
        verify_authentication_response(
            credential=_answer(signature),
            expected_challenge=challenge_for(copy["document"], state),
            expected_rp_id=urlsplit(copy["origin"]).hostname or "",
            expected_origin=copy["origin"],
            credential_public_key=base64url_to_bytes(signature["public_key"]),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError) as fault:
        return replace(good, fault=str(fault) or "does not fit")
    return good


def _answer(signature: dict[str, Any]) -> str:
    """The passkey's answer as a browser gave it."""
    return json.dumps(
        {
            "id": signature["credential"],
            "rawId": signature["credential"],
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": signature["client_data"],
                "authenticatorData": signature["authenticator_data"],
                "signature": signature["signature"],
            },
        }
    )
