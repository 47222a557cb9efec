"""Viewers and actors: a person in one or more seats, and what these seats let the person see."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from suhbat.ground.language import Lazy, lazy
from suhbat.record.audiences import (
    BOOTHS,
    DELEGATIONS,
    MEMBERS,
    PARTICIPANTS,
    PUBLIC,
    SECRETARIAT,
    Scope,
    delegation_only,
    person_only,
)


class Role(StrEnum):
    """The role of a seat. The first group takes part in a meeting.

    A standing seat speaks for a state between the meetings of a format; the others serve the installation.
    """

    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    HEAD = "head"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"
    ADVISER = "adviser"
    ASSISTANT = "assistant"
    NOTE_TAKER = "note-taker"
    INTERPRETER = "interpreter"
    OBSERVER = "observer"

    STANDING = "standing"
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
    Role.ASSISTANT: lazy("Assistant to the head"),
    Role.NOTE_TAKER: lazy("Note-taker"),
    Role.INTERPRETER: lazy("Interpreter"),
    Role.OBSERVER: lazy("Observer"),
    Role.STANDING: lazy("Standing seat"),
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
"""All members of a delegation who act for it."""
OF_A_DELEGATION = DELEGATION | {Role.ASSISTANT}
"""The roles of all seats that belong to a delegation. An assistant acts for none: see `acts.assistance`."""
STAFF = frozenset({Role.SECRETARIAT, Role.CHAIR})
Side = str
"""How a state takes part in a format or at a meeting: `member`, `partner` or `observer`; empty without a state."""
PARTICIPANT_ROLES = OF_A_DELEGATION | STAFF | {Role.NOTE_TAKER, Role.INTERPRETER, Role.OBSERVER}
"""The roles of everyone in the meeting room. Administrators and editors are not there."""


@dataclass(frozen=True)
class Seat:
    """A role at one meeting, in one format (at all its meetings), or in the installation (`place` is empty).

    Two kinds of seats in a format give no access to its meetings: standing seats, and those of a delegation, which
    is another one at every meeting.
    """

    role: Role
    place: str = ""
    """A meeting id, a format id, or empty."""
    state: str = ""
    """The delegation, as the code of its state or organisation."""
    office: str = ""
    """The holder's office in the own state, such as Minister of Foreign Affairs."""
    id: str = ""
    side: Side = ""
    """How the state takes part at the place."""
    subject: str = ""
    """Of a standing seat: what it answers for, such as `promises`."""
    rank: str = ""
    """Of a standing seat: `chief`, `main`, `alternate` or `validator`."""
    assists: bool = False
    """Whether this is an assistant's seat in the eyes of a page: it shows what the head's shows."""

    @property
    def as_held(self) -> "Seat":
        """The seat as it is held: that of an assistant, where a page sees the head's."""
        return replace(self, role=Role.ASSISTANT, assists=False) if self.assists else self

    def holds_at(self, meeting: str, format_: str) -> bool:
        """Whether this seat counts in a meeting or, where no meeting is named, in a format."""
        if self.place == format_ and meeting and (self.role is Role.STANDING or self.role in OF_A_DELEGATION):
            return False
        return self.place in {"", meeting, format_}


@dataclass(frozen=True)
class Eyes:
    """Whose eyes a page is seen with, if they are lent to somebody (`acts/onlookers.py`)."""

    kind: str
    """`delegation`, `observer` or `public`."""
    looker: "Viewer"
    """The person who looks, who limits what is seen."""
    place: str
    """The address of the meeting."""
    rest: str = ""
    """What follows it in the address of the page: `/agenda`."""

    def limit(self, scope: Scope, place: str) -> Scope:
        """What of this scope the person who looks may see too."""
        return Scope(scope.audiences & self.looker.scope(place).audiences)


