"""Calendar invitations by mail (iMIP, RFC 6047), to members of delegations who gave a mail address.

Every recipient gets a mail of their own, so that nobody sees the address of another. What must be sent is read from
the tables at every run, so a restart loses nothing: an invitation once the meeting is released, an update with a higher
SEQUENCE when the calendar data has changed, and a cancellation when the meeting is cancelled or the seat is vacated.
"""

from dataclasses import dataclass, replace
from email.message import EmailMessage

from sqlalchemy.orm import Session

from suhbat.acts.app import App, address
from suhbat.ground.clock import instant
from suhbat.ground.dates import show_instant
from suhbat.ground.language import gettext, reading_in
from suhbat.ground.settings import Settings
from suhbat.meetings.calendars import mailed_invitation
from suhbat.meetings.city_zone_and_format_names import zone_time
from suhbat.meetings.models import Meeting
from suhbat.people.calendar_mail_addresses import Address, addresses, forget_address, keep_address, mail_lock
from suhbat.people.invitation_letter import new_mail, try_to_send
from suhbat.people.models import SeatRow

MAX_TRIES = 60
"""After this many refusals by the mail server, an address is deleted; with one run a minute, this is an hour."""
OVER = frozenset({"closed", "published"})
"""The statuses of a meeting that needs no calendar mail any more."""


@dataclass(frozen=True)
class Due:
    """What must be sent to one address now."""

    method: str = ""
    """`REQUEST` or `CANCEL`; empty if nothing is sent."""
    last: bool = False
    """Whether the address is deleted afterwards."""


def due(meeting: Meeting | None, seat: SeatRow | None, recipient: Address) -> Due:
    """What must be sent to an address, given the present meeting and seat."""
    if meeting is None or meeting.rehearsal or meeting.trial or meeting.status in OVER:
        return Due(last=True)
    if seat is None or seat.vacated or meeting.status == "cancelled":
        return Due("CANCEL" if recipient.sent >= 0 else "", last=True)
    if meeting.hidden or recipient.sent >= meeting.sequence:
        return Due()
    return Due("REQUEST")


def post(app: App) -> int:
    """Send what is due and return the number of sent mails. If the mail server fails, the next run tries again."""
    if not app.settings.smtp:
        return 0
    sent_count = 0
    with mail_lock(app.settings) as has_lock:
        for recipient in addresses(app.settings) if has_lock else []:
            with app.database.reading() as session:
                meeting, seat = session.get(Meeting, recipient.meeting), session.get(SeatRow, recipient.seat)
                due_now = due(meeting, seat, recipient)
                message = (
                    _mail(session, app.settings, meeting, seat, recipient, due_now)
                    if meeting and due_now.method
                    else None
                )
            sequence = meeting.sequence if meeting else 0
            sent_count += _send_one(app.settings, recipient, due_now, message, sequence)
    return sent_count


def _send_one(
    settings: Settings, recipient: Address, due_now: Due, message: EmailMessage | None, sequence: int
) -> bool:
    """Send one mail and store the result; returns whether it was sent."""
    was_sent = message is not None and try_to_send(settings, message, "a calendar invitation")
    refused = message is not None and not was_sent
    if refused and recipient.tries < MAX_TRIES:
        keep_address(settings, replace(recipient, tries=recipient.tries + 1))
    elif refused or due_now.last:
        forget_address(settings, recipient.seat)
    elif was_sent:
        keep_address(settings, replace(recipient, sent=sequence, tries=0))
    return was_sent


def _mail(
    session: Session, settings: Settings, meeting: Meeting, seat: SeatRow | None, recipient: Address, due_now: Due
) -> EmailMessage:
    """One mail: a text for people, and the same as a calendar file for programs."""
    with reading_in(recipient.language):
        name = seat.name if seat else recipient.mail
        calendar = mailed_invitation(
            session, settings, meeting, name, recipient.mail, cancelled=due_now.method == "CANCEL"
        )
        subject = _subject(recipient, due_now) % {"title": " ".join(meeting.title.split())}
        message = new_mail(settings, recipient.mail, subject, "\n".join(_body_lines(settings, meeting, name, due_now)))
    text = calendar.decode().replace("\r\n", "\n")
    message.add_alternative(text, subtype="calendar", charset="utf-8", params={"method": due_now.method})
    return message


def _subject(recipient: Address, due_now: Due) -> str:
    if due_now.method == "CANCEL":
        return gettext("Cancelled: %(title)s")
    return gettext("Invitation: %(title)s") if recipient.sent < 0 else gettext("Changed: %(title)s")


def _body_lines(settings: Settings, meeting: Meeting, name: str, due_now: Due) -> list[str]:
    lines = [name, ""]
    if due_now.method == "CANCEL":
        is_cancelled = meeting.status == "cancelled"
        lines.append(gettext("The meeting is cancelled.") if is_cancelled else gettext("You are no longer expected."))
        if is_cancelled and meeting.cancelled_because:
            lines.append(gettext("Cancelled: %(reason)s") % {"reason": meeting.cancelled_because})
    lines += [meeting.title]
    if meeting.opens_at:
        opens = instant(meeting.opens_at)
        local_time, zone_label = show_instant(opens, meeting.zone), zone_time(meeting.zone)
        lines.append(
            gettext("%(time)s (%(zone)s)") % {"time": local_time, "zone": zone_label} + f" · {show_instant(opens)} UTC"
        )
    return [*lines, "", settings.origin + address(f"/meetings/{meeting.id}")]
