"""The acts by which a person keeps, names and removes the passkeys of own devices, and signs out everywhere."""

from typing import Annotated, Any

from msgspec import Meta

from suhbat.acts import Decision, Input, Occasion, Role, act
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, not_allowed, not_found, out_of_order
from suhbat.people.models import Passkey, Person
from suhbat.people.passkeys import new_passkey, passkeys_of
from suhbat.people.seats import tidy
from suhbat.people.session_cookie import sign_outs_of
from suhbat.record.reading import person_only

MOST = 20
"""Devices of one person at most."""


class Keeping(Input, frozen=True, kw_only=True):
    """A new passkey, as the browser gives it."""

    credential: Annotated[
        dict[str, Any],
        Meta(title="The browser's answer", description="A `PublicKeyCredential` as JSON.", extra={"widget": "hidden"}),
    ]
    device: Annotated[str, Meta(max_length=100, title="Name of the device")] = ""


class OfPasskey(Input, frozen=True, kw_only=True):
    """One of the own passkeys."""

    passkey: Annotated[str, Meta(max_length=1400, title="Passkey", extra={"widget": "hidden"})]


class Naming(OfPasskey, frozen=True, kw_only=True):
    """A device's new name."""

    device: Annotated[str, Meta(min_length=1, max_length=100, title="Name of the device")]


class Nothing(Input, frozen=True, kw_only=True):
    """Nothing needs to be said."""


@act("passkey.kept", "Keep a passkey", by={Role.ANYONE}, audience="person")
def keep(occasion: Occasion, inputs: Keeping) -> Decision[Any]:
    """Someone who is signed in keeps a passkey on the present device and signs in with it from then on.

    The record holds the public key, which signs nothing by itself; the secret half never leaves the device.
    """
    person = _signed_in(occasion)
    if len(passkeys_of(occasion.session, person)) >= MOST:
        raise out_of_order(lazy("These are too many devices. Remove one first."))
    credential, public_key = new_passkey(occasion.settings, person, inputs.credential, occasion.now)
    if occasion.session.get(Passkey, credential) is not None:
        raise conflict(lazy("This device has a passkey already."))
    body = {"passkey": credential, "public_key": public_key, "device": tidy(inputs.device, "device")}
    return Decision(body, audience=person_only(person), reply={"then": "/me"})


@act("passkey.named", "Name a device", by={Role.ANYONE}, audience="person")
def name(occasion: Occasion, inputs: Naming) -> Decision[Any]:
    """A person names an own device, to know it by in the list."""
    key = _own(occasion, inputs)
    return Decision({"passkey": key.id, "device": tidy(inputs.device, "device")}, audience=person_only(key.person))


@act("passkey.revoked", "Remove a device", by={Role.ANYONE}, audience="person")
def remove(occasion: Occasion, inputs: OfPasskey) -> Decision[Any]:
    """A person removes an own device: its passkey counts no more, and every sign-in up to then ends."""
    key = _own(occasion, inputs)
    body = {"passkey": key.id, "device": key.device}
    reply = {"sign_outs": sign_outs_of(occasion.session, key.person) + 1}
    return Decision(body, audience=person_only(key.person), reply=reply)


@act("person.signed_out", "Sign out everywhere", by={Role.ANYONE}, audience="person")
def sign_out(occasion: Occasion, _inputs: Nothing) -> Decision[Any]:
    """A person ends all own sign-ins, on every device, up to this moment."""
    return Decision({}, audience=person_only(_signed_in(occasion)))


def _signed_in(occasion: Occasion) -> str:
    if not occasion.actor.id or occasion.session.get(Person, occasion.actor.id) is None:
        raise not_allowed(lazy("Sign in first."))
    return occasion.actor.id


def _own(occasion: Occasion, inputs: OfPasskey) -> Passkey:
    key = occasion.session.get(Passkey, inputs.passkey)
    if key is None or key.revoked or key.person != _signed_in(occasion):
        raise not_found()
    return key
