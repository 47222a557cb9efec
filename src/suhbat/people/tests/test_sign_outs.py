"""Sign-outs are counted, so a wrong clock neither revives an old sign-in nor ends a new one."""

import hashlib
import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from conftest import BOTH
from sqlalchemy import JSON, column, create_engine, insert, table, text

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.clock import now
from suhbat.ground.database import Database
from suhbat.ground.migrations import bring_up_to_date, configuration
from suhbat.people.models import Person
from suhbat.people.passkey_acts import Nothing
from suhbat.people.session_cookie import LASTS, actor_of, sign_in_cookie, sign_outs_of


@pytest.fixture
def who_is(app):
    def person_of_cookie(cookie, clock=now):
        with app.database.reading() as session:
            return actor_of(session, app.settings, cookie, clock).id

    return person_of_cookie


@pytest.fixture
def minister(app, sit):
    """A person with a seat, as an actor."""
    return sit("A Minister", Role.DELEGATE, "KZ")


def cookie_now(app, person):
    with app.database.reading() as session:
        return sign_in_cookie(app.settings, person, now(), sign_outs_of(session, person))


def test_a_clock_that_goes_back_revives_no_earlier_sign_in(app, minister, who_is, monkeypatch):
    earlier = cookie_now(app, minister.id)
    assert who_is(earlier) == minister.id
    monkeypatch.setattr(app.door, "clock", lambda: datetime(2019, 1, 1, tzinfo=UTC))
    app.door.perform(minister, "person.signed_out", Nothing())
    assert who_is(earlier) == ""


def test_a_clock_that_was_ahead_locks_nobody_out(app, minister, who_is, monkeypatch):
    monkeypatch.setattr(app.door, "clock", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    app.door.perform(minister, "person.signed_out", Nothing())
    assert who_is(cookie_now(app, minister.id)) == minister.id


def test_each_sign_out_ends_only_what_was_before_it(app, minister, who_is):
    cookies = []
    for _ in range(3):
        cookies.append(cookie_now(app, minister.id))
        app.door.perform(minister, "person.signed_out", Nothing())
    assert [who_is(cookie) for cookie in cookies] == ["", "", ""]
    assert who_is(cookie_now(app, minister.id)) == minister.id


def cookie_of_an_earlier_version(app, person, number="", age=0):
    """A cookie as version 0.1 wrote it, at first without a number."""
    content = urlsafe_b64encode(f"{person} {int((time.time() - age) * 1000)} {number}".strip().encode())
    return f"{content.decode()}.{hmac.new(app.settings.key('cookie'), content, hashlib.sha256).hexdigest()}"


def test_a_cookie_of_an_earlier_version_counts_until_one_signs_out(app, minister, who_is):
    old = cookie_of_an_earlier_version(app, minister.id)
    assert who_is(old) == minister.id
    app.door.perform(minister, "person.signed_out", Nothing())
    assert who_is(old) == ""


def test_a_cookie_of_an_earlier_version_counts_for_its_month(app, minister, who_is):
    app.door.perform(minister, "person.signed_out", Nothing())
    assert who_is(cookie_of_an_earlier_version(app, minister.id, number=1)) == minister.id
    assert who_is(cookie_of_an_earlier_version(app, minister.id, number=0)) == ""
    assert who_is(cookie_of_an_earlier_version(app, minister.id, number=1, age=LASTS + 5)) == ""


def test_a_forged_number_is_refused(app, minister, who_is):
    app.door.perform(minister, "person.signed_out", Nothing())
    content, _, signature = cookie_of_an_earlier_version(app, minister.id).partition(".")
    forged = urlsafe_b64decode(content) + b" 1"
    assert who_is(f"{urlsafe_b64encode(forged).decode()}.{signature}") == ""


def test_a_sign_in_lasts_a_month_and_no_character_of_it_can_be_changed(app, minister, who_is):
    cookie = cookie_now(app, minister.id)
    changed = [cookie[:at] + ("A" if cookie[at] != "A" else "B") + cookie[at + 1 :] for at in range(len(cookie) - 1)]
    malformed = [cookie[:-1], cookie + ".", "", ".", "..", "é.é", "a.0g"]
    assert {who_is(invalid) for invalid in [*changed, *malformed]} == {""}
    month = timedelta(seconds=LASTS)
    assert who_is(cookie, lambda: now() + month - timedelta(minutes=1)) == minister.id
    assert who_is(cookie, lambda: now() + month + timedelta(seconds=5)) == ""


@pytest.fixture(params=BOTH)
def of_version_one(request, tmp_path):
    """The address of a database that was made by migration 0001, with people in it."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_server").database()
    command.upgrade(configuration(url), "0001")
    engine = create_engine(url)
    entries = [
        ("person.signed_out", "often", {}),
        ("passkey.revoked", "often", {"passkey": "p", "device": ""}),
        ("seat.taken", "", {"person": {"id": "often", "name": "O"}, "renewed": True}),
        ("seat.taken", "", {"person": {"id": "never", "name": "N"}, "renewed": False}),
        ("seat.offered", "often", {}),
    ]
    names = ("number", "format", "meeting", "act", "actor", "name", "office", "delegation", "time", "audience", "salt",
             "hash", "root")  # fmt: skip
    entry = table("entry", *(column(name) for name in names), column("body", JSON))
    with engine.begin() as connection:
        for person, moment in (("often", "2020-08-11T06:00:00.000000Z"), ("never", "")):
            parameters = {"person": person, "moment": moment}
            connection.execute(
                text("INSERT INTO person (id, name, signed_out) VALUES (:person, :person, :moment)"), parameters
            )
        for number, (act, actor, body) in enumerate(entries, 1):
            row = dict.fromkeys(names, "") | {"salt": b"", "hash": b"", "root": b"", "number": number}
            connection.execute(insert(entry).values({**row, "act": act, "actor": actor, "body": body}))
    engine.dispose()
    return url


def test_the_update_counts_the_sign_outs_in_the_record(of_version_one):
    bring_up_to_date(of_version_one)
    database = Database(of_version_one)
    with database.reading() as session:
        assert {person.id: person.sign_outs for person in session.query(Person)} == {"often": 3, "never": 0}
    database.close()
