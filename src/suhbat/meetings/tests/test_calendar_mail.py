"""Calendar invitations by mail, checked with a real mail server and a real calendar parser."""

import email
import email.policy
import socket
import stat
from dataclasses import dataclass

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.refusals import Refused
from suhbat.meetings.calendar_mail import MAX_TRIES, post
from suhbat.meetings.models import Meeting
from suhbat.people.calendar_mail_addresses import address_of, addresses
from suhbat.people.seats import Offer
from suhbat.record.reading import entries_after

AIDA, BOLAT = "aida@mfa.example.kz", "bolat@mfa.example.kz"


class Mailbox:
    """A mail server that stores what arrives, or refuses it."""

    def __init__(self):
        self.letters, self.refuses = [], False

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  (the library's name)
        if self.refuses:
            return "451 try again later"
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 stored"


@dataclass
class ReadMail:
    to: list[str]
    subject: str
    plain: str
    method: str
    event: dict


@pytest.fixture
def box(app):
    mailbox = Mailbox()
    with socket.socket() as free_socket:
        free_socket.bind(("127.0.0.1", 0))
        port = free_socket.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    object.__setattr__(app.settings, "smtp", f"smtp://127.0.0.1:{port}")
    object.__setattr__(app.settings, "mail_from", "Secretariat <secretariat@example.jp>")
    yield mailbox
    controller.stop()


def read_mails(box):
    """The mails since the last call, parsed."""
    mails = []
    for to, content in box.letters:
        message = email.message_from_bytes(content, policy=email.policy.default)
        if message.get_content_type() == "text/plain":
            continue  # the letter of invitation itself
        assert message.get_content_type() == "multipart/alternative"
        assert message["Message-ID"]
        assert message["Date"]
        plain, calendar = message.iter_parts()
        assert (plain.get_content_type(), calendar.get_content_type()) == ("text/plain", "text/calendar")
        parsed = Calendar.from_ical(calendar.get_content())
        assert calendar.get_param("method") == parsed["method"]
        (event,) = parsed.walk("VEVENT")
        mails.append(ReadMail(to, str(message["Subject"]), plain.get_content(), str(parsed["method"]), event))
    box.letters.clear()
    return mails


def invite(app, talks, name, mail, *, calendar=True, **fields):
    inputs = Offer(
        meeting=talks.meeting, name=name, role=Role.DELEGATE, state="KZ", mail=mail, calendar=calendar, **fields
    )
    return app.door.perform(talks.secretariat, "seat.offered", inputs).entry.body["seat"]["id"]


def change(app, talks, **fields):
    with app.database.reading() as session:
        meeting = session.get_one(Meeting, talks.meeting)
        inputs = {
            "meeting": talks.meeting, "seen": meeting.entry, "title": meeting.title, "level": meeting.level,
            "mode": meeting.mode, "zone": meeting.zone, "opens": "2020-08-11T18:00", "closes": "2020-08-11T20:00",
            "chair_state": "JP", "host_first": True,
        } | fields  # fmt: skip
    app.door.perform(talks.secretariat, "meeting.changed", inputs)


def test_an_invitation_its_change_and_its_cancellation_arrive_in_order(app, convene, box):
    talks = convene(app, released=False)
    invite(app, talks, "Aida Serikova", AIDA, language="ru")
    assert post(app) == 0, "a draft is not announced"
    app.door.perform(talks.secretariat, "meeting.released", {"meeting": talks.meeting})
    assert post(app) == 1
    (first,) = read_mails(box)
    assert (first.to, first.method, first.event["sequence"]) == ([AIDA], "REQUEST", 0)
    assert str(first.event["organizer"]) == "mailto:secretariat@example.jp"
    assert str(first.event["attendee"]) == f"mailto:{AIDA}"
    assert first.event["attendee"].params["RSVP"] == "TRUE"
    assert first.event.decoded("dtstart").isoformat() == "2020-08-11T18:00:00+09:00"
    assert f"/ru/meetings/{talks.meeting}" in first.plain
    assert "18:00 (время: Токио)" in first.plain
    assert post(app) == 0, "nothing is sent twice"
    change(app, talks, opens="2020-08-11T19:00", closes="2020-08-11T21:00")
    assert post(app) == 1
    (second,) = read_mails(box)
    assert (second.method, second.event["uid"], second.event["sequence"]) == ("REQUEST", first.event["uid"], 1)
    assert second.subject != first.subject
    change(app, talks, opens="2020-08-11T19:00", closes="2020-08-11T21:00", chair_name="Someone Else")
    assert post(app) == 0, "calendars do not show the chair"
    app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "The <flood>."})
    assert post(app) == 1
    (third,) = read_mails(box)
    assert (third.method, third.event["sequence"], third.event["status"]) == ("CANCEL", 2, "CANCELLED")
    assert "The <flood>." in third.plain
    assert addresses(app.settings) == [], "the address is deleted after its use"


