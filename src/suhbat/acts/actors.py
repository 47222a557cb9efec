"""Who looks and who acts: a person in one or more seats, and what the seats let the person see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from suhbat.ground.language import Lazy, lazy
from suhbat.record.reading import PARTICIPANTS, SECRETARIAT, Scope, delegation_only, person_only


class Role(StrEnum):
    """What a seat is for. The first group sits at a meeting; the second serves the installation."""

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
    Role.SYSTEM: lazy("The house itself"),
    Role.ANYONE: lazy("Anyone"),
}

SPEAKERS = frozenset({Role.HEAD, Role.ALTERNATE, Role.DELEGATE})
"""Those who may speak and act for their delegation."""
HEADS = frozenset({Role.HEAD, Role.ALTERNATE})
"""Those who may bind it: the head, or the alternate in the head's place."""
DELEGATION = SPEAKERS | {Role.ADVISER}
"""All members of a delegation."""
STAFF = frozenset({Role.SECRETARIAT, Role.CHAIR})
PARTICIPANT_ROLES = DELEGATION | STAFF | {Role.NOTE_TAKER, Role.INTERPRETER, Role.OBSERVER}
"""Everyone who is in the room. Administrators and editors are not."""


@dataclass(frozen=True)
class Seat:
    """A role somewhere: at one meeting, in one format (all its meetings), or in the installation (`place` empty)."""

    role: Role
    place: str = ""
    """A meeting id, a format id, or nothing."""
    state: str = ""
    """The delegation, as the code of its state or organisation."""
    office: str = ""
    """The office its holder bears outside, such as Minister of Foreign Affairs."""
    id: str = ""

    def holds_at(self, meeting: str, format_: str) -> bool:
        """Whether this seat counts in a meeting or a format."""
        return self.place in {"", meeting, format_}


@dataclass(frozen=True)
class Viewer:
    """Someone who looks, as they stood when they were looked up. The public is a viewer without seats.

    A request has a viewer, never an actor: between its first line and its last word a seat may be given up. Whoever
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
        """The roles that count in a meeting."""
        return frozenset(seat.role for seat in self.seats_at(meeting, format_))

    def seat_for(self, roles: Iterable[Role], meeting: str, format_: str = "") -> Seat | None:
        """The seat in which this actor would perform an act that these roles may perform; None if none."""
        wanted = frozenset(roles)
        found = [seat for seat in self.seats_at(meeting, format_) if seat.role in wanted]
        if found:
            return found[0]
        return Seat(Role.ANYONE) if Role.ANYONE in wanted else None

    def delegation_at(self, meeting: str) -> str:
        """The state this actor sits for; empty if for none."""
        for seat in self.seats_at(meeting):
            if seat.role in DELEGATION and seat.state:
                return seat.state
        return ""

    def scope(self, meeting: str, format_: str = "") -> Scope:
        """The one answer to who may see what: pages, tail, API and exports all ask here."""
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
    """Someone who acts: looked up in the transaction of the act itself, or the house."""

    @property
    def viewer(self) -> Viewer:
        """The same as one who only looks."""
        return Viewer(self.id, self.name, self.seats)


PUBLIC_READER = Actor("", "")
"""Anyone at all."""
SYSTEM = Actor("system", "Suhbat", (Seat(Role.SYSTEM),))
"""The house itself, where a deadline or a rule acts."""
ADMINISTRATION = Actor("operator", "Operator", (Seat(Role.ADMINISTRATOR), Seat(Role.EDITOR)))
"""Whoever has the command line of the server. No participant: closed meetings stay closed."""
