"""The answer to a commit is lost: no message says that nothing was saved. And no writer waits for ever."""

import threading
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import OperationalError

from suhbat.acts import door
from suhbat.acts.roles_and_seats import ADMINISTRATION
from suhbat.acts.write_queue import Clerk
from suhbat.application import cannot_write, front_of, make_app
from suhbat.command_faults import fault_text
from suhbat.ground import database as databases
from suhbat.ground import postgres_timeouts
from suhbat.ground.database import Database, NoTurnError, UncertainCommitError
from suhbat.ground.database_locks import occupied
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.refusals import Refused, conflict
from suhbat.ground.settings import Settings
from suhbat.people.models import SeatRow
from suhbat.record.reading import entries_after
from suhbat.record.tests.silent_relay import relay

ON_POSTGRES = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]
EDITOR = "editor.named"


def on_postgres(story):
    for mark in ON_POSTGRES:
        story = mark(story)
    return story


@pytest.fixture
def far(app, settings, monkeypatch):
    """The address of the database through a relay, and the relay."""
    monkeypatch.setattr(postgres_timeouts, "PATIENCE", 0.8)
    url = make_url(settings.url)
    with relay(str(url.query["host"])) as between:
        address = url.difference_update_query(["host"]).set(host="127.0.0.1", port=between.port)
        yield address.render_as_string(hide_password=False), between


@pytest.fixture
def far_away(far):
    """The database through the relay."""
    database = Database(far[0])
    yield database
    database.close()


def lose_an_answer(database, between, commit=1):
    """Lose the answer to the next commit, or to the one with this number."""
    to_come = iter(range(commit))

    def lose(_connection):
        if next(to_come, None) == commit - 1:
            between.swallow_answers()

    event.listen(database.engine, "commit", lose)


def names(app):
    with app.database.reading() as session:
        return [entry.body["seat"]["name"] for entry in entries_after(session, 0)]


@on_postgres
def test_an_act_whose_commit_is_not_answered_may_have_been_saved(app, far, far_away):
    _, between = far
    there = door.Door(far_away, app.settings, app.clock)
    there.perform(ADMINISTRATION, EDITOR, {"name": "Before"})
    lose_an_answer(there.database, between)
    with pytest.raises(UncertainCommitError, match="the act may have been saved, check before you repeat it"):
        there.perform(ADMINISTRATION, EDITOR, {"name": "Perhaps"})
    assert names(app) == ["Before", "Perhaps"]
    there.perform(ADMINISTRATION, EDITOR, {"name": "After"})
    assert names(app) == ["Before", "Perhaps", "After"]


@on_postgres
def test_a_refused_act_is_reported_as_refused_whatever_happens_to_the_others(far, far_away):
    _, between = far
    writer = Clerk(far_away, lambda _: None)
    lose_an_answer(far_away, between, commit=2)
    begun, all_wait = threading.Event(), threading.Event()

    def hold_up(*_):
        begun.set()
        all_wait.wait(10)

    def refuse(*_):
        raise conflict()

    writer.submit(hold_up)
    assert begun.wait(10)
    done, refused = writer.submit(lambda *_: "done"), writer.submit(refuse)
    all_wait.set()
    with pytest.raises(UncertainCommitError):
        done.result()
    with pytest.raises(Refused):
        refused.result()


@on_postgres
def test_a_connection_that_breaks_before_the_commit_saves_nothing_and_says_so(far, far_away):
    _, between = far

    def vanish():
        with far_away.transaction() as connection:
            between.swallow_answers()
            connection.execute(text("SELECT 1"))

    with pytest.raises(OperationalError):
        vanish()


@on_postgres
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_person_and_a_program_are_asked_to_check_before_they_repeat(app, far, tmp_path, accept):
    address, between = far
    away = make_app(Settings(data=tmp_path / "data", database_url=address))
    application: Any = front_of(away)
    with TestClient(application, base_url="http://localhost:8000") as browser:
        browser.get("/acts")
        lose_an_answer(away.database, between)
        inputs = {"page": "/ledger", "fact": "A date", "says": "A day later", "source": "https://mofa.test/"}
        answer = browser.post("/acts/error.reported", data=inputs, headers={"accept": accept})
    assert answer.status_code == 503
    assert "Your act may have been saved: check before you repeat it" in answer.text
    assert "Nothing" not in answer.text
    with app.database.reading() as session:
        assert [entry.act for entry in entries_after(session, 0)] == ["error.reported"]


def test_the_operator_gets_one_line():
    assert fault_text(UncertainCommitError("connection lost\nand more")) == (
        "the connection to the database broke: the act may have been saved, check before you repeat it "
        "(connection lost)"
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_on_sqlite_nobody_waits_for_ever_for_another_writer(app, monkeypatch):
    monkeypatch.setattr(databases, "PATIENCE", 0.1)
    writing, done = threading.Event(), threading.Event()

    def hang():
        with app.database.writing() as session:
            session.add(SeatRow(id="s", role="observer"))
            writing.set()
            done.wait(10)
            session.rollback()

    other = threading.Thread(target=hang)
    other.start()
    assert writing.wait(10)
    with pytest.raises(NoTurnError) as fault:
        app.door.perform(ADMINISTRATION, EDITOR, {"name": "Late"})
    assert cannot_write(fault.value)  # 503: the same words as where the disk is full
    done.set()
    other.join(10)
    app.door.perform(ADMINISTRATION, EDITOR, {"name": "In turn"})
    assert names(app) == ["In turn"]


def test_a_writer_may_write_again_within_its_own_turn(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "PATIENCE", 0.1)
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with database._in_turn(), database.transaction() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    database.close()


@on_postgres
@pytest.mark.parametrize("opening", [bring_up_to_date, lambda url: occupied(url).__enter__()])
def test_opening_the_tables_does_not_wait_for_a_server_that_never_answers(far, monkeypatch, opening):
    monkeypatch.setitem(postgres_timeouts.CONNECTING, "connect_timeout", 2)
    address, between = far
    between.swallow(deaf=True)
    with pytest.raises(OperationalError, match="timeout"):
        opening(address)
