"""What the server does by itself: it reminds of a silence and adopts at the deadline; once, whatever happens to it."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from tests.browser.bounded_waiting import until

from suhbat.acts import timed_acts
from suhbat.acts.door import Door
from suhbat.acts.registry import say
from suhbat.acts.timed_acts import perform_due
from suhbat.ground.clock import stamp
from suhbat.record.models import EntryRow
from suhbat.record.reading import entries_after
from suhbat.texts.adoption.silence_mail import save_address, saved_addresses
from suhbat.texts.chores import mail_outcomes
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_adopting import silence

DEADLINE = datetime(2020, 8, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def bodies_of(table, act):
    with table.app.database.reading() as session:
        query = select(EntryRow).where(EntryRow.act == act).order_by(EntryRow.number)
        return [row.body for row in session.scalars(query)]


def test_the_server_reminds_a_day_and_an_hour_before_and_then_adopts(table, clock):
    silence(table)
    for moment in (DEADLINE - timedelta(hours=30), DEADLINE - timedelta(hours=20), DEADLINE - timedelta(hours=2)):
        clock.at = moment
        perform_due(table.app)
        perform_due(table.app)
    assert [body["stage"] for body in bodies_of(table, "silence.reminded")] == ["day"]
    clock.at = DEADLINE - timedelta(minutes=50)
    perform_due(table.app)
    assert [body["stage"] for body in bodies_of(table, "silence.reminded")] == ["day", "hour"]
    clock.at = DEADLINE
    perform_due(table.app)
    perform_due(table.app)
    assert len(bodies_of(table, "silence.held")) == 1
    assert table.state().adopted == "2020-08-14T09:00:00.000000Z"
    with table.app.database.reading() as session:
        sentences = [say(entry) for entry in entries_after(session, 0) if entry.act == "silence.reminded"]
    assert all("Joint Statement" in sentence and "9:00" in sentence for sentence in sentences)


def test_a_server_that_was_down_skips_outdated_reminders_and_adopts_as_of_the_deadline(table, clock):
    silence(table)
    clock.at = DEADLINE - timedelta(minutes=30)
    perform_due(table.app)
    assert [body["stage"] for body in bodies_of(table, "silence.reminded")] == ["hour"]
    clock.at = DEADLINE + timedelta(days=3)
    perform_due(table.app)
    assert len(bodies_of(table, "silence.reminded")) == 1
    assert table.state().adopted == "2020-08-14T09:00:00.000000Z"


def test_of_two_processes_that_look_at_the_same_moment_one_acts(table, clock):
    silence(table)
    other = replace(table.app, door=Door(table.app.database, table.app.settings, clock))
    clock.at = DEADLINE - timedelta(hours=20)
    look_together(table.app, other)
    clock.at = DEADLINE
    look_together(table.app, other)
    assert (len(bodies_of(table, "silence.reminded")), len(bodies_of(table, "silence.held"))) == (1, 1)


def look_together(*apps):
    faults = []

    def look(app):
        try:
            perform_due(app)
        except Exception as fault:  # noqa: BLE001
            faults.append(fault)

    threads = [threading.Thread(target=look, args=(app,)) for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_the_server_sleeps_until_something_is_due(table, clock):
    assert perform_due(table.app) == timed_acts.LOOK
    silence(table)
    clock.at = DEADLINE - timedelta(seconds=12)
    perform_due(table.app)
    clock.at = DEADLINE - timedelta(seconds=12)
    assert 5 < perform_due(table.app) < 12


def test_a_broken_silence_is_neither_reminded_of_nor_adopted(table, clock):
    name = silence(table)
    table.do("KZ", "silence.broken", silence=name, paragraph=table.paragraph("1").id, reason="Not yet")
    clock.at = DEADLINE + timedelta(days=1)
    perform_due(table.app)
    assert not bodies_of(table, "silence.reminded")
    assert table.state().status == "drafting"


def test_the_running_server_looks_by_itself_and_survives_a_look_that_fails(table, clock, monkeypatch):
    silence(table)
    clock.at = DEADLINE
    looks = []

    def look(app):
        looks.append(1)
        if len(looks) == 1:
            raise OSError("the database is away")
        return min(0.01, perform_due(app))

    monkeypatch.setattr(timed_acts, "FIRST", 0.01)
    monkeypatch.setattr(timed_acts, "LOOK", 0.01)
    monkeypatch.setattr(timed_acts, "perform_due", look)

    async def a_while():
        running = asyncio.create_task(table.app.timed_acts.run(table.app))
        for _ in range(500):
            if len(looks) > 2:
                break
            await asyncio.sleep(0.01)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    asyncio.run(a_while())
    assert table.state().status == "adopted"


def test_a_mail_server_that_fails_stops_nothing(table, clock):
    name = silence(table)
    settings = replace(table.app.settings, smtp="smtp://127.0.0.1:9")
    object.__setattr__(table.app, "settings", settings)
    table.app.door.settings = settings
    save_address(settings, name, "kz.head@mfa.example", "ru")
    clock.at = DEADLINE
    perform_due(table.app)
    mail_outcomes(table.app)
    assert table.state().status == "adopted"
    assert saved_addresses(settings, name) == []


@pytest.mark.browser
def test_a_server_killed_before_the_deadline_adopts_as_of_the_deadline_when_it_runs_again(served, convene):
    table = Table(served.app, convene(served.app))
    deadline = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
    wall = deadline.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%Y-%m-%dT%H:%M:%S")
    table.do("chair", "silence.started", deadline=wall, certain=True)
    served.kill()
    until("the deadline is past", lambda: datetime.now(UTC) > deadline, every=0.05)
    assert table.state().status == "silence"
    served.start()
    until("it is adopted", lambda: table.state().status == "adopted")
    text = table.state()
    assert (text.status, text.adopted) == ("adopted", stamp(deadline))
