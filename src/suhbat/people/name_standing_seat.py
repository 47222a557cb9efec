"""Naming who answers for a state between the meetings of a format, by subject and rank."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Notice, Occasion, Role, act, effect, guard, notice, phrase
from suhbat.acts.place_finders import Place, find_sides
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, not_found
from suhbat.people.invitation_letter import write_letter
from suhbat.people.models import SeatRow
from suhbat.people.queries import place_named
from suhbat.people.seat_bodies import KeptInvitation
from suhbat.people.seat_inputs import LetterFields, tidy
from suhbat.people.seat_labels import standing_seat_label
from suhbat.people.standing_seats import standing_seats
from suhbat.people.standing_vocabulary import SOLE_RANKS, Rank, Subject
from suhbat.record.audiences import DELEGATIONS, circle
from suhbat.record.entries import Entry

NAMERS = frozenset({Role.HEAD, Role.STANDING, Role.SECRETARIAT})


class Naming(LetterFields, frozen=True, kw_only=True):
    """Who is to answer, for what, and for how long."""

    state: Annotated[
        str, Meta(max_length=20, title="State", extra={"choices": "standing-states", "context": "a country"})
    ]
    subject: Annotated[Subject, Meta(title="Subject", extra={"context": "of a standing seat"})]
    rank: Annotated[Rank, Meta(title="Rank", extra={"context": "of a standing seat"})]
    name: Annotated[str, Meta(min_length=1, max_length=200, title="Name", extra={"context": "a person's"})]
    office: Annotated[str, Meta(max_length=200, title="Office", description="Such as Head of Division.")] = ""
    until: Annotated[
        date | None,
        Meta(title="Last day", description="The seat ends by itself after this day. Empty: until somebody ends it."),
    ] = None


class KeptStandingSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A standing seat as it was named. `place` is the format."""

    id: str
    place: str
    state: str
    subject: str
    rank: str
    name: str
    office: str
    until: str | None
    """Its last day; None if no day was set."""


class StandingNamed(Body, frozen=True, kw_only=True):
    """A standing seat that waits for its holder, and the letter by which it is taken."""

    seat: KeptStandingSeat
    invitation: KeptInvitation


@guard("standing.named")
def may_name(_viewer: Viewer, _place: Place, ranks: Collection[str]) -> None:
    """Heads of delegation and chiefs name for their own state; the secretariat names a chief where no head is left.

    `ranks` are those that the viewer may name for one state and subject (`StandingSeats.ranks`).
    """
    if not ranks:
        raise not_allowed(lazy("A standing seat is named by the head of delegation or by the chief for the subject."))


@act("standing.named", "Name a standing seat", by=NAMERS, audience=DELEGATIONS, from_meetings=True)
def name(occasion: Occasion, inputs: Naming) -> Decision[StandingNamed]:
    """A state says who answers for it between meetings, for a subject: promises, health, citizens abroad, travel.

    The head of delegation or the chief for the subject names the seat. Once a meeting's record is published, its heads
    name seats only until there is a chief. Where no head is left, the secretariat of the format names the chief. The
    seat is taken by a personal link, gives no access to any meeting, and ends on a last day if one is set.
    """
    place = place_named(occasion.session, inputs.format)
    if inputs.meeting:
        raise not_found()
    seats = standing_seats(occasion.session, occasion.actor, place.id)
    if inputs.state not in place.states:
        raise invalid(state=lazy("This state is not in the format."))
    ranks = seats.ranks(inputs.state, inputs.subject)
    may_name(occasion.actor, place, ranks)
    if inputs.rank in SOLE_RANKS and seats.has(inputs.state, inputs.subject, inputs.rank):
        raise conflict(lazy("This seat has a holder. It can be handed over."))
    if inputs.rank not in ranks:
        raise invalid(rank=lazy("This rank is not yours to name here."))
    if inputs.until and inputs.until < occasion.now.date():
        raise invalid(until=lazy("This day has passed."))
    seat = KeptStandingSeat(
        id=new_id(), place=place.id, state=inputs.state, subject=inputs.subject, rank=inputs.rank,
        name=tidy(inputs.name), office=tidy(inputs.office, field="office"),
        until=inputs.until.isoformat() if inputs.until else None,
    )  # fmt: skip
    letter = write_letter(occasion, inputs, place, _row(seat))
    return letter.decision(StandingNamed(seat=seat, invitation=letter.invitation))


def _row(seat: KeptStandingSeat) -> SeatRow:
    return SeatRow(role=Role.STANDING, audience=DELEGATIONS, **msgspec.structs.asdict(seat))


@effect("standing.named")
def named(session: Session, _entry: Entry, body: StandingNamed) -> None:
    """Adds the seat, which waits for its holder, and its letter."""
    row = _row(body.seat)
    row.side = find_sides(session, row.place).get(row.state, "")
    session.add(row)
    session.flush()
    session.add(body.invitation.row(row.id))


@phrase("standing.named")
def say_named(_entry: Entry, body: StandingNamed) -> str:
    """The sentence that says who was named for what."""
    seat = standing_seat_label(body.seat.subject, body.seat.rank)
    return _("%(name)s is named for %(state)s: %(seat)s") % {
        "name": body.seat.name, "state": body.seat.state, "seat": seat,
    }  # fmt: skip


@notice("standing.named")
def tell_named(entry: Entry, body: StandingNamed) -> Notice:
    """The standing seats of the same state and subject. Whoever is named has a letter instead."""
    page = f"/formats/{entry.format}/people"
    return Notice(_("A standing seat was named."), (circle(body.seat.subject, [body.seat.state]),), page=page)
