"""A link that signs a person in on a further device, such as the own telephone: valid for five minutes, and once.

It is made for whoever is signed in, and like every sign-in it is no act. Other devices stay signed in; their number of
sign-outs is part of the signature, so a link made before the person signed out everywhere is void.
"""

import binascii
from dataclasses import dataclass

from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from suhbat.acts.app import App
from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.people.models import Person
from suhbat.people.passkey_challenges import is_valid, new_challenge, spend


@dataclass(frozen=True)
class PhoneSignIn:
    """Who is signed in by a link."""

    person: str
    name: str
    sign_outs: int


def new_phone_token(app: App, person: Person) -> str:
    """The secret part of a new link for a person."""
    challenge = new_challenge(app.settings, _purpose(person), app.clock())
    return f"{person.id}.{bytes_to_base64url(challenge)}"


def phone_sign_in(app: App, session: Session, token: str) -> PhoneSignIn | None:
    """Whom a link signs in; None if it is not one of ours, or too old. Whether it was used is seen when it is used."""
    person_id, _, encoded = token.partition(".")
    person = session.get(Person, person_id)
    challenge = _decoded(encoded)
    if person is None or not challenge or not is_valid(app.settings, _purpose(person), challenge, app.clock()):
        return None
    return PhoneSignIn(person.id, person.name, person.sign_outs)


def use_phone_token(app: App, token: str) -> PhoneSignIn:
    """Use a link. It is refused if it is void, or was used before in any process."""
    with app.database.reading() as session:
        arrival = phone_sign_in(app, session, token)
    if arrival is None or not spend(app.database, _decoded(token.partition(".")[2]), app.clock()):
        raise out_of_order(lazy("This link has been used, or is older than five minutes. Make a new one."))
    return arrival


def _purpose(person: Person) -> str:
    return f"phone:{person.id}:{person.sign_outs}"


def _decoded(encoded: str) -> bytes:
    try:
        return base64url_to_bytes(encoded)
    except (binascii.Error, ValueError):
        return b""
