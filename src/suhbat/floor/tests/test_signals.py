"""Signals between browsers: passed on to the peer they are for, refused from anyone else's peer."""

import json

import pytest

from suhbat.acts.live_streams import peer_description
from suhbat.floor.media_pages import BURST, MAX_SIGNAL_BYTES, PER_SECOND, RateLimits
from suhbat.record.tail import Listener

MEETING = "ca-japan/2020-08-11-special"
ADDRESS = f"/signals/{MEETING}"


@pytest.fixture
def line(app, person):
    """Open a live connection for a person; messages of the server are in `waiting`."""

    def open_connection(name: str, peer: str) -> Listener:
        actor = person(name)
        listener = Listener(MEETING, actor.scope(MEETING), "en", peer, actor.id, peer_description(actor, MEETING))
        app.tail.join(listener)
        listener.waiting.clear()
        return listener

    return open_connection


def signals_to(listener):
    return [
        json.loads(part.partition(b"data: ")[2])
        for chunk in listener.waiting
        for part in chunk.split(b"\n\n")
        if part.startswith(b"event: signal")
    ]


def test_a_signal_reaches_the_one_peer_it_is_meant_for(line, signed_in):
    japan, kazakhstan, observer = line("head-jp", "p-jp"), line("head-kz", "p-kz"), line("observer-eu", "p-eu")
    answer = signed_in("head-jp").post(ADDRESS, json={"peer": "p-jp", "to": "p-kz", "data": {"description": "offer"}})
    assert (answer.status_code, answer.json()) == (200, {"reached": True})
    assert signals_to(kazakhstan) == [{"from": "p-jp", "data": {"description": "offer"}}]
    assert signals_to(observer) == signals_to(japan) == []


def test_without_an_addressee_a_signal_reaches_all_participants_and_no_reader(line, app, signed_in):
    line("head-jp", "p-jp")
    participants = [line("head-kz", "p-kz"), line("interpreter", "p-in")]
    reader = Listener(MEETING, participants[0].scope, "en", "", "", {})
    app.tail.join(reader)
    signed_in("head-jp").post(ADDRESS, json={"peer": "p-jp", "data": {"muted": True}})
    assert [len(signals_to(participant)) for participant in participants] == [1, 1]
    assert signals_to(reader) == []


def test_the_answer_says_if_nobody_was_reached(line, signed_in):
    line("head-jp", "p-jp")
    answer = signed_in("head-jp").post(ADDRESS, json={"peer": "p-jp", "to": "p-gone", "data": {}})
    assert answer.json() == {"reached": False}


def test_nobody_signals_as_another_peer(line, signed_in):
    line("head-jp", "p-jp")
    kazakhstan = line("head-kz", "p-kz")
    answer = signed_in("head-uz").post(ADDRESS, json={"peer": "p-jp", "to": "p-kz", "data": {"description": "forged"}})
    assert answer.status_code == 404
    assert signals_to(kazakhstan) == []


def test_those_without_a_seat_cannot_signal(line, client):
    kazakhstan = line("head-kz", "p-kz")
    assert client.post(ADDRESS, json={"peer": "p-kz", "to": "p-kz", "data": {}}).status_code == 403
    assert signals_to(kazakhstan) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b'{"peer": "p-jp"}', b'{"peer": "", "data": {}}', b'{"peer": "<b>", "data": {}}',
     b'{"peer": "p-jp", "data": "text"}', b'{"peer": "p-jp", "data": {}, "more": 1}', b"\xff\xfe"],
)  # fmt: skip
def test_a_malformed_signal_is_refused_with_a_reason(line, signed_in, body):
    line("head-jp", "p-jp")
    answer = signed_in("head-jp").post(ADDRESS, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["fields"]["body"]


def test_an_oversized_signal_is_refused(line, signed_in):
    line("head-jp", "p-jp")
    kazakhstan = line("head-kz", "p-kz")
    body = {"peer": "p-jp", "to": "p-kz", "data": {"description": "x" * MAX_SIGNAL_BYTES}}
    assert signed_in("head-jp").post(ADDRESS, json=body).status_code == 413
    assert signals_to(kazakhstan) == []


def test_one_browser_cannot_flood_the_others(line, signed_in):
    line("head-jp", "p-jp")
    browser = signed_in("head-jp")
    answers = {
        browser.post(ADDRESS, json={"peer": "p-jp", "to": "p-x", "data": {}}).status_code for _ in range(BURST * 3)
    }
    assert answers == {200, 429}


def test_a_bucket_fills_again_with_time():
    limits = RateLimits()
    assert [limits.allows(("a", "p"), 0.0) for _ in range(BURST + 1)] == [True] * BURST + [False]
    assert limits.allows(("b", "p"), 0.0), "another browser is not held up"
    assert [limits.allows(("a", "p"), 1.0) for _ in range(PER_SECOND + 1)] == [True] * PER_SECOND + [False]


def test_only_persons_with_a_seat_can_check_devices(signed_in, client):
    page = signed_in("head-kz").get(f"/meetings/{MEETING}/room/check")
    assert page.status_code == 200
    for mode in ("all", "sound", "none"):
        assert f'href="/meetings/{MEETING}/room" data-join="{mode}"' in page.text
    client.cookies.clear()
    assert client.get(f"/meetings/{MEETING}/room/check").status_code == 403
    assert signed_in("head-kz").get("/meetings/ca-japan/no-such/room/check").status_code == 404
