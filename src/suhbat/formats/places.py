"""Formats as places where seats are: a seat in a format counts in all its meetings."""

from sqlalchemy.orm import Session

from suhbat.acts.places import Place, knows_places
from suhbat.formats.models import Format


@knows_places
def place_of_format(session: Session, place: str) -> Place | None:
    """The format of this id."""
    found = session.get(Format, place)
    if found is None:
        return None
    present = [each.state for each in found.memberships if each.until is None]
    return Place(found.id, found.name, f"/formats/{found.id}", states=tuple(dict.fromkeys(present)))
