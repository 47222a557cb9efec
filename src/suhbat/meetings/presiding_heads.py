"""Who presides: the head of the delegation in the chair, unless somebody else is invited to the chair's seat.

A head's seat knows it, so that what its holder may do needs no query. It is worked out again after each act that
changes the chair or a seat.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from suhbat.acts import further_effect
from suhbat.acts.roles_and_seats import Role
from suhbat.meetings.models import Meeting
from suhbat.people.models import SeatRow
from suhbat.record.entries import Entry


@further_effect("meeting.convened")
@further_effect("meeting.changed")
@further_effect("seat.offered")
@further_effect("seat.taken")
@further_effect("seat.vacated")
@further_effect("seat.revoked")
@further_effect("rehearsal.seat_taken")
def refresh_presiding(session: Session, entry: Entry) -> None:
    """The head of the delegation in the chair presides as long as the chair's seat is nobody's."""
    meeting = session.get(Meeting, entry.meeting) if entry.meeting else None
    if meeting is None:
        return
    query = select(SeatRow.id, SeatRow.role, SeatRow.state, SeatRow.presides, SeatRow.vacated).where(
        SeatRow.place == meeting.id, SeatRow.role.in_((Role.CHAIR, Role.HEAD))
    )
    rows = session.execute(query).all()
    is_somebodys = any(row.role == Role.CHAIR and not row.vacated for row in rows)
    for row in rows:
        presides = row.role == Role.HEAD and row.state == meeting.chair_state and not (row.vacated or is_somebodys)
        if presides != row.presides:
            session.execute(update(SeatRow).where(SeatRow.id == row.id).values(presides=presides))
