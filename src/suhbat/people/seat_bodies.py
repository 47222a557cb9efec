"""Parts that the bodies of several acts about seats share: the seat, its letter, and the person who takes it."""

import msgspec
from sqlalchemy.orm import Session

from suhbat.acts.place_finders import find_sides
from suhbat.people.models import ORGANISER_KEY, Invitation, SeatRow


class KeptSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A seat as it was offered or taken.

    `place` is a meeting or a format, empty for the installation; `state` is the delegation, empty for staff.
    """

    id: str
    role: str
    place: str
    state: str
    name: str
    office: str
    organiser: bool = msgspec.field(name=ORGANISER_KEY)

    def row(self, session: Session, audience: str, person: str | None = None) -> SeatRow:
        """The row of this seat, with its state's side. `audience` may know of it before it is taken."""
        side = find_sides(session, self.place).get(self.state, "") if self.state else ""
        return SeatRow(**msgspec.structs.asdict(self), audience=audience, person=person, side=side)


def kept_seat(row: SeatRow) -> KeptSeat:
    """The seat of a row, for the body of an entry."""
    return KeptSeat(**{name: getattr(row, name) for name in KeptSeat.__struct_fields__})


class KeptInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """A letter for a seat: the SHA-256 of its secret in hex, and the instant (UTC) from which on it is void."""

    id: str
    secret_hash: str
    expires: str

    def row(self, seat: str) -> Invitation:
        """The row of this letter for a seat."""
        return Invitation(**msgspec.structs.asdict(self), seat=seat)


class KeptPerson(msgspec.Struct, frozen=True, kw_only=True):
    """The person who takes a seat."""

    id: str
    name: str
