"""What a person's own page shows of meetings: what waits, the meetings by how they stand, the formats."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from suhbat.acts import Viewer
from suhbat.acts.door import Door
from suhbat.acts.panels import panel
from suhbat.acts.roles_and_seats import Role
from suhbat.formats.models import Format
from suhbat.meetings import preparation  # noqa: F401  (it registers what waits)
from suhbat.meetings.format_making import formats_without_secretariat
from suhbat.meetings.meetings_at_work import in_groups, opening, own_meetings
from suhbat.meetings.what_waits import DONE, Asking, what_waits


@panel("waiting", "me", "Waiting for you", "meetings/waiting.html", order=2)
def waiting(session: Session, viewer: Viewer, _place: str, moment: datetime, door: Door) -> dict[str, Any] | None:
    """What the person has to do or waits for at the own meetings, with one step to each; nothing without meetings."""
    meetings = {meeting.id: meeting for meeting in own_meetings(session, viewer)}
    if not meetings:
        return None
    found = what_waits(Asking(session, door, viewer, moment, meetings))
    return {"waiting": [each for each in found if each.move != DONE], "named": True}


@panel("meetings", "me", "Your meetings", "meetings/mine.html", order=5)
def meetings(session: Session, viewer: Viewer, _place: str) -> dict[str, Any] | None:
    """The meetings in which the person takes part, by how they stand; nothing if there is none."""
    own = own_meetings(session, viewer)
    return {"groups": in_groups(own), "opening": opening} if own else None


@panel("unserved-formats", "me", "Formats without a secretariat", "meetings/unserved_formats.html", order=3)
def unserved_formats(
    session: Session, viewer: Viewer, _place: str, _moment: datetime, door: Door
) -> dict[str, Any] | None:
    """For administrators, the formats that nobody can convene yet, with one step to each."""
    formats = formats_without_secretariat(session) if door.may(viewer, "editor.named") else []
    return {"formats": formats} if formats else None


panel("unserved-formats-first", "welcome", "Formats without a secretariat", "meetings/unserved_formats.html")(
    unserved_formats
)


@panel("formats", "me", "Your formats", "meetings/own_formats.html", order=7)
def formats(session: Session, viewer: Viewer, _place: str) -> dict[str, Any] | None:
    """The formats in which the person has a seat, with what their secretariat begins there."""
    places = {seat.place.partition("/")[0] for seat in viewer.seats} - {""}
    query = select(Format).where(Format.id.in_(places)).options(selectinload(Format.memberships))
    rows = sorted(session.scalars(query), key=lambda row: row.name) if places else []
    managed = {seat.place for seat in viewer.seats if seat.role in {Role.SECRETARIAT, Role.STANDING}}
    return {"formats": rows, "managed": managed} if rows else None


panel("formats-first", "welcome", "Your formats", "meetings/own_formats.html")(formats)
