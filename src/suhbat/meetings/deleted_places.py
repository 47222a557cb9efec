"""What ends with a meeting or a format that is deleted: its seats, its open letters, its notices."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from suhbat.acts import Viewer, further_effect
from suhbat.acts.live_streams import ends_lines
from suhbat.acts.models import NoticeRow
from suhbat.people.models import Invitation, SeatRow
from suhbat.record.entries import Entry


@further_effect("meeting.deleted")
@further_effect("format.deleted")
def end_seats(session: Session, entry: Entry) -> None:
    """Nobody has a seat there any more, no letter opens one, and nobody is told of it."""
    seats = select(SeatRow.id).where(SeatRow.place == entry.place)
    session.execute(update(Invitation).where(Invitation.seat.in_(seats)).values(revoked=True))
    session.execute(update(SeatRow).where(SeatRow.place == entry.place).values(vacated=True))
    session.execute(delete(NoticeRow).where(NoticeRow.place == entry.place))


@ends_lines("meeting.deleted")
@ends_lines("format.deleted")
def _sat_there(entry: Entry, viewer: Viewer) -> bool:
    """The connections of those who had a seat there."""
    return any(seat.place == entry.place for seat in viewer.seats)
