"""The first button of the chair's bar is always what comes next; what every seat reads in each state of the room."""

import re
from typing import Any

import pytest
from lxml import html

from suhbat.floor.room_view import Face

MEETING = "ca-japan/2020-08-11-special"
ROOM = f"/meetings/{MEETING}/room"


def found(tree: Any, path: str) -> list[Any]:
    return list(tree.xpath(path))


@pytest.fixture
def page(signed_in):
    """The room as a person sees it."""

    def page_of(person):
        answer = signed_in(person).get(ROOM)
        assert answer.status_code == 200
        return answer.text

    return page_of


@pytest.fixture
def press_first(signed_in):
    """Press the first button of the chair's bar, and return its words. A question is answered with the same button."""

    def press():
        browser = signed_in("head-jp")
        (bar,) = found(html.fromstring(browser.get(ROOM).text), "//footer//div[@class='actions']")
        form = found(bar, ".//form")[0]
        button = found(form, ".//button")[0]
        words = " ".join(button.text_content().split())
        assert "go" in button.get("class").split() or words.startswith("End")
        data = {field.get("name"): field.get("value") for field in found(form, ".//input")}
        assert browser.post(form.get("action"), data=data, follow_redirects=False).status_code == 303
        return words

    return press


def test_the_first_button_leads_through_a_whole_meeting_although_nobody_speaks(acts, press_first, page):
    pressed = [press_first() for _ in range(5)]
    assert pressed == [
        "Open the meeting", "Open the first item", "Open item 2, On trade Open item 2",
        "Open item 3, On future Open item 3", "Close the meeting",
    ]  # fmt: skip
    assert "The meeting is closed" in page("head-jp")


def test_who_waits_comes_before_the_next_item_rights_of_reply_included(in_session, press_first):
    in_session("kz", "floor.requested")
    assert press_first() == "Give the floor to Kazakhstan"
    in_session("uz", "floor.requested", kind="reply")
    in_session("kz", "floor.ended")
    assert press_first() == "Give the floor to Uzbekistan"
    assert press_first().startswith("End Uzbekistan’s turn")
    assert press_first().startswith("Open item 2")


def test_an_open_discussion_is_ended_before_anything_else(in_session, press_first):
    in_session("chair", "floor.opened_to_all")
    assert press_first() == "End the open discussion"
    assert press_first().startswith("Open item 2")


def test_closing_stands_once_in_the_bar_and_asks_first(in_session, page):
    in_session("chair", "item.opened", item="future")
    shown = page("head-jp")
    assert shown.count('action="/acts/meeting.closed"') == 1
    assert "A closed meeting is not opened again." in shown


def test_the_lobby_tells_each_seat_what_it_can_do(acts, page):
    already = "You can ask for the floor already."
    assert already in page("head-kz")
    assert already in page("observer-eu")
    for silent in ("secretariat", "note-taker", "interpreter", "adviser-kz"):
        assert already not in page(silent)
    assert "You can put delegations on the list of speakers already." in page("secretariat")
    assert "You serve the meeting from this seat" in page("secretariat")
    assert "You follow the meeting from this seat." in page("interpreter")


def test_the_list_of_an_item_is_closed_when_there_is_an_item(acts, page):
    assert "/acts/list.closed" not in page("head-jp")
    acts("chair", "meeting.opened")
    assert "/acts/list.closed" not in page("head-jp")
    acts("chair", "item.opened", item="health")
    assert "/acts/list.closed" in page("head-jp")


def test_a_closed_room_has_no_open_list_and_says_what_goes_on(in_session, page):
    assert "list open" in page("head-kz")
    in_session("chair", "meeting.closed")
    closed = page("head-kz")
    assert "list open" not in closed
    assert "Its outcomes and its summary record are being agreed now." in closed


def test_ones_own_request_is_withdrawn_and_that_of_another_taken_off_the_list(in_session, page):
    in_session("kz", "floor.requested")

    def words(person):
        buttons = found(html.fromstring(page(person)), "//ol[@class='speakers']//button")
        return [re.sub(r"\s+", " ", button.text_content()).strip() for button in buttons]

    assert words("head-kz") == ["Withdraw"]
    assert words("head-jp") == ["Give the floor Give", "Take off the list Take off"]


@pytest.mark.parametrize(("name", "initials"), [
    ("Joseph R. Biden, Jr.", "JB"), ("Toshimitsu Motegi", "TM"), ("Charles III", "C"), ("", "U"),
])  # fmt: skip
def test_a_tile_without_a_picture_has_the_initials_of_name_and_surname(name, initials):
    assert Face("US", name, "", observer=False, chairs=False).initials == initials
