"""The database's host disappears: no answer comes, and no connection is closed. It costs seconds, not hours."""

import asyncio
import threading

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from suhbat.acts import door, write_queue
from suhbat.acts.roles_and_seats import ADMINISTRATION
from suhbat.ground import postgres_timeouts
from suhbat.ground.database import Database, NoTurnError
from suhbat.record import process_notifications
from suhbat.record.open_lines import OpenLines
from suhbat.record.reading import entries_after
from suhbat.record.tail import Tail
from suhbat.record.tests.silent_relay import relay

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]
EDITOR = "editor.named"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """The limits of production, but shorter."""
    monkeypatch.setattr(postgres_timeouts, "PATIENCE", 0.8)
    monkeypatch.setattr(postgres_timeouts, "GREETING", 0.4)
    monkeypatch.setattr(process_notifications, "QUIET", 0.3)
    monkeypatch.setattr(process_notifications, "ANSWER", 0.3)
    monkeypatch.setattr(process_notifications, "AGAIN", 0.05)


@pytest.fixture
def far(app, settings):
    """The database through a relay, and the relay."""
    url = make_url(settings.url)
    with relay(str(url.query["host"])) as between:
        address = url.difference_update_query(["host"]).set(host="127.0.0.1", port=between.port)
        far_away = Database(address.render_as_string(hide_password=False))
        yield far_away, between
        far_away.close()


def test_an_act_in_progress_is_refused_and_the_next_one_is_saved(app, far):
    far_away, between = far
    there = door.Door(far_away, app.settings, app.clock)
    there.perform(ADMINISTRATION, EDITOR, {"name": "Before"})
    between.swallow()  # the idle connection is found dead before it is used

    def vanish():
        with far_away.transaction() as connection:
            connection.execute(text("SELECT 1"))
            between.swallow()
            connection.execute(text("SELECT 2"))

    with pytest.raises(OperationalError, match="gave no answer"):
        vanish()
    there.perform(ADMINISTRATION, EDITOR, {"name": "After"})
    with app.database.reading() as session:
        assert [entry.body["seat"]["name"] for entry in entries_after(session, 0)] == ["Before", "After"]


def test_acts_in_the_same_commit_fail_too(far):
    far_away, between = far
    writer = write_queue.Clerk(far_away, lambda _: None)
    begun, all_wait = threading.Event(), threading.Event()

    def hold_up(*_):
        begun.set()
        all_wait.wait(10)

    def vanish(session, _pen):
        between.swallow()
        session.execute(text("SELECT 1"))

    writer.submit(hold_up)
    assert begun.wait(10)
    futures = [writer.submit(lambda *_: "done"), writer.submit(vanish), writer.submit(lambda *_: "never begun")]
    all_wait.set()
    for future in futures:
        with pytest.raises(OperationalError):
            future.result()


def test_nobody_waits_for_a_server_that_never_answers(app, far):
    far_away, between = far
    between.swallow(deaf=True)
    there = door.Door(Database(f"{_address(far_away)}?connect_timeout=2"), app.settings, app.clock)
    with pytest.raises(OperationalError):
        there.perform(ADMINISTRATION, EDITOR, {"name": "Nobody"})


def test_an_act_behind_one_that_hangs_is_refused_without_being_started(app, far, monkeypatch):
    monkeypatch.setattr(write_queue, "PATIENCE", 0.2)
    monkeypatch.setattr(write_queue, "IDLE", 0.05)
    far_away, _ = far
    writer = write_queue.Clerk(far_away, lambda _: None)
    started = []

    def hang(session, _pen):
        started.append("first")
        session.execute(text("SELECT pg_sleep(60)"))

    first = writer.submit(hang)
    while not started:
        pass
    second = writer.submit(lambda *_: started.append("second"))
    with pytest.raises(NoTurnError):
        second.result()
    with pytest.raises(OperationalError):
        first.result()
    assert started == ["first"]


def test_the_server_ends_a_statement_that_waits_too_long_for_a_lock(app, monkeypatch):
    monkeypatch.setitem(postgres_timeouts.LIMITS, "lock_timeout", "50ms")
    other = Database(app.settings.url)
    app.door.perform(ADMINISTRATION, EDITOR, {"name": "First"})
    with app.database.transaction() as holding:
        holding.execute(text("SELECT * FROM record_head FOR UPDATE"))
        with pytest.raises(OperationalError, match="lock timeout"):
            door.Door(other, app.settings, app.clock).perform(ADMINISTRATION, EDITOR, {"name": "Second"})
    other.close()


def test_limits_in_the_address_override_ours(settings):
    own = Database(f"{settings.url}&options=-c%20statement_timeout%3D77s&keepalives_idle=33")
    with own.transaction() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "77s"
        assert connection.scalar(text("SHOW lock_timeout")) == "8s"
        raw = connection.connection.driver_connection
        assert raw is not None
        assert "keepalives_idle=33" in raw.info.dsn
    own.close()


def test_the_live_stream_goes_on_after_its_connection_to_the_database_was_lost(app, far):
    far_away, between = far
    tail = Tail(lambda _entry, _language: {})

    heard: asyncio.Queue[int] = asyncio.Queue()
    tail.before.append(lambda entry: heard.put_nowait(entry.number))

    async def story():
        tail.start(asyncio.get_running_loop(), 0)
        watcher = asyncio.create_task(process_notifications.watch(far_away, tail, OpenLines(far_away, app.clock)))
        app.door.perform(ADMINISTRATION, EDITOR, {"name": "Heard"})
        assert await asyncio.wait_for(heard.get(), 30) == 1
        between.swallow()
        app.door.perform(ADMINISTRATION, EDITOR, {"name": "Heard a little later"})
        assert await asyncio.wait_for(heard.get(), 30) == 2
        watcher.cancel()
        await asyncio.wait([watcher])

    asyncio.run(story())


def _address(database):
    return database.engine.url.render_as_string(hide_password=False)
