"""Who may manage which seats: the secretariat of a place, a delegation's own organiser, the administrators."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import ADMINISTRATION, DELEGATION, OF_A_DELEGATION, PARTICIPANT_ROLES, Role, Viewer
from suhbat.people.models import Invitation, SeatRow
from suhbat.record.audiences import DELEGATIONS, SECRETARIAT, delegation_only

INSTALLATION = frozenset({Role.ADMINISTRATOR, Role.EDITOR})
"""Roles that serve the installation and no meeting."""
MANAGERS = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR, Role.STANDING}) | DELEGATION
"""Roles whose holders may manage seats, if `Standing.over` allows it for the seat."""
INSTALLATION_PLACE = Place("", "", "/")
"""The installation as a place, for acts that belong to no meeting and no format."""


@dataclass(frozen=True)
class Standing:
    """What one viewer may do about the seats of one place: a meeting, a format, or (empty) the installation."""

    viewer: Viewer
    place: str
    organised: frozenset[str] = frozenset()
    """The ids of the viewer's seats, at any place, in which the viewer is the delegation's organiser."""

    def at(self, place: str) -> "Standing":
        """The standing of the same viewer at another place."""
        return replace(self, place=place)

    @cached_property
    def _where(self) -> tuple[str, str]:
        return (self.place, "") if "/" in self.place else ("", self.place)

    @cached_property
    def _roles_here(self) -> frozenset[Role]:
        return self.viewer.roles_at(*self._where)

    @property
    def secretariat(self) -> bool:
        """Whether the viewer belongs to the place's secretariat."""
        return Role.SECRETARIAT in self._roles_here and bool(self.place)

    @property
    def administrator(self) -> bool:
        """Whether the viewer administers the installation."""
        return Role.ADMINISTRATOR in self._roles_here

    @property
    def operator(self) -> bool:
        """Whether the viewer is the operator on the server's command line."""
        return self.viewer.id == ADMINISTRATION.id

    @cached_property
    def states(self) -> frozenset[str]:
        """The delegations of which the viewer is the organiser here."""
        seats = self.viewer.seats_at(*self._where) if self.place else []  # an assistant's is never an organiser's
        return frozenset(seat.state for seat in seats if seat.id in self.organised)

    def __bool__(self) -> bool:
        return self.secretariat or self.administrator or bool(self.states)

    def roles(self) -> list[Role]:
        """The roles whose seats the viewer may offer here, in the order of a seating plan."""
        if not self.place:
            return [role for role in Role if role in INSTALLATION and self.administrator]
        at_meeting = "/" in self.place  # a delegation is another one at every meeting: it has no seats in a format
        if self.secretariat:
            return [role for role in Role if role in PARTICIPANT_ROLES and (at_meeting or role not in OF_A_DELEGATION)]
        own = OF_A_DELEGATION if self.states and at_meeting else frozenset()
        appointed = {Role.SECRETARIAT} if self.administrator else set()
        return [role for role in Role if role in own | appointed]

    def over(self, role: Role, state: str) -> bool:
        """Whether the viewer may offer, renew or end a seat of this role and delegation."""
        if role not in self.roles():
            return False
        if self.secretariat or role in INSTALLATION | {Role.SECRETARIAT}:
            return True
        return state in self.states

    def manages(self, row: SeatRow) -> bool:
        """Whether the viewer may renew or end this seat."""
        if row.role == Role.STANDING:
            return manages_standing_seat(self.viewer, row)
        return self.over(Role(row.role), row.state)

    def audience_of(self, row: SeatRow) -> str:
        """Who may know of this seat before it is taken."""
        return DELEGATIONS if row.role == Role.STANDING else self.audience(Role(row.role), row.state)

    def audience(self, role: Role, state: str) -> str:
        """Who may know of a seat before it is taken. An organiser's invitations are for the own delegation only."""
        own = not self.secretariat and role in OF_A_DELEGATION and state in self.states
        return delegation_only(state) if own else SECRETARIAT

    def sees(self, row: SeatRow) -> bool:
        """Whether the list of the place's people shows this seat to the viewer."""
        if row.role == Role.STANDING:
            return knows_standing_seats(self.viewer, row.place)
        if row.state in self.states and row.role in OF_A_DELEGATION:
            return True
        if self.secretariat:
            return bool(row.person) or row.audience == SECRETARIAT
        return self.administrator and row.role in INSTALLATION | {Role.SECRETARIAT}


def manages_standing_seat(viewer: Viewer, row: SeatRow) -> bool:
    """Whether the viewer may renew, hand over or end a standing seat.

    The secretariat of its format may, and the state's chief for the subject.
    """
    chief = ("chief", row.state, row.subject)
    return Role.SECRETARIAT in viewer.roles_at("", row.place) or any(
        chief == (seat.rank, seat.state, seat.subject) for seat in viewer.standing_seats(row.place)
    )


def knows_standing_seats(viewer: Viewer, format_: str) -> bool:
    """Whether the viewer's own seats in a format show who holds its standing seats.

    Its secretariat knows, and those who hold such a seat for a member or a partner. Heads of delegation at its meetings
    know too: see `standing_seats.StandingSeats.shown`.
    """
    return viewer.scope(format_).sees(DELEGATIONS)


@dataclass(frozen=True)
class SeatInQuestion:
    """A seat for one viewer: the viewer's standing at its place, its letters, and the holder's seats."""

    row: SeatRow
    here: Standing
    letters: Sequence[Invitation] = ()
    """Its letters that are neither used nor revoked, the oldest first. They may have expired."""
    further: Sequence[SeatRow] = ()
    """All seats of its holder, at any place, including this one. Empty if nobody has taken it."""

    @property
    def manageable(self) -> bool:
        """Whether the viewer may manage this seat and may know of it."""
        return self.here.manages(self.row) and self.here.sees(self.row)

    @property
    def renewable(self) -> bool:
        """Whether the viewer may give its holder a new letter, with which one signs in as that person.

        This needs the right to manage every seat of the person, because a letter for one seat gives access to all.
        """
        return all(self._managed_by_viewer(row) for row in self.further)

    def _managed_by_viewer(self, row: SeatRow) -> bool:
        standing_there = self.here.at(row.place)
        if standing_there.operator:
            return True
        # An administrator appoints a secretariat, but must not be able to sign in as one of its members.
        return standing_there.manages(row) and (
            row.role == Role.STANDING or standing_there.secretariat or bool(standing_there.states)
        )


def standing(session: Session, viewer: Viewer, place: str) -> Standing:
    """The viewer's standing at a meeting, in a format, or (if the place is empty) in the installation."""
    own_seats = [seat.id for seat in viewer.seats if seat.role in DELEGATION and seat.id and seat.place]
    if not own_seats:
        return Standing(viewer, place, frozenset())
    organised = session.scalars(select(SeatRow.id).where(SeatRow.id.in_(own_seats), SeatRow.organiser.is_(True)))
    return Standing(viewer, place, frozenset(organised))
