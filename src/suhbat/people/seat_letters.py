"""The acts about the letter for a seat: replacing a lost letter, and revoking one."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy import update
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Occasion, act, effect, guard
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, not_found, out_of_order
from suhbat.people.invitation_letter import write_letter
from suhbat.people.models import Invitation, SeatRow
from suhbat.people.queries import place_of, row_of, seat_in_question
from suhbat.people.seat_bodies import KeptInvitation
from suhbat.people.seat_inputs import OfSeat, Posting
from suhbat.people.seat_managers import MANAGERS, SeatInQuestion
from suhbat.record.audiences import SECRETARIAT, person_only
from suhbat.record.entries import Entry


class Renewal(Posting, frozen=True, kw_only=True):
    """A new letter for a seat."""

    seat: Annotated[str, Meta(max_length=40, title="Seat", extra={"widget": "hidden"})]


class SeatRenewed(Body, frozen=True, kw_only=True):
    """The new letter for a seat, and its holder; `person` is empty if nobody has taken it."""

    seat: str
    person: str
    invitation: KeptInvitation


@guard("seat.renewed")
def may_renew(_viewer: Viewer, _place: Place, seat: SeatInQuestion) -> None:
    """Only a person who may manage the seat, and every other seat of its holder."""
    _refuse_unless_manageable(seat)
    if not seat.renewable:
        raise not_allowed(lazy("This person sits elsewhere too. Ask for the new letter there, or on the server."))


@act("seat.renewed", "Give a new letter for a seat", by=MANAGERS, audience=SECRETARIAT)
def renew(occasion: Occasion, inputs: Renewal) -> Decision[SeatRenewed]:
    """Whoever lost the letter or the device is given a new letter for the same seat; the letter before it is void.

    Whoever manages a seat may renew it: the delegation's own organiser, or the secretariat. If someone sits in
    it already, the new letter lets the same person in with another device, and ends all sign-ins up to then; so it
    takes someone who manages every seat that the person holds.
    """
    row = row_of(occasion.session, inputs.seat, inputs.place)
    seat = seat_in_question(occasion.session, occasion.actor, row)
    place = place_of(occasion.session, row)
    may_renew(occasion.actor, place, seat)
    letter = write_letter(occasion, inputs, place, row)
    body = SeatRenewed(seat=row.id, person=row.person or "", invitation=letter.invitation)
    audience = person_only(row.person) if row.person else seat.here.audience_of(row)
    return letter.decision(body, audience)


@effect("seat.renewed")
def seat_renewed(session: Session, _entry: Entry, body: SeatRenewed) -> None:
    """Earlier letters for the seat are void; the new one is valid."""
    earlier = update(Invitation).where(Invitation.seat == body.seat, Invitation.used.is_(False))
    session.execute(earlier.values(revoked=True))
    session.add(body.invitation.row(body.seat))


class SeatRevoked(Body, frozen=True, kw_only=True):
    """The ids of the letters that are void, in order, and whether the seat is given up with them."""

    seat: str
    invitations: list[str]
    vacated: bool


@guard("seat.revoked")
def may_revoke(_viewer: Viewer, _place: Place, seat: SeatInQuestion) -> None:
    """A person who may manage the seat, as long as there is a letter that was not used."""
    _refuse_unless_manageable(seat)
    if not seat.letters:
        raise out_of_order(lazy("There is no open invitation to this seat."))


@act("seat.revoked", "Revoke an invitation", by=MANAGERS, audience=SECRETARIAT)
def revoke(occasion: Occasion, inputs: OfSeat) -> Decision[SeatRevoked]:
    """Whoever may invite to a seat may also revoke the invitation, as long as nobody has taken the seat by it."""
    row = row_of(occasion.session, inputs.seat, inputs.place)
    seat = seat_in_question(occasion.session, occasion.actor, row)
    may_revoke(occasion.actor, place_of(occasion.session, row), seat)
    void = sorted(letter.id for letter in seat.letters)
    body = SeatRevoked(seat=row.id, invitations=void, vacated=row.person is None)
    return Decision(body, audience=seat.here.audience_of(row))


@effect("seat.revoked")
def seat_revoked(session: Session, _entry: Entry, body: SeatRevoked) -> None:
    """The letters are void. A seat that nobody took is given up with them."""
    session.execute(update(Invitation).where(Invitation.id.in_(body.invitations)).values(revoked=True))
    if body.vacated:
        session.get_one(SeatRow, body.seat).vacated = True


def _refuse_unless_manageable(seat: SeatInQuestion) -> None:
    """A seat is not found for a person who may not manage it. Nobody may manage a seat that was given up."""
    operator = seat.here.operator and bool(seat.row.person)
    if not operator and not seat.manageable:
        raise not_found()
    if seat.row.vacated:
        raise out_of_order(lazy("This seat has been given up."))