def test_each_gets_a_mail_of_their_own_and_only_if_they_chose_it(app, convene, box):
    talks = convene(app)
    invite(app, talks, "Aida Serikova", AIDA)
    invite(app, talks, "Bolat Nurgaliyev", BOLAT)
    invite(app, talks, "Someone Quiet", "quiet@example.kz", calendar=False)
    assert post(app) == 2
    content = [text.decode() for _, text in box.letters]
    by_address = {letter.to[0]: letter for letter in read_mails(box)}
    assert by_address.keys() == {AIDA, BOLAT}
    assert not [text for text in content if AIDA in text and BOLAT in text]


def test_a_vacated_seat_gets_a_cancellation(app, convene, box):
    talks = convene(app)
    seat = invite(app, talks, "Aida Serikova", AIDA)
    post(app)
    read_mails(box)
    app.door.perform(talks.secretariat, "seat.vacated", {"meeting": talks.meeting, "seat": seat})
    assert post(app) == 1
    (letter,) = read_mails(box)
    assert (letter.method, letter.event["status"]) == ("CANCEL", "CANCELLED")
    assert address_of(app.settings, seat) is None


def test_an_address_is_in_no_entry_and_only_the_secretariat_sees_it(app, convene, box, client, signed_in, sit):
    talks = convene(app)
    seat = invite(app, talks, "Aida Serikova", AIDA)
    with app.database.reading() as session:
        assert AIDA not in repr(entries_after(session, 0))
    address_file = app.settings.data / "addresses" / f"{seat}.json"
    assert stat.S_IMODE(address_file.stat().st_mode) == 0o600
    assert AIDA not in client.get(f"/meetings/{talks.meeting}").text
    people = f"/meetings/{talks.meeting}/people"
    assert AIDA not in signed_in(sit(Role.HEAD, talks.meeting, "JP")).get(people).text
    assert AIDA in signed_in(sit(Role.SECRETARIAT, talks.meeting)).get(people).text


def test_a_refused_mail_is_tried_again_and_given_up_in_the_end(app, convene, box):
    talks = convene(app)
    seat = invite(app, talks, "Aida Serikova", AIDA)
    box.refuses = True
    assert post(app) == 0
    assert [address.tries for address in addresses(app.settings)] == [1]
    box.refuses = False
    assert post(app) == 1
    assert [address.tries for address in addresses(app.settings)] == [0]
    change(app, talks, title="Another title")
    box.refuses = True
    for _ in range(MAX_TRIES + 1):
        post(app)
    assert address_of(app.settings, seat) is None


def test_every_word_of_a_subject_arrives_and_a_program_says_that_it_wrote(app, convene, box):
    title = "Tenth Foreign Ministers’ Meeting of the Central Asia plus Japan Dialogue, Ашхабад қаласында"
    talks = convene(app, title=title)
    invite(app, talks, "Aida Serikova", AIDA, language="kk")
    post(app)
    letter, calendar = (email.message_from_bytes(raw, policy=email.policy.default) for _to, raw in box.letters)
    for mail in (letter, calendar):
        assert title in mail["Subject"]
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Reply-To"] == "Secretariat <secretariat@example.jp>"
        assert all(len(line) <= 78 for line in mail.as_bytes().partition(b"\n\n")[0].splitlines())


def test_without_a_mail_server_no_address_is_saved_and_a_calendar_without_an_address_is_refused(app, convene, client):
    talks = convene(app)
    invite(app, talks, "Aida Serikova", AIDA)
    assert addresses(app.settings) == []
    assert post(app) == 0
    with pytest.raises(Refused) as refusal:
        invite(app, talks, "Bakyt Serikov", "")
    assert list(refusal.value.fields) == ["mail"]
