"""The room's page: complete without a script, for participants only, with what each may do."""

import json
import re
from dataclasses import replace

import pytest

from suhbat.floor.pages import render
from suhbat.floor.room_parts import PARTS, parts_of
from suhbat.floor.room_view import room_view
from suhbat.record import blobs
from suhbat.record.reading import entries_after
from suhbat.record.upload_receipts import receipt_for

MEETING = "ca-japan/2020-08-11-special"
ROOM = f"/meetings/{MEETING}/room"


def facts(page):
    match = re.search(r'id="room-facts"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert match
    return json.loads(match[1])


@pytest.fixture
def room(signed_in):
    def page_of(person, language=""):
        answer = signed_in(person).get(f"{language}{ROOM}")
        assert answer.status_code == 200, answer.text
        return answer.text

    return page_of


def test_the_room_is_for_those_who_have_a_seat(client, app, signed_in):
    assert client.get(ROOM).status_code == 403
    assert client.get(f"{ROOM}/panels/list").status_code == 403
    assert client.get("/meetings/ca-japan/nothing/room").status_code == 404
    assert signed_in("interpreter").get(ROOM).status_code == 200


def test_before_the_opening_all_wait_and_the_chair_can_open(room):
    page = room("head-kz")
    assert "Before the opening" in page
    assert "Ask for the floor" in page
    assert "Open the meeting" not in page
    assert "Open the meeting" in room("head-jp")


def test_a_whole_meeting_is_chaired_with_plain_forms(room, signed_in, acts):
    for inputs in ({}, {"item": "health"}, {"delegation": "KZ"}):
        name = {0: "meeting.opened"}.get(len(inputs)) or ("item.opened" if "item" in inputs else "floor.given")
        answer = signed_in("head-jp").post(
            f"/acts/{name}", data={"meeting": MEETING, "then": ROOM, "key": name, **inputs}, follow_redirects=False
        )
        assert answer.status_code == 303
        assert answer.headers["location"] == ROOM
    page = room("head-kz")
    assert "End my turn" in page
    assert "Item 1 of 3" in page
    assert 'data-clock="down"' in page
    assert facts(page)["large"] == "KZ"
    assert "Question to the speaker" in room("head-uz")
    assert "Kazakhstan has the floor." in page


def test_each_seat_is_offered_what_it_may_do(room, in_session):
    in_session("chair", "floor.given", delegation="TM")
    kazakh, adviser, observer = room("delegate-kz"), room("adviser-kz"), room("observer-eu")
    assert "Point of order" in kazakh
    assert "Right of reply" in kazakh
    assert "Ask for the floor" not in adviser
    assert "File a statement" in adviser
    assert "Ask for the floor" in observer
    assert 'name="kind" value="point-of-order"' not in observer
    assert "Keep the note" in room("note-taker")
    assert "Keep the note" not in kazakh
    for page in (kazakh, adviser, observer):
        assert "/acts/meeting.closed" not in page
        assert "/acts/floor.given" not in page


def test_a_statement_waits_for_its_speaker(room, in_session):
    in_session("adviser-kz", "statement.filed", item="health", title="Remarks <b>now</b>", text="Secret so far.")
    assert "Secret so far." in room("head-kz")
    assert "Secret so far." in room("secretariat")
    for person in ("head-jp", "head-uz", "observer-eu", "note-taker", "interpreter"):
        assert "Secret so far." not in room(person)
        assert "Remarks" not in room(person)
    turn = in_session("chair", "floor.given", delegation="KZ")
    assert [statement["title"] for statement in turn["statements"]] == ["Remarks <b>now</b>"]
    for person in ("head-jp", "head-uz", "observer-eu", "note-taker", "interpreter"):
        page = room(person)
        assert "Secret so far." in page
        assert "Remarks &lt;b&gt;now&lt;/b&gt;" in page


def test_after_the_closing_the_room_links_to_outcomes_and_minutes(room, in_session):
    in_session("chair", "meeting.closed")
    page = room("head-kz")
    assert "The meeting is closed" in page
    assert f"/meetings/{MEETING}/outcomes" in page
    assert f"/meetings/{MEETING}/minutes" in page
    assert "Ask for the floor" not in page


def test_the_script_gets_single_parts(signed_in, in_session):
    answer = signed_in("head-jp").get(f"{ROOM}/panels/list,actions,notes")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    parts = dict(re.findall(r'<section data-part="(\w+)">(.*?)</section>', answer.text, re.DOTALL))
    assert "Speakers" in parts["list"]
    assert "Suspend the meeting" in parts["actions"]
    assert not parts["notes"].strip(), "the chair takes no notes"
    assert signed_in("head-jp").get(f"{ROOM}/panels/nothing").status_code == 404


def test_no_two_forms_of_a_page_share_a_key(room, in_session):
    in_session("kz", "floor.requested")
    in_session("chair", "floor.given", delegation="UZ")
    keys = re.findall(r'name="key" value="([^"]+)"', room("head-jp"))
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 80


@pytest.mark.parametrize("waiting", [1, 3])
def test_three_requests_need_as_many_queries_as_one(waiting, app, person, clock, in_session, count_queries):
    for state in ("kz", "uz", "tj")[:waiting]:
        in_session(state, "floor.requested")
        in_session(state, "statement.filed", title="Remarks", text="Text")

    def draw():
        with app.database.reading() as session:
            view = room_view(session, person("head-jp"), MEETING, clock())
            assert [render(app, view, part) for part in parts_of(view, frozenset(PARTS))]

    assert count_queries(draw) == 8


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_whole_page_takes_as_many_queries_for_three_requests_as_for_one(waiting, room, in_session, count_queries):
    for state in ("kz", "uz", "tj")[:waiting]:
        in_session(state, "floor.requested")
    assert count_queries(lambda: room("head-jp")) == 19


def test_the_record_beside_the_picture_begins_with_the_newest_and_shows_neither_seats_nor_summaries(
    app, person, clock, in_session, monkeypatch
):
    monkeypatch.setattr("suhbat.floor.room_view.MAX_ENTRIES", 3)
    in_session("kz", "floor.requested")
    in_session("kz", "statement.filed", title="Points", text="Text")
    in_session("chair", "floor.given", delegation="KZ")
    with app.database.reading() as session:
        assert entries_after(session, 0)[-1].act == "statement.shared", "its title stands under the statements"
    in_session("note-taker", "summary.noted", given_entry=in_session.last.entry.number, text="Thanks the chair.")
    in_session("kz", "statement.filed", title="Remarks", text="Text")
    with app.database.reading() as session:
        shown = room_view(session, person("head-uz"), MEETING, clock()).thread
    assert [entry.act for entry in shown] == ["statement.filed", "floor.given", "floor.requested"]


def test_a_server_without_video_says_so_and_offers_none(app, room, signed_in):
    assert "/room/check" in room("head-kz")
    object.__setattr__(app, "settings", replace(app.settings, video=False))
    page = room("head-kz")
    assert "Meetings are held in text here" in page
    assert "/room/check" not in page
    assert '"video": false' in page
    assert ">not here<" not in page
    assert 'name="present"' not in room("head-jp")
    check = signed_in("head-kz").get(f"{ROOM}/check")
    assert "Meetings are held in text here" in check.text


def test_the_desk_shows_a_delegation_its_own_statement_and_not_another_s(app, person, in_session):
    from suhbat.acts.panels import PANELS

    in_session("kz", "statement.filed", title="Kazakh remarks", text="Text")
    in_session("uz", "floor.requested")
    with app.database.reading() as session:
        contents = {
            viewer: PANELS["floor-desk"].content(session, person(viewer), MEETING)
            for viewer in ("adviser-kz", "secretariat", "head-uz", "stranger")
        }
        assert contents["adviser-kz"]
        assert contents["secretariat"]
        assert contents["head-uz"]
        assert [statement.title for statement in contents["adviser-kz"]["statements"]] == ["Kazakh remarks"]
        assert len(contents["secretariat"]["statements"]) == 1
        assert contents["head-uz"]["statements"] == []
        assert contents["stranger"] is None
        page = app.templates.get_template("floor/desk.html").render(
            contents["adviser-kz"] | {"door": app.door, "actor": person("adviser-kz")}
        )
    assert "Kazakh remarks" in page
    assert "Uzbekistan" in page


def test_papers_of_the_present_item_come_first_and_each_reader_sees_only_what_is_allowed(app, room, in_session):
    def file_paper(person, title, **inputs):
        content = f"%PDF-1.7 {title}".encode()
        sha256 = blobs.store(app.settings.data, content)
        file = {"sha256": sha256, "size": len(content), "file_name": "points.pdf",
                "receipt": receipt_for(app.settings, sha256, person)}  # fmt: skip
        in_session(person, "paper.filed", title=title, language="en", file=file, **inputs)

    file_paper("head-kz", "Terms of the whole")
    file_paper("head-kz", "Figures on trade", item="trade")
    file_paper("head-kz", "Figures on health", item="health")
    file_paper("head-kz", "Own line of Astana", item="health", audience="delegation")
    uzbek, kazakh = room("head-uz"), room("head-kz")
    places = [
        uzbek.index(f'lang="en">{title}') for title in ("Figures on health", "Terms of the whole", "Figures on trade")
    ]
    assert places == sorted(places)
    assert "Own line of Astana" in kazakh
    assert "Own line of Astana" not in uzbek
