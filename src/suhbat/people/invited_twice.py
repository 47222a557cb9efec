"""Whether somebody who is to be invited has a seat already: here, or elsewhere at the same hour. It is asked."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import DELEGATION, ROLE_NAMES, Role, Viewer
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.sheets.sheet_headings import plain_key
from suhbat.people.meeting_lookups import meetings_of_same_hour
from suhbat.people.models import SeatRow
from suhbat.people.seat_managers import Standing


@dataclass(frozen=True)
class KnownSeats:
    """Who has or is offered a seat, as far as the one who invites may know, by name and state."""

    here: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """The roles at this place."""
    at_same_hour: dict[tuple[str, str], str] = field(default_factory=dict)
    """The title of the other meeting."""

    def question(self, name: str, state: str, role: Role) -> Lazy | None:
        """What to ask before this person is invited; None if nothing speaks against it.

        Who chairs and heads a delegation has two seats for good reasons. Two in one delegation are a mistake, mostly.
        """
        who = (plain_key(name), state)
        for other in self.here.get(who, ()):
            if other == role or {Role(other), role} <= DELEGATION:
                return lazy("%(name)s is invited here already, as: %(role)s.") % {
                    "name": name,
                    "role": ROLE_NAMES[Role(other)],
                }
        if title := self.at_same_hour.get(who):
            return lazy("%(name)s has a seat at another meeting of the same hour: %(title)s.") % {
                "name": name,
                "title": title,
            }
        return None


def known_seats(session: Session, viewer: Viewer, here: Standing) -> KnownSeats:
    """The seats of this place that the viewer may know of, and of meetings at the same hour that the viewer serves."""
    known = KnownSeats()
    titles = {
        other.meeting: other.title
        for other in meetings_of_same_hour(session, here.place)
        if Role.SECRETARIAT in viewer.roles_at(other.meeting)
    }
    query = select(SeatRow).where(SeatRow.place.in_([here.place, *titles]), SeatRow.vacated.is_(False))
    for row in session.scalars(query.order_by(SeatRow.id)):
        who = (plain_key(row.name), row.state)
        if row.place == here.place:
            if here.sees(row):
                known.here.setdefault(who, []).append(row.role)
        elif here.at(row.place).sees(row):
            known.at_same_hour.setdefault(who, titles[row.place])
    return known
