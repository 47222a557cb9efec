"""The default speaker of a delegation, when nobody else is named: its head."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import Role
from suhbat.meetings.models import Delegation
from suhbat.people.models import Person, SeatRow

_RANK = (Role.HEAD, Role.ALTERNATE, Role.DELEGATE, Role.OBSERVER)


class Speaker(NamedTuple):
    """The person who speaks for a delegation. Unknown values are empty."""

    person: str = ""
    name: str = ""
    office: str = ""


def head_of(session: Session, meeting: str, state: str) -> Speaker:
    """The head of a delegation, or its highest member with a seat.

    Where nobody has a seat yet, the head named in the credentials; empty strings where nobody is named.
    """
    seated = session.execute(
        select(SeatRow.role, SeatRow.office, Person.id, Person.name)
        .join(Person, Person.id == SeatRow.person)
        .where(
            SeatRow.place.in_([meeting, meeting.partition("/")[0]]),
            SeatRow.state == state,
            SeatRow.vacated.is_(False),
            SeatRow.role.in_(_RANK),
        )
        .order_by(SeatRow.id)
    ).all()
    if seated:
        _role, office, person, name = min(seated, key=lambda row: _RANK.index(Role(row[0])))
        return Speaker(person, name, office)
    query = select(Delegation).where(Delegation.meeting == meeting, Delegation.state == state)
    delegation = session.scalar(query)
    if delegation is None:
        return Speaker()
    return Speaker("", delegation.head_name or "", delegation.head_office or "")
