"""A meeting with people who sit at it, and a real mail server for their notices."""

import email
import email.policy
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import partial
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Actor, Role, Seat
from suhbat.notices.carrier import Carrier
from suhbat.notices.subscriptions import Subscription, subscription_of
from suhbat.people.queries import actor_for
from suhbat.people.seats import Offer, Taking
from suhbat.record import blobs
from suhbat.record.upload_receipts import receipt_for

AIDA, BOLAT = "aida@mfa.example.kz", "bolat@mfa.example.kz"
PDF = b"%PDF-1.7\nA paper.\n%%EOF"


@dataclass
class Mailbox:
    """A mail server that keeps what arrives, or refuses it."""

    port: int = 0
    refuses: bool = False
    arrived: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (the library's name)
        if self.refuses:
            return "451 try again later"
        self.arrived.append((envelope.rcpt_tos, envelope.content))
        return "250 stored"

    def mails(self, to: str = "") -> list[EmailMessage]:
        """What arrived so far for somebody, or for anybody, as a mail program reads it."""
        arrived = [raw for recipients, raw in self.arrived if not to or to in recipients]
        read = [email.message_from_bytes(raw, policy=email.policy.default) for raw in arrived]
        return [mail for mail in read if isinstance(mail, EmailMessage)]

    def words(self, to: str = "") -> str:
        """All words of these mails."""
        return "\n".join(f"{mail['Subject']}\n{mail.get_content()}" for mail in self.mails(to))


@pytest.fixture(autouse=True)
def no_other_carrier(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server within this process mails nothing by itself: here tests say when the carrier runs."""
    monkeypatch.setattr("suhbat.notices.chores.FIRST", 1e6)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with socket.socket() as free_socket:
        free_socket.bind(("127.0.0.1", 0))
        box = Mailbox(free_socket.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def box(app: App, mailbox: Mailbox) -> Mailbox:
    """The mail server of this installation."""
    object.__setattr__(app.settings, "smtp", f"smtp://127.0.0.1:{mailbox.port}")
    object.__setattr__(app.settings, "mail_from", "Secretariat <secretariat@example.jp>")
    return mailbox


@pytest.fixture
def carry(app: App) -> Callable[[], int]:
    """One run of the carrier in a server that was just started."""
    return lambda: Carrier(app).carry()


@pytest.fixture
def sit(app: App) -> Callable[..., Actor]:
    """Invite someone, who takes the seat by the letter's link."""
    return partial(take_seat, app)


def take_seat(app: App, role: Role, place: str, state: str = "", name: str = "") -> Actor:
    """Invite someone to a seat of this installation, who takes it."""
    named = name or f"{role} {state}".strip()
    at_meeting, in_format = (place, "") if "/" in place else ("", place)
    inputs = Offer(meeting=at_meeting, format=in_format, role=role, state=state, name=named, anyway=True)
    secret = app.door.perform(inviter(place), "seat.offered", inputs).reply["link"].rsplit("/", 1)[1]
    person = app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret)).reply["person"]
    return person_again(app, person)


def inviter(place: str) -> Actor:
    """Who invites to seats of a place."""
    if "/" not in place:
        return ADMINISTRATION
    return Actor("office", "Office", (Seat(Role.SECRETARIAT, place.partition("/")[0]),))


def person_again(app: App, person: str) -> Actor:
    """The person with the present seats."""
    with app.database.reading() as session:
        return actor_for(session, person)


@pytest.fixture
def filed(app: App) -> Callable[..., Any]:
    """File a paper, with its content stored as the door stores an upload."""
    return partial(file_paper, app)


def file_paper(app: App, actor: Actor, meeting: str, title: str, audience: str = "participants") -> Any:
    """File a paper in this installation."""
    sha256 = blobs.store(app.settings.data, PDF)
    stored = {"sha256": sha256, "size": len(PDF), "file_name": "points.pdf",
            "receipt": receipt_for(app.settings, sha256, actor.id)}  # fmt: skip
    inputs = {"meeting": meeting, "title": title, "language": "en", "file": stored, "audience": audience}
    return app.door.perform(actor, "paper.filed", inputs)


@pytest.fixture
def leave_address(signed_in: Callable[[str], Any], box: Mailbox) -> Callable[..., None]:
    """A person leaves an address by the form on the own page, and opens the link of the test mail."""

    def leave(person: str, mail: str, rhythm: str = "at-once", language: str = "en") -> None:
        browser = signed_in(person)
        assert 'action="/me/notices/address"' in browser.get("/me").text
        form = {"mail": mail, "rhythm": rhythm, "language": language, "consent": "yes"}
        assert browser.post("/me/notices/address", data=form).status_code == 200
        link = links(box.mails(mail)[-1].get_content(), "notices/confirm")[-1]
        assert "<button" in browser.get(link).text
        assert browser.post(link).status_code == 200
        browser.cookies.clear()
        box.arrived.clear()

    return leave


def links(text: str, path: str) -> list[str]:
    """The local addresses in a text that begin so, without a language."""
    return re.findall(rf"http://localhost:8000((?:/\w\w)?/{path}/[\w-]+)", text)


def saved_of(app: App, person: Actor) -> Subscription:
    """What is noted of a person's address."""
    saved = subscription_of(app.settings, person.id)
    assert saved is not None
    return saved


def made_feed(browser: Any) -> str:
    """The address of a new feed, as the page shows it once."""
    return links(browser.post("/me/notices/feed").text, "feeds")[0]
