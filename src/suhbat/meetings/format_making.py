"""What the founder of a format can do next on its page: appoint a secretariat, publish it, hide it, take it back."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Role, Viewer
from suhbat.acts.door import Door
from suhbat.formats.models import Format
from suhbat.meetings.hide_format import has_meetings
from suhbat.people.models import SeatRow


@dataclass(frozen=True)
class FormatMaking:
    """The steps that are open to one viewer."""

    status: str
    """`draft`, `public` or `hidden`."""
    appoints: bool
    """Whether the next step is to appoint a secretariat: the viewer may, and nobody is invited yet."""
    publishes: bool
    hides: bool
    deletes: bool

    def __bool__(self) -> bool:
        return self.status != "public" or self.appoints or self.hides or self.deletes


def format_making(session: Session, door: Door, viewer: Viewer, format_id: str) -> FormatMaking | None:
    """The steps that are open to a viewer; None, and no query, for whoever is not signed in."""
    format_ = None if viewer.anonymous else session.get(Format, format_id)
    if format_ is None:
        return None
    may_make = door.may(viewer, "format.deleted", "", format_id)
    with_meetings = may_make and has_meetings(session, format_id)
    appoints = door.may(viewer, "format.founded", "", format_id) and not _has_secretariat(session, format_id)
    return FormatMaking(
        status=format_.status,
        appoints=appoints,
        publishes=door.offers(viewer, "format.published", format_),
        hides=door.offers(viewer, "format.hidden", format_, with_meetings),
        deletes=door.offers(viewer, "format.deleted", format_, with_meetings),
    )


def _has_secretariat(session: Session, format_id: str) -> bool:
    """Whether anybody holds a seat of the format's secretariat, or is invited to one."""
    query = select(SeatRow.id).where(
        SeatRow.place == format_id, SeatRow.role == Role.SECRETARIAT, SeatRow.vacated.is_(False)
    )
    return session.scalar(query.limit(1)) is not None