@dataclass(frozen=True)
class Viewer:
    """Someone who reads, with the seats at the time of the look-up. The public is a viewer without seats.

    A request has a viewer, never an actor, because a seat may be given up while the request runs. The person who
    acts is looked up in the act's own transaction, and is an `Actor` there.
    """

    id: str
    name: str
    seats: tuple[Seat, ...] = field(default=())
    eyes: Eyes | None = None
    """Set for an onlooker, who can do nothing, and sees no more than the person who looks through its eyes."""

    @property
    def anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return not self.id

    @property
    def is_system(self) -> bool:
        """Whether this is the system itself."""
        return self.id == SYSTEM.id

    def seats_at(self, meeting: str, format_: str = "") -> list[Seat]:
        """The seats that count in a meeting (its format's too), in the order they were taken."""
        format_ = format_ or meeting.partition("/")[0]
        return [seat for seat in self.seats if seat.holds_at(meeting, format_)]

    def roles_at(self, meeting: str, format_: str = "") -> frozenset[Role]:
        """The roles of the seats that count in a meeting."""
        return frozenset(seat.role for seat in self.seats_at(meeting, format_))

    def seat_for(
        self, roles: Iterable[Role], meeting: str, format_: str = "", *, from_meetings: bool = False
    ) -> Seat | None:
        """The seat in which this viewer would perform an act of these roles; None if there is none.

        A standing seat speaks for its state about any meeting of its format, though it gives no access to it. With
        `from_meetings`, seats at meetings of the format count for an act in the format.
        """
        if self.eyes:
            return None
        allowed_roles = frozenset(roles)
        format_ = format_ or meeting.partition("/")[0]
        further = self.standing_seats(format_) if meeting and Role.STANDING in allowed_roles else []
        if from_meetings and not meeting:
            further += [seat for seat in self.seats if seat.place.startswith(f"{format_}/")]
        counting = (*self.seats_at(meeting, format_), *further)
        if Role.ASSISTANT in allowed_roles:
            counting = tuple(seat.as_held for seat in counting)
        seats = [seat for seat in counting if seat.role in allowed_roles]
        if seats:
            return min(seats, key=lambda seat: seat.assists)
        return Seat(Role.ANYONE) if Role.ANYONE in allowed_roles else None

    def standing_seats(self, format_: str) -> list[Seat]:
        """The viewer's standing seats in a format."""
        return [seat for seat in self.seats if seat.role is Role.STANDING and seat.place == format_]

    def takes_part_in(self, format_: str) -> bool:
        """Whether this viewer is a participant in a format: at all of its meetings, or at one of them."""
        return any(
            seat.role in PARTICIPANT_ROLES and seat.place.partition("/")[0] in {format_, ""} for seat in self.seats
        )

    def delegation_at(self, meeting: str) -> str:
        """The state whose delegation this viewer belongs to; empty if none."""
        for seat in self.seats_at(meeting):
            if seat.role in OF_A_DELEGATION and seat.state:
                return seat.state
        return ""

    def scope(self, place: str) -> Scope:
        """What this viewer may see at a meeting, in a format, or (empty) of the installation.

        Pages, live tail, index, search, API, exports and mail all use this method.
        """
        seats = self.seats_at(place) if "/" in place else self.seats_at("", place)
        audiences = {PUBLIC} | ({person_only(self.id)} if self.id else set())
        for seat in seats:
            audiences |= _audiences_of(seat, place)
        own = frozenset((seat.subject, seat.state) for seat in seats if seat.role is Role.STANDING)
        scope = Scope(frozenset(audiences), own)
        return self.eyes.limit(scope, place) if self.eyes else scope


def _audiences_of(seat: Seat, place: str) -> set[str]:
    """The audiences that one seat opens at a place where it counts. The installation has its secretariat alone."""
    audiences = {SECRETARIAT} if seat.role is Role.SECRETARIAT else set()
    if not place:
        return audiences
    if seat.role in PARTICIPANT_ROLES and "/" in place:
        audiences.add(PARTICIPANTS)
    if seat.role is Role.INTERPRETER:
        audiences.add(BOOTHS)
    speaks_for_state = seat.role in OF_A_DELEGATION or seat.role is Role.STANDING
    if seat.role in STAFF or (speaks_for_state and seat.side in {"member", "partner"}):
        audiences.add(DELEGATIONS)
    if speaks_for_state and seat.side == "member":
        audiences.add(MEMBERS)
    if seat.role in OF_A_DELEGATION and seat.state and "/" in place:
        audiences.add(delegation_only(seat.state))
    return audiences


@dataclass(frozen=True)
class Actor(Viewer):
    """Someone who acts: a person looked up in the transaction of the act, or the system itself."""

    @property
    def viewer(self) -> Viewer:
        """The same person as a viewer, who only reads. An assistant sees what the head of the delegation sees."""
        return Viewer(self.id, self.name, tuple(_as_shown(seat) for seat in self.seats))


def _as_shown(seat: Seat) -> Seat:
    return replace(seat, role=Role.HEAD, assists=True) if seat.role is Role.ASSISTANT else seat


PUBLIC_READER = Actor("", "")
"""A reader who is not signed in."""
SYSTEM = Actor("system", "Suhbat", (Seat(Role.SYSTEM),))
"""The system itself, which acts at deadlines and after other acts."""
ADMINISTRATION = Actor("operator", "Operator", (Seat(Role.ADMINISTRATOR), Seat(Role.EDITOR)))
"""The operator on the server's command line. The operator is no participant and does not see closed meetings."""
