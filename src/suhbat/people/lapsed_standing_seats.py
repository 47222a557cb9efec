"""Standing seats whose last day has passed: the system ends them."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import field
from sqlalchemy import update
from sqlalchemy.orm import Session

from suhbat.acts import Body, InFormat, Notice, Occasion, Role, act, effect, notice, phrase
from suhbat.acts.bodies import read_body
from suhbat.acts.live_streams import ends_lines
from suhbat.acts.roles_and_seats import Viewer
from suhbat.acts.timed_acts import Due, timed
from suhbat.ground.language import gettext, lazy, ngettext
from suhbat.ground.refusals import out_of_order
from suhbat.people.models import Invitation, SeatRow
from suhbat.people.queries import place_named
from suhbat.people.standing_seats import is_lapsed, lapses_at, standing_seats, standing_seats_everywhere
from suhbat.record.audiences import DELEGATIONS, person_only
from suhbat.record.entries import Entry


class StandingLapsed(Body, frozen=True, kw_only=True):
    """The seats that ended by their last day, and who held them."""

    seats: list[str]
    people: list[str] = field(default_factory=list)


@act("standing.lapsed", "End standing seats whose last day has passed", by={Role.SYSTEM}, audience=DELEGATIONS)
def lapse(occasion: Occasion, inputs: InFormat) -> StandingLapsed:
    """A standing seat ends by itself after the last day that was set when it was named."""
    seats = standing_seats(occasion.session, occasion.actor, place_named(occasion.session, inputs.format).id)
    over = [row for row in seats.rows if is_lapsed(row, occasion.now)]
    if not over:
        raise out_of_order(lazy("No standing seat has passed its last day."))
    return StandingLapsed(seats=[row.id for row in over], people=[row.person for row in over if row.person])


@timed("standing.lapsed")
def lapse_at(session: Session, _now: datetime) -> Iterable[Due]:
    """At the end of the last day."""
    for row in standing_seats_everywhere(session):
        if (at := lapses_at(row)) is not None:
            yield Due(at, {"format": row.place})


@effect("standing.lapsed")
def lapsed(session: Session, _entry: Entry, body: StandingLapsed) -> None:
    """The seats and their letters are no longer valid."""
    session.execute(update(SeatRow).where(SeatRow.id.in_(body.seats)).values(vacated=True))
    session.execute(update(Invitation).where(Invitation.seat.in_(body.seats)).values(revoked=True))


@phrase("standing.lapsed")
def say_lapsed(_entry: Entry, body: StandingLapsed) -> str:
    """The sentence that says how many seats ended."""
    count = len(body.seats)
    return ngettext(
        "%(n)s standing seat ended: its last day has passed.",
        "%(n)s standing seats ended: their last day has passed.",
        count,
    ) % {"n": count}


@notice("standing.lapsed")
def tell_lapsed(_entry: Entry, body: StandingLapsed) -> Notice | None:
    """Those who held the seats, at once."""
    if not body.people:
        return None
    says = gettext("Your standing seat ended: its last day has passed.")
    return Notice(says, tuple(person_only(person) for person in body.people), urgent=True, page="/me")


@ends_lines("standing.lapsed")
def _held_one(entry: Entry, viewer: Viewer) -> bool:
    """The connections of those who held them."""
    return viewer.id in read_body(entry, StandingLapsed).people
