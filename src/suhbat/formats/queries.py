"""Formats as places of seats."""

from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place, knows_places
from suhbat.formats.format_names import format_name
from suhbat.formats.models import Format


@knows_places
def format_place(session: Session, place: str) -> Place | None:
    """A format as a place of seats, with the states that are in it now, members before partners."""
    format_ = session.get(Format, place) if place and "/" not in place else None
    if format_ is None:
        return None
    present = [membership for membership in format_.memberships if membership.until is None]
    return Place(
        id=format_.id,
        title=format_name(format_.id, format_.name, {}),
        page=f"/formats/{format_.id}",
        states=tuple(membership.state for membership in present if membership.role in {"member", "partner"}),
        observers=tuple(membership.state for membership in present if membership.role not in {"member", "partner"}),
    )
