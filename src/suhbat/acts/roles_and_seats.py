"""Viewers and actors: a person in one or more seats, and what these seats let the person see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from suhbat.ground.language import Lazy, lazy
from suhbat.record.reading import PARTICIPANTS, SECRETARIAT, Scope, delegation_only, person_only


class Role(StrEnum):
    """The role of a seat. The first group takes part in a meeting; the second serves the installation."""

    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    HEAD = "head"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"
    ADVISER = "adviser"
    NOTE_TAKER = "note-taker"
    INTERPRETER = "interpreter"
    OBSERVER = "observer"

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    SYSTEM = "system"
    ANYONE = "anyone"


ROLE_NAMES: dict[Role, Lazy] = {
    Role.SECRETARIAT: lazy("Secretariat"),
    Role.CHAIR: lazy("Chair", context="a person"),
    Role.HEAD: lazy("Head of delegation"),
    Role.ALTERNATE: lazy("Alternate head"),
    Role.DELEGATE: lazy("Delegate"),
    Role.ADVISER: lazy("Adviser"),
    Role.NOTE_TAKER: lazy("Note-taker"),
    Role.INTERPRETER: lazy("Interpreter"),
    Role.OBSERVER: lazy("Observer"),
    Role.ADMINISTRATOR: lazy("Administrator"),
    Role.EDITOR: lazy("Editor of the public record"),
    Role.SYSTEM: lazy("The system"),
    Role.ANYONE: lazy("Anyone"),
}

SPEAKERS = frozenset({Role.HEAD, Role.ALTERNATE, Role.DELEGATE})
"""The roles that may speak and act for their delegation."""
HEADS = frozenset({Role.HEAD, Role.ALTERNATE})
"""The roles that may bind a delegation: the head, or the alternate in the head's place."""
DELEGATION = SPEAKERS | {Role.ADVISER}
"""All members of a delegation."""
STAFF = frozenset({Role.SECRETARIAT, Role.CHAIR})
PARTICIPANT_ROLES = DELEGATION | STAFF | {Role.NOTE_TAKER, Role.INTERPRETER, Role.OBSERVER}
"""The roles of everyone in the meeting room. Administrators and editors are not there."""


@dataclass(frozen=True)
class Seat:
    """A role at one meeting, in one format (at all its meetings), or in the installation (`place` is empty)."""

    role: Role
    place: str = ""
    """A meeting id, a format id, or empty."""
    state: str = ""
    """The delegation, as the code of its state or organisation."""
    office: str = ""
    """The holder's office in the own state, such as Minister of Foreign Affairs."""
    id: str = ""

    def holds_at(self, meeting: str, format_: str) -> bool:
        """Whether this seat counts in a meeting or a format."""
        return self.place in {"", meeting, format_}


@dataclass(frozen=True)
class Viewer:
    """Someone who reads, with the seats at the time of the look-up. The public is a viewer without seats.

    A request has a viewer, never an actor, because a seat may be given up while the request runs. The person who
    acts is looked up in the act's own transaction, and is an `Actor` there.
    """

    id: str
    name: str
    seats: tuple[Seat, ...] = field(default=())

    @property
    def anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return not self.id

    def seats_at(self, meeting: str, format_: str = "") -> list[Seat]:
        """The seats that count in a meeting (its format's too), in the order they were taken."""
        format_ = format_ or meeting.partition("/")[0]
        return [seat for seat in self.seats if seat.holds_at(meeting, format_)]

    def roles_at(self, meeting: str, format_: str = "") -> frozenset[Role]:
        """The roles of the seats that count in a meeting."""
        return frozenset(seat.role for seat in self.seats_at(meeting, format_))

    def seat_for(self, roles: Iterable[Role], meeting: str, format_: str = "") -> Seat | None:
        """The seat in which this viewer would perform an act of these roles; None if there is none."""
        allowed_roles = frozenset(roles)
        seats = [seat for seat in self.seats_at(meeting, format_) if seat.role in allowed_roles]
        if seats:
            return seats[0]
        return Seat(Role.ANYONE) if Role.ANYONE in allowed_roles else None

    def delegation_at(self, meeting: str) -> str:
        """The state whose delegation this viewer belongs to; empty if none."""
        for seat in self.seats_at(meeting):
            if seat.role in DELEGATION and seat.state:
                return seat.state
        return ""

    def scope(self, meeting: str, format_: str = "") -> Scope:
        """What this viewer may see. Pages, tail, API and exports all use this method."""
        roles = self.roles_at(meeting, format_)
        audiences = {person_only(self.id)} if self.id else set()
        if roles & PARTICIPANT_ROLES:
            audiences.add(PARTICIPANTS)
        if Role.SECRETARIAT in roles:
            audiences.add(SECRETARIAT)
        if state := self.delegation_at(meeting):
            audiences.add(delegation_only(state))
        return Scope(frozenset(audiences) | {"public"})


@dataclass(frozen=True)
class Actor(Viewer):
    """Someone who acts: a person looked up in the transaction of the act, or the system itself."""

    @property
    def viewer(self) -> Viewer:
        """The same person as a viewer, who only reads."""
        return Viewer(self.id, self.name, self.seats)


PUBLIC_READER = Actor("", "")
"""A reader who is not signed in."""
SYSTEM = Actor("system", "Suhbat", (Seat(Role.SYSTEM),))
"""The system itself, which acts at deadlines and after other acts."""
ADMINISTRATION = Actor("operator", "Operator", (Seat(Role.ADMINISTRATOR), Seat(Role.EDITOR)))
"""The operator on the server's command line. The operator is no participant and does not see closed meetings."""
