"""A refused form comes back on the page on which it stood: what was entered is there, and each fault at its field."""

import re
from typing import Any

import lxml.html
import pytest
from tests.pressed_buttons import Typed, follow, path_of, press

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.refusals import Refused

FAULTY: Typed = {"title": "The fourth meeting", "opens": "2027-08-11T18:00", "closes": "2027-08-11T16:00",
                 "city": "Dushanbe", "country": None, "mode": "in-person", "level": "ministerial"}  # fmt: skip


@pytest.fixture
def talks(app, convene):
    return convene(app, observers=["US"])


@pytest.fixture
def secretariat(talks, signed_in, sit):
    return signed_in(sit(Role.SECRETARIAT, talks.meeting))


def focused(page):
    tree: Any = lxml.html.document_fromstring(page.text)
    (element,) = tree.xpath("//*[@autofocus]")
    return element


def test_a_refused_convocation_stays_on_its_page_with_clocks_and_left_over_items(secretariat):
    form = follow(secretariat, secretariat.get("/formats/ca-japan"), "Convene the next meeting")
    page = press(secretariat, form, "meeting.convened", **FAULTY, delegations=["JP", "UZ"], observers=None)
    assert page.status_code == 422
    assert "Local times" in page.text
    assert 'value="The fourth meeting"' in page.text
    assert 'value="Dushanbe"' in page.text
    assert "This ends before it begins" in page.text or "ends before it begins" in page.text
    assert "A meeting in a place has a place." in page.text
    assert re.search(r'name="delegations"\s+value="UZ" checked', page.text)
    assert not re.search(r'name="delegations"\s+value="KZ" checked', page.text)
    assert not re.search(r'name="observers"\s+value="US" checked', page.text)
    assert focused(page).get("name") in {"closes", "country"}
    done = press(secretariat, page, "meeting.convened", closes="2027-08-11T20:00", country="TJ")
    assert path_of(done).endswith("-the-fourth-meeting/desk")


def test_the_same_in_the_language_of_the_page(secretariat):
    form = secretariat.get("/ru/formats/ca-japan/convene")
    page = press(secretariat, form, "meeting.convened", **FAULTY)
    assert page.status_code == 422
    assert 'value="The fourth meeting"' in page.text
    assert "fault" in page.text


def test_a_fault_in_a_fold_opens_it(talks, secretariat):
    desk = secretariat.get(f"/meetings/{talks.meeting}/desk")
    page = press(secretariat, desk, "agenda.item_added", title="", note="A word on it")
    assert page.status_code == 422
    assert "Special video conference" in page.text
    assert "A word on it" in page.text
    fault = focused(page)
    assert fault.get("name") == "title"
    assert all(fold.get("open") is not None for fold in fault.iterancestors("details"))


def test_a_button_that_comes_too_late_says_so_on_its_page(app, talks, secretariat):
    before = secretariat.get("/formats/ca-japan")
    assert "/acts/format.published" not in before.text
    draft = press(
        secretariat, follow(secretariat, before, "Convene the next meeting"), "meeting.convened",
        title="One more", opens="2027-08-11T16:00", closes="2027-08-11T18:00", mode="video",
    )  # fmt: skip
    press(secretariat, secretariat.get(path_of(draft)), "meeting.released")
    late = press(secretariat, draft, "meeting.released")
    assert late.status_code == 409
    assert "It has been released already." in late.text
    assert "Local times" in late.text


def test_a_form_whose_page_is_gone_comes_back_alone_with_what_was_entered(talks, secretariat):
    answer = secretariat.post(
        "/acts/meeting.convened", data={"format": "ca-japan", "title": "Kept words"},
        headers={"referer": "http://localhost:8000/formats/nowhere/convene"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert 'value="Kept words"' in answer.text
    foreign = secretariat.post(
        "/acts/meeting.convened", data={"format": "ca-japan", "title": "Kept words"},
        headers={"referer": "https://elsewhere.example/formats/ca-japan/convene"},
    )  # fmt: skip
    assert 'value="Kept words"' in foreign.text


def test_what_another_viewer_may_not_see_is_not_drawn_for_a_refused_one(app, talks, signed_in, sit):
    """The page is asked for as the person who sent the form, with the rights of that moment."""
    browser = signed_in(sit(Role.HEAD, talks.meeting, "KZ"))
    answer = browser.post(
        "/acts/meeting.convened", data={"format": "ca-japan", "title": "Kept words"},
        headers={"referer": "http://localhost:8000/formats/ca-japan/convene"},
    )  # fmt: skip
    assert answer.status_code in {403, 422}
    assert "In the chair so far" not in answer.text
    with pytest.raises(Refused):
        app.door.perform(talks.heads["KZ"], "meeting.convened", {"format": "ca-japan"})
