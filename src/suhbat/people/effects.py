"""What the entries about people mean for the tables."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes

from suhbat.acts import effect, phrase
from suhbat.acts.actors import ROLE_NAMES, Role, Viewer
from suhbat.acts.live import ends_lines
from suhbat.ground.clock import stamp
from suhbat.ground.language import _
from suhbat.ground.lists import in_a_row
from suhbat.people import acts  # noqa: F401  (effects belong to acts that are registered)
from suhbat.people.models import ORGANISER_KEY, Invitation, Passkey, Person, SeatRow
from suhbat.record.entries import Entry


@effect("seat.offered")
@effect("administrator.named")
@effect("editor.named")
def offered(session: Session, entry: Entry) -> None:
    """A seat that waits for its holder, and the letter by which it is taken."""
    session.add(_seat(entry.body["seat"], audience=entry.audience))
    session.flush()
    _invite(session, entry)


@effect("seat.renewed")
def renewed(session: Session, entry: Entry) -> None:
    """Earlier letters for the seat are void; a new one is out."""
    session.execute(
        update(Invitation).where(Invitation.seat == entry.body["seat"], Invitation.used.is_(False)).values(revoked=True)
    )
    _invite(session, entry)


@effect("seat.revoked")
def revoked(session: Session, entry: Entry) -> None:
    """The letters are void; a seat that nobody took is gone with them."""
    session.execute(update(Invitation).where(Invitation.id.in_(entry.body["invitations"])).values(revoked=True))
    if entry.body["vacated"]:
        session.get_one(SeatRow, entry.body["seat"]).vacated = True


@effect("seat.taken")
def taken(session: Session, entry: Entry) -> None:
    """The seat has its holder; a renewed letter ends the sign-ins of the device that was lost."""
    person = entry.body["person"]
    if entry.body["new"]:
        session.add(Person(id=person["id"], name=person["name"]))
        session.flush()
    session.get_one(Invitation, entry.body["invitation"]).used = True
    session.get_one(SeatRow, entry.body["seat"]).person = person["id"]
    if entry.body["renewed"]:
        session.get_one(Person, person["id"]).sign_outs += 1


@effect("seat.vacated")
def vacated(session: Session, entry: Entry) -> None:
    """The seat counts no more, nor any letter for it."""
    session.get_one(SeatRow, entry.body["seat"]).vacated = True
    session.execute(update(Invitation).where(Invitation.seat == entry.body["seat"]).values(revoked=True))


@effect("passkey.kept")
def kept(session: Session, entry: Entry) -> None:
    """One more device that the person signs in with."""
    session.add(
        Passkey(
            id=entry.body["passkey"],
            person=entry.actor,
            public_key=base64url_to_bytes(entry.body["public_key"]),
            device=entry.body["device"],
            kept=stamp(entry.time),
        )
    )


@effect("passkey.named")
def named(session: Session, entry: Entry) -> None:
    """The device is called so from now on."""
    session.get_one(Passkey, entry.body["passkey"]).device = entry.body["device"]


@effect("passkey.revoked")
def removed(session: Session, entry: Entry) -> None:
    """The device counts no more, and sign-ins up to now end: the cookie does not say which device has it."""
    session.get_one(Passkey, entry.body["passkey"]).revoked = True
    session.get_one(Person, entry.actor).sign_outs += 1


@effect("person.signed_out")
def signed_out(session: Session, entry: Entry) -> None:
    """Sign-ins up to now end."""
    session.get_one(Person, entry.actor).sign_outs += 1


@effect("rehearsal.seat_taken")
def sat_down(session: Session, entry: Entry) -> None:
    """A newcomer sits down in a rehearsal, in the seats of the person who was played there before, or as a new one."""
    person = entry.body["person"]
    if session.get(Person, person["id"]) is None:
        session.add(Person(id=person["id"], name=person["name"]))
        session.flush()
    session.add_all(_seat(seat, person=person["id"], audience=entry.audience) for seat in entry.body["seats"])


@ends_lines("seat.vacated")
def _sat_there(entry: Entry, actor: Viewer) -> bool:
    """Whoever sat in the seat."""
    return any(seat.id == entry.body["seat"] for seat in actor.seats)


@ends_lines("seat.taken")
def _lost_the_device(entry: Entry, actor: Viewer) -> bool:
    """Whoever had the device that a renewed letter puts out of use."""
    return bool(entry.body["renewed"]) and actor.id == entry.body["person"]["id"]


@ends_lines("passkey.revoked")
@ends_lines("person.signed_out")
def _signed_in_before(entry: Entry, actor: Viewer) -> bool:
    """The person, wherever signed in."""
    return actor.id == entry.actor


def _seat(told: dict[str, Any], **more: str) -> SeatRow:
    """A seat as an entry tells it; what the code calls otherwise than the record is read by its stored name."""
    rest = {name: value for name, value in told.items() if name != ORGANISER_KEY}
    return SeatRow(**rest, organiser=told[ORGANISER_KEY], **more)


def _invite(session: Session, entry: Entry) -> None:
    seat = entry.body["seat"]
    of = seat if isinstance(seat, str) else seat["id"]
    session.add(Invitation(seat=of, **entry.body["invitation"]))


@phrase("seat.offered")
@phrase("administrator.named")
@phrase("editor.named")
def say_offered(entry: Entry) -> str:
    """Who was invited, and to what."""
    seat = entry.body["seat"]
    return _("%(name)s is invited: %(role)s") % {"name": seat["name"], "role": _role(seat)}


@phrase("seat.taken")
def _say_taken(entry: Entry) -> str:
    name = entry.body["person"]["name"]
    if entry.body["renewed"]:
        return _("%(name)s came in by a new letter") % {"name": name}
    return _("%(name)s took the seat: %(role)s") % {"name": name, "role": _role(entry.body)}


@phrase("seat.vacated")
def say_vacated(entry: Entry) -> str:
    """Whose seat is free."""
    return _("%(name)s gave up the seat: %(role)s") % {"name": entry.body["name"], "role": _role(entry.body)}


@phrase("rehearsal.seat_taken")
def say_sat_down(entry: Entry) -> str:
    """Whom the newcomer plays."""
    return _("%(name)s sat down (rehearsal)") % {"name": entry.body["person"]["name"]}


def _role(seat: dict[str, str]) -> str:
    role = str(ROLE_NAMES[Role(seat["role"])])
    return in_a_row(filter(None, [role, seat["state"]]))
