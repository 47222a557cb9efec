"""Whether anybody answers at the standing seats of a format: tests, twice a year, and the answers to them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta
from sqlalchemy import update
from sqlalchemy.orm import Session

from suhbat.acts import Body, InFormat, Notice, Occasion, Role, act, effect, guard, notice, phrase, settles
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import Viewer
from suhbat.acts.timed_acts import Due, timed
from suhbat.ground.clock import stamp
from suhbat.ground.language import _, lazy, ngettext
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.people.models import SeatRow
from suhbat.people.queries import place_named
from suhbat.people.seat_labels import standing_seat_label
from suhbat.people.standing_seats import (
    StandingSeats,
    is_lapsed,
    is_test_due,
    is_unanswered,
    standing_seats,
    standing_seats_everywhere,
    test_due_at,
)
from suhbat.people.standing_vocabulary import PATIENCE
from suhbat.record.audiences import DELEGATIONS, seat_only
from suhbat.record.entries import Entry


class SeatsTest(InFormat, frozen=True, kw_only=True):
    """Which seats are tested: all that the actor may test, or one."""

    seat: Annotated[str, Meta(max_length=40, title="Seat", extra={"widget": "hidden"})] = ""


class StandingTested(Body, frozen=True, kw_only=True):
    """The ids of the seats whose holders were asked whether they answer."""

    seats: list[str]


@guard("standing.tested")
def may_test(viewer: Viewer, _place: Place, seats: StandingSeats) -> None:
    """Whoever manages a seat that is taken and was not tested already; the system, as often as it is due."""
    if not seats.testable() and not viewer.is_system:
        raise out_of_order(lazy("There is no seat to test now: none is taken, or all wait for an answer."))


@act(
    "standing.tested", "Test whether standing seats answer", by={Role.SECRETARIAT, Role.STANDING, Role.SYSTEM},
    audience=DELEGATIONS,
)  # fmt: skip
def test(occasion: Occasion, inputs: SeatsTest) -> StandingTested:
    """Every holder of a standing seat is asked twice a year whether anybody answers.

    The system asks when half a year has passed; the secretariat and the chief may ask at any time. Who does not answer
    for thirty days is shown to the chief and the secretariat, who may end the seat or hand it over.
    """
    place = place_named(occasion.session, inputs.format)
    seats = standing_seats(occasion.session, occasion.actor, place.id)
    may_test(occasion.actor, place, seats)
    if occasion.actor.is_system:
        tested = [row.id for row in seats.rows if is_test_due(row, occasion.now)]
    else:
        tested = [row.id for row in seats.testable() if inputs.seat in {"", row.id}]
    if not tested:
        raise out_of_order(lazy("No test is due."))
    return StandingTested(seats=tested)


@timed("standing.tested")
def tests(session: Session, now: datetime) -> Iterable[Due]:
    """Half a year after a seat was taken or tested."""
    for row in standing_seats_everywhere(session):
        if (at := test_due_at(row)) is not None and not is_lapsed(row, now):
            yield Due(at, {"format": row.place})


@effect("standing.tested")
def tested(session: Session, entry: Entry, body: StandingTested) -> None:
    """Each seat waits for the answer of its holder."""
    session.execute(update(SeatRow).where(SeatRow.id.in_(body.seats)).values(tested=stamp(entry.time)))


@phrase("standing.tested")
def say_tested(_entry: Entry, body: StandingTested) -> str:
    """The sentence that says how many holders were asked."""
    count = len(body.seats)
    return ngettext(
        "%(n)s standing seat was tested: does anybody answer?",
        "%(n)s standing seats were tested: does anybody answer?",
        count,
    ) % {"n": count}


@notice("standing.tested")
def tell_tested(entry: Entry, body: StandingTested) -> Notice:
    """The holder of each tested seat, at once; an answer is awaited for thirty days."""
    return Notice(
        _("Does anybody answer at your standing seat?"),
        tuple(seat_only(seat) for seat in body.seats),
        urgent=True,
        to_do=_("Press “Yes, I answer” on your own page."),
        until=entry.time + timedelta(days=PATIENCE),
        page="/me",
    )


class Answering(InFormat, frozen=True, kw_only=True):
    """The seat that answers."""

    seat: Annotated[str, Meta(max_length=40, title="Seat", extra={"widget": "hidden"})]


class StandingAnswered(Body, frozen=True, kw_only=True):
    """The seat whose holder answered."""

    seat: str
    subject: str
    rank: str


@guard("standing.answered")
def may_answer(viewer: Viewer, _place: Place, row: SeatRow) -> None:
    """The holder alone, while a test waits for an answer."""
    if not row.person or row.person != viewer.id:
        raise not_allowed()
    if not is_unanswered(row):
        raise out_of_order(lazy("No test waits for your answer."))


@act("standing.answered", "Answer the test of a standing seat", by={Role.STANDING}, audience=DELEGATIONS)
def answer(occasion: Occasion, inputs: Answering) -> StandingAnswered:
    """The holder says: yes, I still answer for this. One press is enough."""
    place = place_named(occasion.session, inputs.format)
    row = standing_seats(occasion.session, occasion.actor, place.id).seat(inputs.seat)
    may_answer(occasion.actor, place, row)
    return StandingAnswered(seat=row.id, subject=row.subject, rank=row.rank)


@effect("standing.answered")
def answered(session: Session, entry: Entry, body: StandingAnswered) -> None:
    """The last answer of the seat."""
    session.get_one(SeatRow, body.seat).answered = stamp(entry.time)


@phrase("standing.answered")
def say_answered(entry: Entry, body: StandingAnswered) -> str:
    """The sentence that says who answers."""
    return _("%(name)s answers: %(seat)s") % {"name": entry.name, "seat": standing_seat_label(body.subject, body.rank)}


@settles("standing.answered", of="standing.tested")
def answered_test(_entry: Entry, body: StandingAnswered) -> str:
    """The notices of the seat that answered."""
    return seat_only(body.seat)
