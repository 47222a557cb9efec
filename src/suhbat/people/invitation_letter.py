"""The letter of invitation: its text, its QR code, and sending it by mail."""

import logging
import re
import smtplib
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from io import BytesIO
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import segno

from suhbat.acts import Body, Decision, Occasion
from suhbat.acts.app import address
from suhbat.acts.place_finders import Place
from suhbat.ground.clock import instant
from suhbat.ground.dates import show_date, show_instant
from suhbat.ground.language import LANGUAGES, _, language, lazy, reading_in
from suhbat.ground.refusals import invalid
from suhbat.ground.settings import Settings
from suhbat.people.calendar_mail_addresses import Address, keep_address
from suhbat.people.invitation_secrets import new_invitation
from suhbat.people.letter_contents import LetterContents, contents_of
from suhbat.people.mail_policy import MAIL_POLICY
from suhbat.people.mailed_letters import MailedLetter, note_letter
from suhbat.people.models import SeatRow
from suhbat.people.names_with_titles import with_office
from suhbat.people.seat_bodies import KeptInvitation, KeptSeat
from suhbat.people.seat_inputs import LetterFields, Posting
from suhbat.people.seat_labels import seat_label

log = logging.getLogger("suhbat.people")

TIMEOUT = 10
"""Seconds to wait for a mail server."""
MAILING_LASTS = 25.0
"""Seconds for which many letters are mailed. Who sent them waits, and has to see the links of those that were not."""
B = TypeVar("B", bound=Body)
_MAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]+@[^@\s<>\"(),:;\\\[\]]+")


@dataclass(frozen=True)
class Letter:
    """The content of a letter."""

    settings: Settings
    secret: str
    name: str
    office: str
    role: str
    subject: str
    rank: str
    state: str
    contents: LetterContents
    expires: str
    """The instant (`clock.stamp`) after which the link is void."""

    @classmethod
    def of(
        cls, settings: Settings, contents: LetterContents, seat: KeptSeat | SeatRow, secret: str, expires: str
    ) -> "Letter":
        """The letter for a seat, with the secret that only the letter contains."""
        subject, rank = (seat.subject, seat.rank) if isinstance(seat, SeatRow) else ("", "")
        return cls(settings, secret, seat.name, seat.office, seat.role, subject, rank, seat.state, contents, expires)

    @property
    def place(self) -> Place:
        """The meeting or format, named in the language of the letter."""
        return self.contents.place

    def link(self, code: str = "") -> str:
        """The personal link, in the language of the letter."""
        return self.settings.origin + address(f"/invitations/{self.secret}", code)

    @property
    def until(self) -> str:
        """When the link expires, as text in UTC."""
        return f"{show_instant(instant(self.expires))} UTC"

    def qr_code(self) -> str:
        """The link as a QR code."""
        return qr_code_of(self.link())

    def mail(self, to: str) -> EmailMessage:
        """The letter as a plain text mail in the present language."""
        contents = self.contents
        lines = [*contents.letterhead, ""] if contents.letterhead else []
        lines += [with_office(self.name, self.office), "", *contents.sentences, ""]
        lines += contents.times(self.state) or ([show_date(self.place.when)] if self.place.when else [])
        lines += [contents.how] if contents.how else []
        lines += ["", _("Agenda:"), *contents.mailed_agenda] if contents.mailed_agenda else []
        lines += [
            "",
            _("Your seat: %(role)s") % {"role": seat_label(self)},
            _("Take it by this personal link. It works once:"),
            self.link(),
            "",
            _("The link expires on %(until)s.") % {"until": self.until},
            _("Give it to nobody else. No password is needed: your own device keeps a passkey for you."),
        ]
        if contents.words.contact:
            lines += ["", _("Questions: %(contact)s") % {"contact": contents.words.contact}]
        subject = _("Invitation: %(title)s") % {"title": contents.title}
        return new_mail(self.settings, to, subject, "\n".join(lines))


