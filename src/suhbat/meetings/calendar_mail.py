"""Calendar invitations by mail (iMIP, RFC 6047), to those members of delegations who gave an address for them.

Each is written to alone: nobody's address is shown to another. What is due is read from the tables at every look, so
a restart loses nothing: an invitation once the meeting is released, a new one with a higher SEQUENCE whenever what
calendars show has changed, and a cancellation when the meeting is off or the seat is given up.
"""

from dataclasses import dataclass, replace
from email.message import EmailMessage

from sqlalchemy.orm import Session

from suhbat.acts.app import App, address
from suhbat.ground.clock import instant
from suhbat.ground.dates import show_instant
from suhbat.ground.language import gettext, reading_in
from suhbat.ground.settings import Settings
from suhbat.meetings.calendars import mailed
from suhbat.meetings.models import Meeting
from suhbat.meetings.place_names import zone_time
from suhbat.people.calendar_addresses import Address, addresses, at_the_post, forget_address, keep_address
from suhbat.people.invitation_letter import new_mail, sent
from suhbat.people.models import SeatRow

MOST_TRIES = 60
"""After so many refusals of a mail server an address is given up; a look a minute makes it an hour."""
OVER = frozenset({"closed", "published"})


@dataclass(frozen=True)
class Due:
    """What is to be done about one address now."""

    method: str = ""
    """`REQUEST`, `CANCEL`, or nothing."""
    last: bool = False
    """Whether the address has served afterwards."""


def due(meeting: Meeting | None, seat: SeatRow | None, recipient: Address) -> Due:
    """What is to be sent to an address, as the meeting and the seat now stand."""
    if meeting is None or meeting.rehearsal or meeting.status in OVER:
        return Due(last=True)
    if seat is None or seat.vacated or meeting.status == "cancelled":
        return Due("CANCEL" if recipient.sent >= 0 else "", last=True)
    if meeting.hidden or recipient.sent >= meeting.sequence:
        return Due()
    return Due("REQUEST")


def post(app: App) -> int:
    """Send what is due; returns how many mails went out. A mail server that fails loses nothing: it is tried again."""
    if not app.settings.smtp:
        return 0
    went_out = 0
    with at_the_post(app.settings) as mine:
        for recipient in addresses(app.settings) if mine else []:
            with app.database.reading() as session:
                meeting, seat = session.get(Meeting, recipient.meeting), session.get(SeatRow, recipient.seat)
                what = due(meeting, seat, recipient)
                written = (
                    _mail(session, app.settings, meeting, seat, recipient, what) if meeting and what.method else None
                )
            sequence = meeting.sequence if meeting else 0
            went_out += _settle(app.settings, recipient, what, written, sequence)
    return went_out


def _settle(settings: Settings, recipient: Address, what: Due, written: EmailMessage | None, sequence: int) -> bool:
    """Send one mail, and note it or that it was refused; says whether it went out."""
    gone = written is not None and sent(settings, written, "a calendar invitation")
    refused = written is not None and not gone
    if refused and recipient.tries < MOST_TRIES:
        keep_address(settings, replace(recipient, tries=recipient.tries + 1))
    elif refused or what.last:
        forget_address(settings, recipient.seat)
    elif gone:
        keep_address(settings, replace(recipient, sent=sequence, tries=0))
    return gone


def _mail(
    session: Session, settings: Settings, meeting: Meeting, seat: SeatRow | None, recipient: Address, what: Due
) -> EmailMessage:
    """One mail: the words for people, and beside them the same as a calendar program reads it."""
    with reading_in(recipient.language):
        name = seat.name if seat else recipient.mail
        calendar = mailed(session, settings, meeting, name, recipient.mail, cancelled=what.method == "CANCEL")
        subject = _subject(recipient, what) % {"title": " ".join(meeting.title.split())}
        message = new_mail(settings, recipient.mail, subject, "\n".join(_words(settings, meeting, name, what)))
    text = calendar.decode().replace("\r\n", "\n")
    message.add_alternative(text, subtype="calendar", charset="utf-8", params={"method": what.method})
    return message


def _subject(recipient: Address, what: Due) -> str:
    if what.method == "CANCEL":
        return gettext("Cancelled: %(title)s")
    return gettext("Invitation: %(title)s") if recipient.sent < 0 else gettext("Changed: %(title)s")


def _words(settings: Settings, meeting: Meeting, name: str, what: Due) -> list[str]:
    lines = [name, ""]
    if what.method == "CANCEL":
        called_off = meeting.status == "cancelled"
        lines.append(gettext("The meeting is cancelled.") if called_off else gettext("You are no longer expected."))
        if called_off and meeting.cancelled_because:
            lines.append(gettext("Cancelled: %(reason)s") % {"reason": meeting.cancelled_because})
    lines += [meeting.title]
    if meeting.opens_at:
        opens = instant(meeting.opens_at)
        here, whose = show_instant(opens, meeting.zone), zone_time(meeting.zone)
        lines.append(gettext("%(time)s (%(zone)s)") % {"time": here, "zone": whose} + f" · {show_instant(opens)} UTC")
    return [*lines, "", settings.origin + address(f"/meetings/{meeting.id}")]
