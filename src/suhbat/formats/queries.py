"""What seats in a format need to know of it."""

from sqlalchemy.orm import Session

from suhbat.acts.seat_places import Place, knows_places
from suhbat.formats.format_names import format_name
from suhbat.formats.models import Format


@knows_places
def format_place(session: Session, place: str) -> Place | None:
    """A format as a place where seats are: those who stand in it now, members before partners."""
    held = session.get(Format, place) if place and "/" not in place else None
    if held is None:
        return None
    present = [each for each in held.memberships if each.until is None]
    return Place(
        id=held.id,
        title=format_name(held.id, held.name, {}),
        page=f"/formats/{held.id}",
        states=tuple(each.state for each in present if each.role in {"member", "partner"}),
        observers=tuple(each.state for each in present if each.role not in {"member", "partner"}),
    )
