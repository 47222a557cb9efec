"""Handing over a standing seat whole: the seat stays, with all that points to it, and gets another holder."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy import update
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Notice, Occasion, Role, act, effect, guard, notice, phrase
from suhbat.acts.bodies import read_body
from suhbat.acts.live_streams import ends_lines
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.language import _
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.people.invitation_letter import write_letter
from suhbat.people.models import Invitation, SeatRow
from suhbat.people.queries import place_named
from suhbat.people.seat_bodies import KeptInvitation
from suhbat.people.seat_inputs import LetterFields, tidy
from suhbat.people.seat_labels import standing_seat_label
from suhbat.people.standing_seats import StandingSeats, standing_seats
from suhbat.record.audiences import DELEGATIONS, circle, person_only
from suhbat.record.entries import Entry


class HandingOver(LetterFields, frozen=True, kw_only=True):
    """The seat and its next holder."""

    seat: Annotated[str, Meta(max_length=40, title="Seat", extra={"widget": "hidden"})]
    name: Annotated[
        str, Meta(min_length=1, max_length=200, title="Name of the successor", extra={"context": "a person's"})
    ]
    office: Annotated[str, Meta(max_length=200, title="Office", description="Such as Head of Division.")] = ""


class StandingHandedOver(Body, frozen=True, kw_only=True):
    """The seat, who had it, who is to have it, and the successor's letter."""

    seat: str
    state: str
    subject: str
    rank: str
    predecessor: str
    """The id of the person who had it; empty if nobody had taken it."""
    predecessor_name: str
    name: str
    office: str
    invitation: KeptInvitation


@guard("standing.handed_over")
def may_hand_over(_viewer: Viewer, _place: Place, seats: StandingSeats, row: SeatRow) -> None:
    """The holder, the chief for the subject, or the secretariat of the format."""
    if not seats.holds(row) and not seats.manages(row):
        raise not_allowed()


@act("standing.handed_over", "Hand over a standing seat", by={Role.STANDING, Role.SECRETARIAT}, audience=DELEGATIONS)
def hand_over(occasion: Occasion, inputs: HandingOver) -> Decision[StandingHandedOver]:
    """A standing seat passes whole to a successor: the promises and reports that point to it stay with it.

    The holder hands it over, or the chief for the subject or the secretariat does. From then on the one who had
    it holds it no more, and earlier letters for it are void; the successor takes it by the new letter.
    """
    place = place_named(occasion.session, inputs.format)
    if inputs.meeting:
        raise not_found()
    seats = standing_seats(occasion.session, occasion.actor, place.id)
    row = seats.seat(inputs.seat)
    may_hand_over(occasion.actor, place, seats, row)
    predecessor, predecessor_name = row.person or "", row.name
    name, office = tidy(inputs.name), tidy(inputs.office, field="office")
    successor = SeatRow(
        id=row.id, role=Role.STANDING, state=row.state, subject=row.subject, rank=row.rank, name=name, office=office
    )
    letter = write_letter(occasion, inputs, place, successor)
    body = StandingHandedOver(
        seat=row.id, state=row.state, subject=row.subject, rank=row.rank, predecessor=predecessor,
        predecessor_name=predecessor_name, name=name, office=office, invitation=letter.invitation,
    )  # fmt: skip
    return letter.decision(body)


@effect("standing.handed_over")
def handed_over(session: Session, _entry: Entry, body: StandingHandedOver) -> None:
    """The seat waits for its successor; earlier letters are void."""
    row = session.get_one(SeatRow, body.seat)
    row.person, row.name, row.office = None, body.name, body.office
    row.since = row.tested = row.answered = None
    row.taken = 0
    earlier = update(Invitation).where(Invitation.seat == body.seat, Invitation.used.is_(False))
    session.execute(earlier.values(revoked=True))
    session.add(body.invitation.row(body.seat))


@phrase("standing.handed_over")
def say_handed_over(_entry: Entry, body: StandingHandedOver) -> str:
    """The sentence that says which seat passes to whom."""
    return _("%(predecessor)s hands over to %(name)s: %(seat)s") % {
        "predecessor": body.predecessor_name, "name": body.name, "seat": standing_seat_label(body.subject, body.rank),
    }  # fmt: skip


@notice("standing.handed_over")
def tell_handed_over(entry: Entry, body: StandingHandedOver) -> Notice:
    """The person who had it, and the standing seats of the same state and subject, at once."""
    concerned = [person_only(body.predecessor)] if body.predecessor else []
    return Notice(
        _("A standing seat was handed over."),
        (*concerned, circle(body.subject, [body.state])),
        urgent=True,
        page=f"/formats/{entry.format}/people",
    )


@ends_lines("standing.handed_over")
def _held_it(entry: Entry, viewer: Viewer) -> bool:
    """The connections of the person who had the seat."""
    predecessor = read_body(entry, StandingHandedOver).predecessor
    return bool(predecessor) and viewer.id == predecessor
