"""The room's page: whole without a script, for participants alone, with what each may do."""

import json
import re
from dataclasses import replace

import pytest

from suhbat.floor.look import look
from suhbat.floor.pages import write
from suhbat.floor.parts import PARTS, parts_of
from suhbat.record import blobs
from suhbat.record.receipts import receipt_for

MEETING = "ca-japan/2020-08-11-special"
ROOM = f"/meetings/{MEETING}/room"


def facts(page):
    found = re.search(r'id="room-facts"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture
def room(signed_in):
    def look(person, language=""):
        answer = signed_in(person).get(f"{language}{ROOM}")
        assert answer.status_code == 200, answer.text
        return answer.text

    return look


def test_the_room_is_for_those_who_have_a_seat(client, house, signed_in):
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
    for wish in ({}, {"item": "health"}, {"delegation": "KZ"}):
        name = {0: "meeting.opened"}.get(len(wish)) or ("item.opened" if "item" in wish else "floor.given")
        answer = signed_in("head-jp").post(
            f"/acts/{name}", data={"meeting": MEETING, "then": ROOM, "key": name, **wish}, follow_redirects=False
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
    for other in ("head-jp", "head-uz", "observer-eu", "note-taker", "interpreter"):
        assert "Secret so far." not in room(other)
        assert "Remarks" not in room(other)
    given = in_session("chair", "floor.given", delegation="KZ")
    assert [each["title"] for each in given["statements"]] == ["Remarks <b>now</b>"]
    for other in ("head-jp", "head-uz", "observer-eu", "note-taker", "interpreter"):
        page = room(other)
        assert "Secret so far." in page
        assert "Remarks &lt;b&gt;now&lt;/b&gt;" in page


def test_after_the_closing_the_room_leads_to_what_it_left_behind(room, in_session):
    in_session("chair", "meeting.closed")
    page = room("head-kz")
    assert "The meeting is closed" in page
    assert f"/meetings/{MEETING}/outcomes" in page
    assert f"/meetings/{MEETING}/minutes" in page
    assert "Ask for the floor" not in page


def test_parts_come_by_themselves_for_the_script(signed_in, in_session):
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
def test_the_room_asks_the_database_as_often_for_three_requests_as_for_one(
    waiting, house, person, clock, in_session, count_queries
):
    for state in ("kz", "uz", "tj")[:waiting]:
        in_session(state, "floor.requested")
        in_session(state, "statement.filed", title="Remarks", text="Text")

    def draw():
        with house.database.reading() as session:
            seen = look(session, person("head-jp"), MEETING, clock())
            drawn = parts_of(seen, frozenset(PARTS))
            assert [write(house, seen, part) for part in drawn]

    assert count_queries(draw) == 10


def test_a_house_without_video_says_so_and_offers_none(house, room, signed_in):
    assert "/room/check" in room("head-kz")
    object.__setattr__(house, "settings", replace(house.settings, video=False))
    page = room("head-kz")
    assert "Meetings are held in text here" in page
    assert "/room/check" not in page
    assert '"video": false' in page
    assert ">not here<" not in page
    assert 'name="present"' not in room("head-jp")
    check = signed_in("head-kz").get(f"{ROOM}/check")
    assert "Meetings are held in text here" in check.text


def test_the_desk_shows_a_delegation_its_own_statement_and_not_another_s(house, person, in_session):
    from suhbat.acts.panels import PANELS

    in_session("kz", "statement.filed", title="Kazakh remarks", text="Text")
    in_session("uz", "floor.requested")
    with house.database.reading() as session:
        seen = {
            who: PANELS["floor-desk"].content(session, person(who), MEETING)
            for who in ("adviser-kz", "secretariat", "head-uz", "stranger")
        }
        assert seen["adviser-kz"]
        assert seen["secretariat"]
        assert seen["head-uz"]
        assert [each.title for each in seen["adviser-kz"]["statements"]] == ["Kazakh remarks"]
        assert len(seen["secretariat"]["statements"]) == 1
        assert seen["head-uz"]["statements"] == []
        assert seen["stranger"] is None
        page = house.templates.get_template("floor/desk.html").render(seen["adviser-kz"])
    assert "Kazakh remarks" in page
    assert "Uzbekistan" in page


def test_the_papers_at_hand_are_those_of_the_item_first_and_only_what_one_may_see(house, room, in_session):
    def files(who, title, **other):
        words = f"%PDF-1.7 {title}".encode()
        sha256 = blobs.keep(house.settings.data, words)
        kept = {"sha256": sha256, "size": len(words), "file_name": "points.pdf",
                "receipt": receipt_for(house.settings, sha256, who)}  # fmt: skip
        in_session(who, "paper.filed", title=title, language="en", file=kept, **other)

    files("head-kz", "Terms of the whole")
    files("head-kz", "Figures on trade", item="trade")
    files("head-kz", "Figures on health", item="health")
    files("head-kz", "Own line of Astana", item="health", audience="delegation")
    seen, own = room("head-uz"), room("head-kz")
    places = [
        seen.index(f'lang="en">{title}') for title in ("Figures on health", "Terms of the whole", "Figures on trade")
    ]
    assert places == sorted(places)
    assert "Own line of Astana" in own
    assert "Own line of Astana" not in seen
