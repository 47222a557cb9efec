"""iCalendar files: feeds, the file of one meeting, and the invitation of a participant.

The UID of a meeting never changes. SEQUENCE rises when its time, place or title changes, so that programs replace the
old event. An invitation has METHOD:REQUEST, or CANCEL once the meeting is cancelled; feeds have PUBLISH. A reported
meeting is an all-day event; a reported meeting without an exact day is left out.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Conference, Event, vCalAddress, vText, vUri
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import instant
from suhbat.ground.language import gettext, pgettext
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.settings import Settings
from suhbat.meetings.city_zone_and_format_names import place_of
from suhbat.meetings.models import Meeting
from suhbat.record.models import EntryRow

PRODUCT = "-//Suhbat//Suhbat 1//EN"
REFRESH = timedelta(hours=6)
WHOLE_DAY = len("2020-08-11")


def feed(session: Session, settings: Settings, meetings: Sequence[Meeting], name: str, path: str) -> bytes:
    """A feed of meetings."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("url", vUri(f"{settings.origin}{path}"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    change_times = _change_times(session, meetings)
    for meeting in meetings:
        if len(meeting.starts) == WHOLE_DAY:
            calendar.add_component(_event(meeting, settings, change_times.get(meeting.entry)))
    return _file_bytes(calendar, meetings)


def meeting_file(session: Session, settings: Settings, meeting: Meeting) -> bytes:
    """The file of one meeting, for anyone."""
    calendar = _calendar("PUBLISH")
    calendar.add_component(_event(meeting, settings, _change_times(session, [meeting]).get(meeting.entry)))
    return _file_bytes(calendar, [meeting])


def invitation(session: Session, settings: Settings, meeting: Meeting, actor: Viewer) -> bytes:
    """The invitation of a participant, or its cancellation, without any mail address of a person."""
    cancelled = meeting.status == "cancelled"
    calendar = _calendar("CANCEL" if cancelled else "REQUEST")
    event = _event(meeting, settings, _change_times(session, [meeting]).get(meeting.entry))
    event.add("organizer", _organizer(settings))
    for delegation in meeting.delegations:
        event.add("attendee", _delegation(settings, delegation.state, observer=delegation.observer))
    event.add("attendee", _reader(settings, actor, actor.delegation_at(meeting.id)))
    if not cancelled:
        event.add_component(_reminder(meeting))
    calendar.add_component(event)
    return _file_bytes(calendar, [meeting])


