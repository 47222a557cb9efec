"""Formats as places of seats, and the sides of their states."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place, knows_places, knows_sides
from suhbat.acts.roles_and_seats import Side
from suhbat.formats.format_names import format_name
from suhbat.formats.models import Format, Membership
from suhbat.formats.state_names import protocol_order


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
