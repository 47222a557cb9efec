"""Who speaks for a delegation when nobody else is named: its head."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Role
from suhbat.meetings.models import Delegation
from suhbat.people.models import Person, SeatRow

_RANK = (Role.HEAD, Role.ALTERNATE, Role.DELEGATE, Role.OBSERVER)


def head_of(session: Session, meeting: str, state: str) -> dict[str, str]:
    """The head of a delegation, or whoever sits in the head's place: `person`, `speaker`, `office`.

    Where no seat was taken yet, the credentials' name; empty strings where even that is unknown.
    """
    found = session.execute(
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
    if found:
        role, office, person, name = min(found, key=lambda row: _RANK.index(Role(row[0])))
        del role
        return {"person": person, "speaker": name, "office": office}
    query = select(Delegation).where(Delegation.meeting == meeting, Delegation.state == state)
    named = session.scalar(query)
    if named is None:
        return {"person": "", "speaker": "", "office": ""}
    return {"person": "", "speaker": named.head_name or "", "office": named.head_office or ""}