def qr_code_of(link: str) -> str:
    """A link as a QR code: an SVG in the colour of the text around it, without a style attribute."""
    out = BytesIO()
    segno.make(link, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    return out.getvalue().decode().replace('stroke="#000"', 'stroke="currentColor"')


def looks_like_mail(text: str) -> bool:
    """Whether this looks like exactly one mail address."""
    return bool(_MAIL.fullmatch(text)) and text.isprintable()


@dataclass(frozen=True)
class Post:
    """The mail address and language of a letter, its seat, and whether its calendar invitations are sent there too."""

    mail: str
    language: str
    seat: str
    with_calendar: bool = False


@dataclass(frozen=True)
class WrittenLetter:
    """A letter made by an act: the part for the record, the link for the actor, and where it is sent."""

    letter: Letter
    invitation: KeptInvitation
    post: Post
    code: str
    """The language that was requested; empty for the actor's own language."""

    def decision(self, body: B, audience: str = "") -> Decision[B]:
        """The decision of the act: only the actor is shown the link."""
        return Decision(
            body,
            audience=audience,
            reply={"link": self.letter.link(self.code)},
            afterwards=deliver_later(self.letter.settings, self.letter, self.post),
        )


def write_letter(occasion: Occasion, inputs: LetterFields, place: Place, seat: KeptSeat | SeatRow) -> WrittenLetter:
    """Write the letter for a seat. The record has the hash of its secret, and no mail address."""
    mail = inputs.mail.strip()
    if mail and not looks_like_mail(mail):
        raise invalid(mail=lazy("This is no mail address."))
    if inputs.language and inputs.language not in LANGUAGES:
        raise invalid(language=lazy("This is not one of the choices."))
    with_calendar = isinstance(inputs, Posting) and inputs.calendar
    if with_calendar and not mail:
        raise invalid(mail=lazy("This is needed."))
    secret, invitation = new_invitation(occasion.now, inputs.days)
    code = inputs.language or language()
    contents = contents_of(occasion.session, place, code, seat) if mail else LetterContents(place, code)
    letter = Letter.of(occasion.settings, contents, seat, secret, invitation.expires)
    post = Post(mail, code, seat.id, with_calendar and "/" in place.id)
    return WrittenLetter(letter, invitation, post, inputs.language)


def deliver_later(settings: Settings, letter: Letter, post: Post) -> Callable[[], dict[str, Any]]:
    """A function for the time after the commit: it mails the letter if requested, and returns the result.

    If the mail server fails, the act is still valid: the inviting person sees the letter in any case.
    """
    code = post.language

    def deliver() -> dict[str, Any]:
        outcome = "not-asked"
        if post.mail:
            outcome = _mail_letter(settings, letter, post.mail, code) if settings.smtp else "no-server"
            note_letter(settings, MailedLetter(post.seat, letter.place.id, post.mail, code, outcome))
        if post.with_calendar and settings.smtp:
            keep_address(settings, Address(post.seat, letter.place.id, post.mail, code))
        return {"mailed": outcome, "then": f"/invitations/{letter.secret}/letter?mailed={outcome}&language={code}"}

    return deliver


def mail_letters(settings: Settings, letters: Iterable[tuple[Letter, str, str]]) -> list[str]:
    """Mail each letter, with the id of its seat and its address. The results are those of a single letter, in order.

    What was not mailed in time counts as not mailed: the list of people says so, and it can be sent again.
    """
    end = monotonic() + MAILING_LASTS
    results = []
    for letter, seat, to in letters:
        outcome, code = "not-asked", letter.contents.code
        if to:
            outcome = "no-server"
            if settings.smtp:
                outcome = _mail_letter(settings, letter, to, code) if monotonic() < end else "failed"
            note_letter(settings, MailedLetter(seat, letter.place.id, to, code, outcome))
        results.append(outcome)
    return results


def _mail_letter(settings: Settings, letter: Letter, to: str, code: str) -> str:
    with reading_in(code):
        message = letter.mail(to)
    return "sent" if try_to_send(settings, message, "a letter of invitation") else "failed"


def new_mail(settings: Settings, to: str, subject: str, text: str) -> EmailMessage:
    """A mail from this server in plain text. No program answers it: it says that a program wrote it."""
    message = EmailMessage(policy=MAIL_POLICY)
    message["Subject"] = subject
    message["From"] = settings.mail_from or f"suhbat@{settings.host}"
    message["To"] = to
    message["Reply-To"] = settings.mail_reply_to or str(message["From"])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text + "\n")
    return message


def try_to_send(settings: Settings, message: EmailMessage, description: str) -> bool:
    """Send a mail. Returns whether the mail server took it; if not, the log says why, without the address."""
    try:
        send(settings.smtp, message)
    except (OSError, smtplib.SMTPException, ValueError, UnicodeError) as fault:
        log.warning("%s was not mailed: %s", description, type(fault).__name__)
        return False
    return True


def send(server: str, message: EmailMessage) -> None:
    """Send one mail through the operator's server: `smtp://user:password@host:587` (STARTTLS if offered) or `smtps://…`."""
    parts = urlsplit(server)
    host, port = parts.hostname or "localhost", parts.port
    tls = ssl.create_default_context()
    client: smtplib.SMTP
    if parts.scheme == "smtps":
        client = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=tls)
    else:
        client = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
    if "Date" not in message:
        message["Date"] = localtime()
    if "Message-ID" not in message:
        message["Message-ID"] = make_msgid(domain=str(message["From"].addresses[0].domain))
    with client as connection:
        if parts.scheme != "smtps":
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=tls)
        if parts.username:
            connection.login(unquote(parts.username), unquote(parts.password or ""))
        connection.send_message(message)
