"""How the states of seats take part: at a meeting by its delegations, and kept on each seat as they change.

A seat knows its side, so that what its holder may see needs no query. The side is worked out again after each act that
changes who takes part.
"""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from suhbat.acts import Input, follow, further_effect
from suhbat.acts.place_finders import find_sides, knows_sides
from suhbat.acts.roles_and_seats import OF_A_DELEGATION, Side
from suhbat.meetings.invited_delegations import DelegationWithdrawn
from suhbat.meetings.models import Delegation
from suhbat.people.models import SeatRow
from suhbat.people.seat_inputs import OfSeat
from suhbat.record.entries import Entry


@knows_sides
def meeting_sides(session: Session, place: str) -> dict[str, Side] | None:
    """How states take part at a meeting. Guests who are neither members nor observers count as partners."""
    if "/" not in place:
        return None
    in_format = find_sides(session, place.partition("/")[0])
    rows = session.execute(select(Delegation.state, Delegation.observer).where(Delegation.meeting == place))
    return {state: "observer" if observer else _with_voice(in_format.get(state, "")) for state, observer in rows}


def _with_voice(side: Side) -> Side:
    return "member" if side == "member" else "partner"


@further_effect("meeting.convened")
@further_effect("meeting.changed")
@further_effect("delegation.invited")
@further_effect("delegation.withdrawn")
def meeting_changed(session: Session, entry: Entry) -> None:
    """The seats of one meeting."""
    _refresh(session, [entry.meeting])


@follow("delegation.withdrawn")
def end_seats(session: Session, entry: Entry, body: DelegationWithdrawn) -> Iterable[tuple[str, Input]]:
    """Whoever sat or was invited for a withdrawn delegation is told nothing more of the meeting."""
    query = select(SeatRow.id).where(
        SeatRow.place == entry.meeting,
        SeatRow.state == body.state,
        SeatRow.role.in_(OF_A_DELEGATION),
        SeatRow.vacated.is_(False),
    )
    for seat in session.scalars(query.order_by(SeatRow.id)).all():
        yield "seat.vacated", OfSeat(seat=seat, meeting=entry.meeting)


@further_effect("format.changed")
@further_effect("archive.format_reported")
@further_effect("archive.corrected")
@further_effect("archive.withdrawn")
def formats_changed(session: Session, _entry: Entry) -> None:
    """The seats of every place: a member of a format that becomes a partner is one at its meetings too."""
    _refresh(session, session.scalars(select(SeatRow.place).where(SeatRow.state != "").distinct()).all())


def _refresh(session: Session, places: Iterable[str]) -> None:
    for place in places:
        sides = find_sides(session, place)
        rows = session.execute(select(SeatRow.id, SeatRow.state, SeatRow.side).where(
            SeatRow.place == place, SeatRow.state != ""
        ))  # fmt: skip
        for seat, state, side in rows.all():
            if side != sides.get(state, ""):
                session.execute(update(SeatRow).where(SeatRow.id == seat).values(side=sides.get(state, "")))
