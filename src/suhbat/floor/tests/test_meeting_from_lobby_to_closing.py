"""A meeting of the chair and six delegations, from the lobby to the closing."""

import subprocess
import sys
from pathlib import Path

import pytest

from suhbat.floor.models import FloorRequest, Intervention, Room
from suhbat.ground import language
from suhbat.ground.refusals import Kind
from suhbat.meetings.models import Meeting

ROOT = Path(__file__).parents[4]
MEETING = "ca-japan/2020-08-11-special"


def test_the_chair_opens_moves_gives_and_closes(acts, app, clock):
    opened = acts("chair", "meeting.opened", present=["UZ", "KZ", "XX"])
    assert opened == {"present": ["KZ", "UZ"]}
    acts("chair", "item.opened", item="health")
    request = acts("kz", "floor.requested")
    assert request["item"] == "health"
    first = acts("chair", "floor.given", request=request["request"])
    assert (first["delegation"], first["speaker"], first["seconds"]) == ("KZ", "Mukhtar Tileuberdi", 300)
    clock.forward(seconds=89)
    acts("uz", "floor.requested")
    second = acts("chair", "floor.given", delegation="UZ", seconds=120)
    assert second["ends"] == [{"given": first["given"], "delegation": "KZ", "seconds": 91}]
    assert second["request"], "calling upon a delegation grants its waiting request"
    clock.forward(seconds=9)
    assert acts("uz", "floor.ended")["seconds"] == 10
    acts("tj", "floor.requested")
    closed = acts("chair", "meeting.closed")
    assert [request["delegation"] for request in closed["lapsed"]] == ["TJ"]
    with app.database.reading() as session:
        assert session.get(Meeting, MEETING).status == "closed"
        assert session.get(Room, MEETING).closed
        assert {request.delegation: request.status for request in session.query(FloorRequest)} == {
            "KZ": "given", "UZ": "given", "TJ": "lapsed",
        }  # fmt: skip
        assert all(turn.since is None and turn.ended for turn in session.query(Intervention))


def test_nothing_happens_on_the_floor_before_the_opening_and_after_the_closing(acts):
    assert acts.refused("chair", "floor.given", delegation="KZ").kind == Kind.OUT_OF_ORDER
    assert acts.refused("chair", "item.opened", item="health").kind == Kind.OUT_OF_ORDER
    assert acts.refused("kz", "floor.requested", kind="point-of-order").kind == Kind.OUT_OF_ORDER
    assert acts("kz", "floor.requested")["item"] == "health", "before the opening, requests are for the first item"
    acts("chair", "meeting.opened")
    acts("chair", "meeting.closed")
    for name, inputs in (
        ("meeting.opened", {}), ("meeting.resumed", {}), ("floor.given", {"delegation": "KZ"}),
        ("floor.requested", {}), ("item.opened", {"item": "trade"}), ("list.closed", {}),
    ):  # fmt: skip
        assert acts.refused("chair", name, **inputs).kind == Kind.OUT_OF_ORDER


def test_only_the_chair_runs_the_meeting(in_session):
    for person in ("kz", "secretariat", "observer-eu", "interpreter", "note-taker"):
        for name, inputs in (
            ("meeting.closed", {}), ("item.opened", {"item": "trade"}), ("floor.given", {"delegation": "KZ"}),
            ("list.closed", {}), ("floor.opened_to_all", {}),
        ):  # fmt: skip
            assert in_session.refused(person, name, **inputs).kind == Kind.NOT_ALLOWED


def test_items_are_taken_in_any_order_and_their_lists_wait_for_them(in_session):
    request = in_session("kz", "floor.requested")["request"]
    in_session("chair", "item.opened", item="future")
    refusal = in_session.refused("chair", "floor.given", request=request)
    assert "another item" in str(refusal.why)
    returned = in_session("chair", "item.opened", item="health")
    assert returned["left"] == "future"
    assert in_session("chair", "floor.given", request=request)["delegation"] == "KZ"
    assert in_session.refused("chair", "item.opened", item="health").kind == Kind.OUT_OF_ORDER
    assert in_session.refused("chair", "item.opened", item="elsewhere").kind == Kind.NOT_FOUND


def test_a_suspended_meeting_stops_the_clock_and_goes_on_where_it_was(in_session, clock, app):
    in_session("chair", "floor.given", delegation="TM")
    clock.forward(seconds=59)
    in_session("chair", "meeting.suspended")
    clock.forward(minutes=30)
    assert in_session.refused("chair", "floor.given", delegation="KZ").kind == Kind.OUT_OF_ORDER
    in_session("chair", "meeting.resumed")
    clock.forward(seconds=8)
    assert in_session("tm", "floor.ended")["seconds"] == 70


def test_an_outdated_form_of_the_chair_is_refused(in_session):
    before = in_session.last.entry.number
    in_session("chair", "floor.given", delegation="KZ", seen=before)
    assert in_session.refused("chair", "floor.given", delegation="UZ", seen=before).kind == Kind.CONFLICT
    assert in_session.refused("chair", "item.opened", item="trade", seen=before).kind == Kind.CONFLICT


def test_a_request_does_not_outdate_the_chair_s_form(in_session):
    before = in_session.last.entry.number
    in_session("uz", "floor.requested")
    assert in_session("chair", "floor.given", delegation="UZ", seen=before)["delegation"] == "UZ"


@pytest.fixture
def catalogues():
    """The texts in all languages, made as the set-up makes them."""
    subprocess.run([sys.executable, "scripts/translations.py", "compile"], cwd=ROOT, check=True, capture_output=True)
    language._catalogue.cache_clear()


def test_refusals_are_translated(catalogues, in_session):
    in_session("chair", "list.closed")
    refusal = in_session.refused("kz", "floor.requested")
    with language.reading_in("ru"):
        assert str(refusal.why) == "Список ораторов по этому пункту закрыт."
