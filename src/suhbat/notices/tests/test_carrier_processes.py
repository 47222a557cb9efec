"""Handed over once: two processes at one moment, a restart, and a power cut at the worst moment. Real processes."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from tests.served_installation import Served

from suhbat.acts.roles_and_seats import Role
from suhbat.notices.subscriptions import AT_ONCE, Subscription, keep_subscription
from suhbat.notices.tests.conftest import AIDA, file_paper, saved_of, take_seat

RUN = """
from suhbat.people import invitation_letter
invitation_letter.TIMEOUT = 60  # on a busy machine the test holds a mail for longer than a mail server does
from suhbat.application import make_app
from suhbat.ground.settings import from_environment
from suhbat.notices.carrier import Carrier
print(Carrier(make_app(from_environment())).carry())
"""
PATIENCE = 120
"""Seconds after which a test has failed; nothing is measured by it."""


class Process:
    """A run of the carrier in a process of its own."""

    def __init__(self, app):
        environment = {
            **os.environ, "SUHBAT_DATA": str(app.settings.data), "SUHBAT_ORIGIN": app.settings.origin,
            "SUHBAT_SMTP": app.settings.smtp, "SUHBAT_MAIL_FROM": app.settings.mail_from,
            "SUHBAT_DATABASE_URL": app.settings.database_url,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN], env=environment, stdout=subprocess.PIPE, text=True
        )  # fmt: skip

    def sent(self):
        """How many mails it says it has sent."""
        out, _ = self.process.communicate(timeout=PATIENCE)
        return int(out)

    def kill(self):
        """As in a power cut."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=PATIENCE)


@pytest.fixture
def held(box):
    """The mail server keeps each mail, and gives its receipt only when the test says so."""
    box.has_it, box.may_answer = threading.Event(), threading.Event()
    keep = box.handle_DATA

    async def keep_and_wait(server, session, envelope):
        answer = await keep(server, session, envelope)
        box.has_it.set()
        await asyncio.to_thread(box.may_answer.wait, PATIENCE)
        return answer

    box.handle_DATA = keep_and_wait
    yield box
    box.may_answer.set()


@pytest.fixture
def waiting(app, convene, sit, filed, leave_address):
    """Someone for whom a notice waits to be mailed."""
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    filed(talks.secretariat, talks.meeting, "Points")
    return talks, aida


def test_two_processes_and_a_restart_hand_over_once(app, waiting, held):
    first = Process(app)
    assert held.has_it.wait(PATIENCE)
    assert Process(app).sent() == 0, "while another one is at it"
    held.may_answer.set()
    assert first.sent() == 1
    assert Process(app).sent() == 0, "after a restart"
    assert len(held.mails(AIDA)) == 1


def test_after_a_power_cut_between_handing_over_and_noting_it_the_same_mail_comes_with_the_same_id(
    app, waiting, filed, held
):
    talks, aida = waiting
    first = Process(app)
    assert held.has_it.wait(PATIENCE)
    first.kill()
    held.may_answer.set()
    assert saved_of(app, aida).handover, "it was noted before"
    filed(talks.secretariat, talks.meeting, "Meanwhile")
    assert Process(app).sent() == 1
    lost, again = held.mails(AIDA)
    assert lost["Message-ID"] == again["Message-ID"]
    assert lost.get_content() == again.get_content(), "the same, without what came meanwhile"
    assert Process(app).sent() == 1
    assert held.mails(AIDA)[2]["Message-ID"] != again["Message-ID"]
    assert Process(app).sent() == 0
    assert saved_of(app, aida).handover is None


def until(happened):
    """Wait until something has happened; fail if it does not."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_server_of_two_processes_mails_each_notice_once_over_a_power_cut(tmp_path, mailbox, convene):
    served = Served(tmp_path, "--workers", "2", "--no-video", SUHBAT_SMTP=f"smtp://127.0.0.1:{mailbox.port}")
    served.start()  # makes the tables
    talks = convene(served.app)
    aida = take_seat(served.app, Role.DELEGATE, talks.meeting, "KZ")
    keep_subscription(served.settings, Subscription(aida.id, token=f"{aida.id}-0", mail=AIDA, rhythm=AT_ONCE))
    for number in (1, 2):
        file_paper(served.app, talks.secretariat, talks.meeting, f"Paper {number}")
        until(lambda number=number: len(mailbox.mails(AIDA)) == number)
        until(lambda: saved_of(served.app, aida).handover is None)
        served.kill()
        served.start()
    served.close()
    assert [mail.get_content().count("The secretariat filed a paper.") for mail in mailbox.mails(AIDA)] == [1, 1]
