"""What a person who is signed in can do from the page of a format, and the meetings of the format under work."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.door import Door
from suhbat.formats.models import Format
from suhbat.meetings.meetings_at_work import meetings_at_work
from suhbat.meetings.models import Meeting
from suhbat.people.seat_managers import standing
from suhbat.people.standing_seats import standing_seats


@dataclass(frozen=True)
class FormatControls:
    """The ways from a format's page that are open to one viewer."""

    convenes: bool
    change: str
    """The address of the form that changes the format, filled with its present words; empty if it is not offered."""
    people: bool
    glossary: bool
    meetings: Sequence[Meeting]

    def __bool__(self) -> bool:
        return self.convenes or bool(self.change) or self.people or self.glossary or bool(self.meetings)


def format_controls(session: Session, door: Door, viewer: Viewer, format_id: str) -> FormatControls | None:
    """The ways that are open to a viewer; None, and no query, for whoever is not signed in."""
    format_ = None if viewer.anonymous else session.get(Format, format_id)
    if format_ is None:
        return None
    return FormatControls(
        convenes=door.offers(viewer, "meeting.convened", format_),
        change=_change_form(format_) if door.offers(viewer, "format.changed", format_) else "",
        people=_people(session, viewer, format_id),
        glossary=viewer.takes_part_in(format_id),
        meetings=meetings_at_work(session, viewer, format_id),
    )


def _people(session: Session, viewer: Viewer, format_id: str) -> bool:
    if standing(session, viewer, format_id):
        return True
    sits_there = any(seat.place.partition("/")[0] == format_id for seat in viewer.seats)
    return sits_there and standing_seats(session, viewer, format_id).shown


def _change_form(format_: Format) -> str:
    values = {
        "format": format_.id, "seen": format_.entry, "name": format_.name, "short_name": format_.short_name,
        "summary": format_.summary, "kind": format_.kind, "established": format_.established or "",
        "levels": format_.levels,
    }  # fmt: skip
    given = {name: value for name, value in values.items() if value not in ("", [])}
    return "/acts/format.changed?" + urlencode(given, doseq=True)
