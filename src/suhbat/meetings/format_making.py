"""What the founder of a format can do next on its page: appoint a secretariat, publish it, hide it, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql import Select

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


def formats_without_secretariat(session: Session) -> Sequence[Format]:
    """The formats that nobody can convene: nobody holds a seat of their secretariat, or is invited to one."""
    query = select(Format).where(Format.id.not_in(_secretariats())).options(selectinload(Format.memberships))
    return sorted(session.scalars(query), key=lambda format_: format_.name)


def _has_secretariat(session: Session, format_id: str) -> bool:
    """Whether anybody holds a seat of the format's secretariat, or is invited to one."""
    return session.scalar(_secretariats().where(SeatRow.place == format_id).limit(1)) is not None


def _secretariats() -> Select[str]:
    """The places with a seat of a secretariat, taken or offered."""
    return select(SeatRow.place).where(SeatRow.role == Role.SECRETARIAT, SeatRow.vacated.is_(False))
