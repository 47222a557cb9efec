"""The acts by which a person adds, names and removes the passkeys of own devices, and signs out everywhere."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes

from suhbat.acts import Body, Decision, Input, Occasion, Role, act, effect, guard
from suhbat.acts.live_streams import ends_lines
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, not_allowed, not_found, out_of_order
from suhbat.people.models import Passkey, Person
from suhbat.people.passkeys import new_passkey, passkeys_of
from suhbat.people.seat_inputs import tidy
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.people.session_cookie import sign_outs_of
from suhbat.record.audiences import person_only
from suhbat.record.entries import Entry

MAX_DEVICES = 20
"""Maximum number of devices of one person."""


class Keeping(Input, frozen=True, kw_only=True):
    """A new passkey, as the browser gives it."""

    credential: Annotated[
        dict[str, Any],
        Meta(title="The browser's answer", description="A `PublicKeyCredential` as JSON.", extra={"widget": "hidden"}),
    ]
    device: Annotated[str, Meta(max_length=100, title="Name of the device")] = ""


class PasskeyKept(Body, frozen=True, kw_only=True):
    """A credential's id and its public key (COSE), both base64url, and what the person calls the device."""

    passkey: str
    public_key: str
    device: str


@guard("passkey.kept")
def may_keep_passkey(viewer: Viewer, _place: Place, passkeys: Sequence[Passkey]) -> None:
    """A person who is signed in and has not too many passkeys."""
    _refuse_anonymous(viewer)
    if len(passkeys) >= MAX_DEVICES:
        raise out_of_order(lazy("These are too many devices. Remove one first."))


@act("passkey.kept", "Create a passkey", by={Role.ANYONE}, audience="person")
def keep(occasion: Occasion, inputs: Keeping) -> Decision[PasskeyKept]:
    """Someone who is signed in keeps a passkey on the present device and signs in with it from then on.

    The record holds the public key, which signs nothing by itself; the secret half never leaves the device.
    """
    person_id = _person_id(occasion)
    may_keep_passkey(occasion.actor, INSTALLATION_PLACE, passkeys_of(occasion.session, person_id))
    credential, public_key = new_passkey(occasion.settings, person_id, inputs.credential, occasion.now)
    if occasion.session.get(Passkey, credential) is not None:
        raise conflict(lazy("This device has a passkey already."))
    body = PasskeyKept(passkey=credential, public_key=public_key, device=tidy(inputs.device, "device"))
    return Decision(body, audience=person_only(person_id), reply={"then": "/me"})


@effect("passkey.kept")
def passkey_kept(session: Session, entry: Entry, body: PasskeyKept) -> None:
    """Adds a device with which the person signs in."""
    session.add(
        Passkey(
            id=body.passkey,
            person=entry.actor,
            public_key=base64url_to_bytes(body.public_key),
            device=body.device,
            kept=stamp(entry.time),
        )
    )


class OfPasskey(Input, frozen=True, kw_only=True):
    """One of the own passkeys."""

    passkey: Annotated[str, Meta(max_length=1400, title="Passkey", extra={"widget": "hidden"})]


class Naming(OfPasskey, frozen=True, kw_only=True):
    """A device's new name."""

    device: Annotated[str, Meta(min_length=1, max_length=100, title="Name of the device")]


class PasskeyNamed(Body, frozen=True, kw_only=True):
    """The credential's id, and what the person calls the device from now on."""

    passkey: str
    device: str


@guard("passkey.named", "passkey.revoked")
def may_change_passkey(viewer: Viewer, _place: Place, passkey: Passkey) -> None:
    """Only its owner, as long as it is valid. For others it does not exist."""
    if passkey.revoked:
        raise not_found()
    _refuse_anonymous(viewer)
    if passkey.person != viewer.id:
        raise not_found()


@act("passkey.named", "Name a device", by={Role.ANYONE}, audience="person")
def name(occasion: Occasion, inputs: Naming) -> Decision[PasskeyNamed]:
    """A person names an own device, to know it by in the list."""
    passkey = _passkey(occasion.session, inputs)
    may_change_passkey(occasion.actor, INSTALLATION_PLACE, passkey)
    body = PasskeyNamed(passkey=passkey.id, device=tidy(inputs.device, "device"))
    return Decision(body, audience=person_only(passkey.person))


@effect("passkey.named")
def passkey_named(session: Session, _entry: Entry, body: PasskeyNamed) -> None:
    """The device has its new name."""
    session.get_one(Passkey, body.passkey).device = body.device


class PasskeyRevoked(Body, frozen=True, kw_only=True):
    """The credential's id, and what the person called the device."""

    passkey: str
    device: str


@act("passkey.revoked", "Remove a device", by={Role.ANYONE}, audience="person")
def remove(occasion: Occasion, inputs: OfPasskey) -> Decision[PasskeyRevoked]:
    """A person removes an own device: its passkey counts no more, and every sign-in up to then ends."""
    passkey = _passkey(occasion.session, inputs)
    may_change_passkey(occasion.actor, INSTALLATION_PLACE, passkey)
    body = PasskeyRevoked(passkey=passkey.id, device=passkey.device)
    reply = {"sign_outs": sign_outs_of(occasion.session, passkey.person) + 1}
    return Decision(body, audience=person_only(passkey.person), reply=reply)


@effect("passkey.revoked")
def passkey_revoked(session: Session, entry: Entry, body: PasskeyRevoked) -> None:
    """The passkey is no longer valid, and all sign-ins end, because a cookie does not say which device has it."""
    session.get_one(Passkey, body.passkey).revoked = True
    session.get_one(Person, entry.actor).sign_outs += 1


class Nothing(Input, frozen=True, kw_only=True):
    """An act without input."""


class PersonSignedOut(Body, frozen=True, kw_only=True):
    """Empty: the entry itself says who, and when."""


@guard("person.signed_out")
def may_sign_out(viewer: Viewer, _place: Place) -> None:
    """A person who is signed in."""
    _refuse_anonymous(viewer)


@act("person.signed_out", "Sign out everywhere", by={Role.ANYONE}, audience="person")
def sign_out(occasion: Occasion, _inputs: Nothing) -> Decision[PersonSignedOut]:
    """A person ends all own sign-ins, on every device, up to this moment."""
    may_sign_out(occasion.actor, INSTALLATION_PLACE)
    return Decision(PersonSignedOut(), audience=person_only(_person_id(occasion)))


@effect("person.signed_out")
def person_signed_out(session: Session, entry: Entry, _body: PersonSignedOut) -> None:
    """All sign-ins up to now end."""
    session.get_one(Person, entry.actor).sign_outs += 1


@ends_lines("passkey.revoked")
@ends_lines("person.signed_out")
def _signed_in_before(entry: Entry, viewer: Viewer) -> bool:
    """The connections of the person, on all devices."""
    return viewer.id == entry.actor


def _refuse_anonymous(viewer: Viewer) -> None:
    if viewer.anonymous:
        raise not_allowed(lazy("Sign in first."))


def _person_id(occasion: Occasion) -> str:
    """The id of the signed-in person. The system, which acts too, is refused: it is no person and does not sign in."""
    if not occasion.actor.id or occasion.session.get(Person, occasion.actor.id) is None:
        raise not_allowed(lazy("Sign in first."))
    return occasion.actor.id


def _passkey(session: Session, inputs: OfPasskey) -> Passkey:
    passkey = session.get(Passkey, inputs.passkey)
    if passkey is None:
        raise not_found()
    return passkey
