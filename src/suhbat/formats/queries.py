"""Formats by id, with or without a check of access; formats as places of seats, and the sides of their states."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place, knows_places, knows_sides
from suhbat.acts.roles_and_seats import Side, Viewer
from suhbat.formats.format_names import format_name
from suhbat.formats.format_status import may_know
from suhbat.formats.models import Format, Membership
from suhbat.formats.state_names import protocol_order
from suhbat.ground.refusals import not_found

MOST = 100
"""Formats that are not public on one list, at most."""


def format_of(session: Session, format_: str) -> Format:
    """The format that an act names; refused if there is none."""
    row = session.get(Format, format_)
    if row is None:
        raise not_found()
    return row


def visible_format(session: Session, viewer: Viewer, format_: str) -> Format:
    """A format that this reader may know of; else not found."""
    row = format_of(session, format_)
    if not may_know(viewer, row):
        raise not_found()
    return row


def hidden_formats(session: Session, viewer: Viewer) -> Sequence[Format]:
    """The formats that are not public and that a viewer may know of, in the order of their names; one query at most."""
    if viewer.anonymous:
        return []
    query = select(Format).where(Format.hidden).order_by(Format.name, Format.id).limit(MOST)
    return [row for row in session.scalars(query) if may_know(viewer, row)]


@knows_places
def format_place(session: Session, place: str) -> Place | None:
    """A format as a place of seats, with the states that are in it now, in protocol order."""
    format_ = session.get(Format, place) if place and "/" not in place else None
    if format_ is None:
        return None
    present = [membership for membership in format_.memberships if membership.until is None]
    return Place(
        id=format_.id,
        title=format_name(format_.id, format_.name, {}),
        page=f"/formats/{format_.id}",
        states=_in_order(row.state for row in present if row.role in _SIDES),
        observers=_in_order(row.state for row in present if row.role not in _SIDES),
    )


def _in_order(states: Iterable[str]) -> tuple[str, ...]:
    return tuple(protocol_order(states, "en"))


@knows_sides
def format_sides(session: Session, place: str) -> dict[str, Side] | None:
    """How states take part in a format now. Who is neither member nor partner only observes."""
    if not place or "/" in place:
        return None
    rows = session.execute(
        select(Membership.state, Membership.role).where(Membership.format == place, Membership.until.is_(None))
    )
    return {state: _SIDES.get(role, "observer") for state, role in rows}


_SIDES: dict[str, Side] = {"member": "member", "partner": "partner"}
