"""Reading the record: entries in order, if the reader may see them."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from suhbat.ground.clock import instant
from suhbat.record.audiences import Scope
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow


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
    return query.where(or_(scope.limits(EntryRow.audience), EntryRow.released_by.is_not(None)))


def at_place(place: str) -> ColumnElement[bool]:
    """The condition that an entry belongs to a place: a meeting, a format without its meetings, or the installation."""
    if "/" in place:
        return EntryRow.meeting == place
    return and_(EntryRow.format == place, EntryRow.meeting == "")


def of_place(session: Session, place: str, scope: Scope, after: int = 0, limit: int = 100_000) -> list[Entry]:
    """The visible entries of a place after a number, oldest first."""
    query = select(EntryRow).where(at_place(place), EntryRow.number > after)
    query = visible(query, scope).order_by(EntryRow.number).limit(limit)
    return [entry_of(row) for row in session.scalars(query)]


def last_of_meeting(
    session: Session, meeting: str, scope: Scope, acts: tuple[str, ...], without: tuple[str, ...], limit: int
) -> list[Entry]:
    """The newest visible entries of a meeting whose acts' names begin with one of these, the newest first.

    `without` are the names of acts that are left out.
    """
    named = and_(
        or_(*(EntryRow.act.startswith(beginning, autoescape=True) for beginning in acts)), EntryRow.act.not_in(without)
    )
    query = visible(select(EntryRow).where(EntryRow.meeting == meeting, named), scope)
    return [entry_of(row) for row in session.scalars(query.order_by(EntryRow.number.desc()).limit(limit))]


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
