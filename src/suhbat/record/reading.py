"""Reading the record: entries in order, if the reader may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from suhbat.ground.clock import instant
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow

PUBLIC, PARTICIPANTS, SECRETARIAT = "public", "participants", "secretariat"


def delegation_only(state: str) -> str:
    """The audience of one delegation: nobody else sees it, the secretariat and the chair included."""
    return f"delegation:{state}"


def person_only(person: str) -> str:
    """The audience of one person, for entries that concern nobody else, such as a passkey."""
    return f"person:{person}"


@dataclass(frozen=True)
class Scope:
    """What one reader may see of one meeting: the audiences to which the reader belongs. The public is one of them."""

    audiences: frozenset[str] = frozenset({PUBLIC})

    def sees(self, audience: str) -> bool:
        """Whether something with this audience may be shown to the reader."""
        return audience == PUBLIC or audience in self.audiences


def entry_of(row: EntryRow) -> Entry:
    """The entry of a row."""
    return Entry(
        number=row.number,
        format=row.format,
        meeting=row.meeting,
        act=row.act,
        actor=row.actor,
        name=row.name,
        office=row.office,
        delegation=row.delegation,
        time=instant(row.time),
        audience=row.audience,
        body=row.body,
    )


def visible(query: Select[EntryRow], scope: Scope) -> Select[EntryRow]:
    """Limit a query to what the reader may see: the audiences in the scope, and released entries."""
    return query.where(_visible_to(scope.audiences | {PUBLIC}))


def _visible_to(audiences: frozenset[str] | BindParameter[Any]) -> ColumnElement[bool]:
    return or_(EntryRow.audience.in_(audiences), EntryRow.released_by.is_not(None))


def of_meeting(session: Session, meeting: str, scope: Scope, after: int = 0, limit: int = 100_000) -> list[Entry]:
    """The visible entries of a meeting after a number, oldest first."""
    query = select(EntryRow).where(EntryRow.meeting == meeting, EntryRow.number > after)
    query = visible(query, scope).order_by(EntryRow.number).limit(limit)
    return [entry_of(row) for row in session.scalars(query)]


def last_of_meeting(
    session: Session, meeting: str, scope: Scope, acts: tuple[str, ...], limit: int
) -> list[Entry]:
    """The newest visible entries of a meeting whose acts' names begin with one of these, the newest first."""
    values = {"meeting": meeting, "audiences": [*scope.audiences, PUBLIC]}
    return [entry_of(row) for row in session.scalars(_last_of_meeting(acts, limit), values)]


@cache
def _last_of_meeting(acts: tuple[str, ...], limit: int) -> Select[EntryRow]:
    named = or_(*(EntryRow.act.startswith(beginning, autoescape=True) for beginning in acts))
    query = select(EntryRow).where(EntryRow.meeting == bindparam("meeting"), named)
    query = query.where(_visible_to(bindparam("audiences", expanding=True)))
    return query.order_by(EntryRow.number.desc()).limit(limit)


def all_of_meeting(session: Session, meeting: str) -> Iterator[Entry]:
    """Every entry of a meeting, whatever its audience. For computing a status, never for display."""
    query = select(EntryRow).where(EntryRow.meeting == meeting).order_by(EntryRow.number)
    return (entry_of(row) for row in session.scalars(query))


def entries_after(session: Session, number: int, limit: int = 1000) -> list[Entry]:
    """Every entry after a number, whatever its audience. For the live tail, which then checks `Scope`."""
    query = select(EntryRow).where(EntryRow.number > number).order_by(EntryRow.number).limit(limit)
    return [entry_of(row) for row in session.scalars(query)]


def head_number(session: Session) -> int:
    """The number of the newest entry; 0 for an empty record."""
    return session.scalar(_HEAD) or 0


_HEAD = select(func.max(EntryRow.number))