def mailed_invitation(
    session: Session, settings: Settings, meeting: Meeting, name: str, mail: str, *, cancelled: bool
) -> bytes:
    """The invitation that is mailed to one person, or its cancellation, without the address of anyone else."""
    calendar = _calendar("CANCEL" if cancelled else "REQUEST")
    event = _event(meeting, settings, _change_times(session, [meeting]).get(meeting.entry))
    event["status"] = vText("CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _organizer(settings))
    attendee = vCalAddress(f"mailto:{mail}")
    attendee.params["CN"] = vText(name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("TRUE")
    event.add("attendee", attendee)
    if not cancelled:
        event.add_component(_reminder(meeting))
    calendar.add_component(event)
    return _file_bytes(calendar, [meeting])


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(meeting: Meeting, settings: Settings, changed: datetime | None) -> Event:
    event = Event()
    page = f"{settings.origin}/meetings/{meeting.id}"
    event.add("uid", f"{meeting.id.replace('/', '.')}@{settings.host}")
    event.add("sequence", meeting.sequence)
    if changed:
        event.add("dtstamp", changed)
        event.add("last-modified", changed)
    event.add("summary", meeting.title)
    if meeting.opens_at and meeting.closes_at:
        zone = ZoneInfo(meeting.zone)
        event.add("dtstart", instant(meeting.opens_at).astimezone(zone))
        event.add("dtend", instant(meeting.closes_at).astimezone(zone))
    else:
        event.add("dtstart", date.fromisoformat(meeting.starts))
        last = meeting.ends if meeting.ends and len(meeting.ends) == WHOLE_DAY else meeting.starts
        event.add("dtend", date.fromisoformat(last) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if meeting.status == "cancelled" else "CONFIRMED")
    event.add("url", vUri(page))
    event.add("description", _description(meeting, page))
    if location := _location(meeting):
        event.add("location", location)
    if meeting.opens_at and meeting.mode in {"video", "hybrid"}:
        conference = Conference(f"{page}/room", feature=["AUDIO", "VIDEO"], label=gettext("Conference room"))
        address = conference.to_uri()
        address.params["FEATURE"] = ["AUDIO", "VIDEO"]  # a list, because the class would quote both as one value
        event.add("conference", address)
    return event


def _description(meeting: Meeting, page: str) -> str:
    lines = []
    if meeting.status == "cancelled" and meeting.cancelled_because:
        lines.append(gettext("Cancelled: %(reason)s") % {"reason": meeting.cancelled_because})
    if states := [state_name(row.state) for row in meeting.delegations if not row.observer]:
        lines.append(gettext("Delegations: %(names)s") % {"names": in_a_row(states)})
    if observers := [state_name(row.state) for row in meeting.delegations if row.observer]:
        lines.append(gettext("Observers: %(names)s") % {"names": in_a_row(observers)})
    if meeting.chair_state:
        lines.append(gettext("In the chair: %(name)s") % {"name": state_name(meeting.chair_state)})
    return "\n".join([*lines, page])


def _location(meeting: Meeting) -> str:
    return place_of(meeting) or (gettext("By video") if meeting.mode == "video" else "")


def _organizer(settings: Settings) -> vCalAddress:
    address = settings.mail_from.rpartition("<")[2].rstrip("> ") or f"secretariat@{settings.host}"
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(gettext("Secretariat"))
    return organizer


def _delegation(settings: Settings, state: str, *, observer: bool) -> vCalAddress:
    """A delegation as an attendee. A state has no mail address, so the address is its page."""
    attendee = vCalAddress(f"{settings.origin}/states/{state}")
    attendee.params["CN"] = vText(state_name(state))
    attendee.params["CUTYPE"] = vText("GROUP")
    attendee.params["ROLE"] = vText("NON-PARTICIPANT" if observer else "REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    return attendee


def _reader(settings: Settings, actor: Viewer, state: str) -> vCalAddress:
    """The person who is invited. The server stores no mail addresses, so the address is a page of the server."""
    attendee = vCalAddress(f"{settings.origin}/people/{actor.id}")
    attendee.params["CN"] = vText(_name_with_state(actor.name, state))
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    return attendee


def _name_with_state(name: str, state: str) -> str:
    template = pgettext("a person and the state", "%(name)s (%(state)s)")
    return template % {"name": name, "state": state_name(state)} if state else name


def _reminder(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", meeting.title)
    alarm.add("trigger", timedelta(minutes=-15))
    return alarm


def _change_times(session: Session, meetings: Sequence[Meeting]) -> dict[int, datetime]:
    """The times of the entries that last changed these meetings, so that a file depends only on the record."""
    numbers = {meeting.entry for meeting in meetings}
    rows = session.execute(select(EntryRow.number, EntryRow.time).where(EntryRow.number.in_(numbers)))
    return {number: instant(time).replace(microsecond=0) for number, time in rows}


def _file_bytes(calendar: Calendar, meetings: Sequence[Meeting]) -> bytes:
    """The file, with the time zone rules for the zones and years of its meetings."""
    opening_times = [meeting.opens_at for meeting in meetings if meeting.opens_at]
    if opening_times:
        first, last = int(min(opening_times)[:4]), int(max(opening_times)[:4])
        calendar.add_missing_timezones(first_date=date(first - 1, 1, 1), last_date=date(last + 2, 1, 1))
    return bytes(calendar.to_ical())
