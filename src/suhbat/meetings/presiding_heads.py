"""Who presides: the head of the delegation in the chair, unless somebody else is invited to the chair's seat.

A head's seat knows it, so that what its holder may do needs no query. It is worked out again after each act that
changes the chair or a seat.
"""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from suhbat.acts import further_effect
from suhbat.acts.roles_and_seats import Role
from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext
from suhbat.meetings.models import Meeting
from suhbat.people.models import SeatRow
from suhbat.record.entries import Entry


@further_effect("meeting.convened")
@further_effect("meeting.changed")
@further_effect("seat.offered")
@further_effect("seat.taken")
@further_effect("seat.vacated")
@further_effect("seat.corrected")
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


def missing_chairs(session: Session, meetings: Collection[Meeting]) -> dict[str, str]:
    """By id of a convened meeting: why nobody could open it now, in one sentence. One query for all of them."""
    convened = {meeting.id: meeting for meeting in meetings if meeting.status == "convened"}
    if not convened:
        return {}
    query = select(SeatRow.place, SeatRow.role, SeatRow.name, SeatRow.person, SeatRow.presides).where(
        SeatRow.place.in_(convened), SeatRow.role.in_((Role.CHAIR, Role.HEAD)), SeatRow.vacated.is_(False)
    )
    invited: dict[str, str] = {}
    for row in session.execute(query).all():
        if row.person and (row.role == Role.CHAIR or row.presides):
            convened.pop(row.place, None)
        elif row.role == Role.CHAIR:
            invited[row.place] = row.name
    return {id_: _why(meeting, invited.get(id_, "")) for id_, meeting in convened.items()}


def _why(meeting: Meeting, invited: str) -> str:
    if invited:
        return gettext("%(name)s is invited to the chair and has not taken the seat.") % {"name": invited}
    return gettext("Nobody can open the meeting yet: nobody sits as head of the delegation of %(state)s.") % {
        "state": state_name(meeting.chair_state or "")
    }
