"""Who may dispose of which seats: the secretariat of a place, a delegation's own organiser, the administration."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import ADMINISTRATION, DELEGATION, PARTICIPANT_ROLES, Role, Viewer
from suhbat.people.models import SeatRow
from suhbat.record.reading import SECRETARIAT, delegation_only

INSTALLATION = frozenset({Role.ADMINISTRATOR, Role.EDITOR})
"""Roles that serve the installation and no meeting."""


@dataclass(frozen=True)
class Standing:
    """What one actor may do about the seats of one place."""

    place: str
    secretariat: bool = False
    administrator: bool = False
    operator: bool = False
    """Whoever has the server's command line."""
    states: frozenset[str] = frozenset()
    """The delegations whose organiser the actor is."""

    def __bool__(self) -> bool:
        return self.secretariat or self.administrator or bool(self.states)

    def roles(self) -> list[Role]:
        """The roles whose seats the actor may offer here, in the order of a seating plan."""
        if not self.place:
            return [role for role in Role if role in INSTALLATION and self.administrator]
        if self.secretariat:
            return [role for role in Role if role in PARTICIPANT_ROLES]
        own = DELEGATION if self.states else frozenset()
        appointed = {Role.SECRETARIAT} if self.administrator else set()
        return [role for role in Role if role in own | appointed]

    def over(self, role: Role, state: str) -> bool:
        """Whether the actor may offer, renew or end a seat of this role and delegation."""
        if role not in self.roles():
            return False
        if self.secretariat or role in INSTALLATION | {Role.SECRETARIAT}:
            return True
        return state in self.states

    def audience(self, role: Role, state: str) -> str:
        """Who may know of an offer before it is taken: what an organiser does is the own delegation's business."""
        own = not self.secretariat and role in DELEGATION and state in self.states
        return delegation_only(state) if own else SECRETARIAT

    def sees(self, row: SeatRow) -> bool:
        """Whether the actor is shown this seat in the list of the place's people."""
        if row.state in self.states and row.role in DELEGATION:
            return True
        if self.secretariat:
            return bool(row.person) or row.audience == SECRETARIAT
        return self.administrator and row.role in INSTALLATION | {Role.SECRETARIAT}


def standing(session: Session, actor: Viewer, place: str) -> Standing:
    """How the actor stands at a meeting, in a format, or (place empty) in the installation."""
    meeting, format_ = (place, "") if "/" in place else ("", place)
    roles = actor.roles_at(meeting, format_)
    own = [seat.id for seat in actor.seats_at(meeting, format_) if seat.role in DELEGATION and seat.id and place]
    organised = session.scalars(select(SeatRow.state).where(SeatRow.id.in_(own), SeatRow.organiser.is_(True)))
    return Standing(
        place,
        secretariat=Role.SECRETARIAT in roles and bool(place),
        administrator=Role.ADMINISTRATOR in roles,
        operator=actor.id == ADMINISTRATION.id,
        states=frozenset(organised),
    )


def may_renew(session: Session, actor: Viewer, person: str) -> bool:
    """Whether the actor may give a person a new letter, and so the way in as that person.

    Only who disposes of every seat the person holds may: a letter for one seat opens them all.
    """
    rows = session.scalars(select(SeatRow).where(SeatRow.person == person, SeatRow.vacated.is_(False)))
    for row in rows:
        here = standing(session, actor, row.place)
        if not here.operator and not (here.over(Role(row.role), row.state) and (here.secretariat or here.states)):
            return False
    return True
