"""A summit of six presidents, from the first administrator to the published record, by visible controls alone.

Nine people: an administrator, a secretary, six presidents, and somebody who reads what was published. They know the
words of the task (`words_of_the_task.py`) and find everything else on the pages. They type the address of the site and
those in letters. The server's clock is moved to the day of the summit, and over the end of the silence.
"""

import re
import subprocess
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Error
from tests.browser import words_of_the_task as words
from tests.browser.bounded_waiting import until
from tests.browser.by_visible_controls import Person
from tests.browser.conftest import start_server

pytestmark = pytest.mark.browser

FORMAT, SUMMIT, DECLARATION = "C5+1 diplomatic platform", "Third C5+1 Presidential Summit", "New York Declaration"
HOST = "United States"
PRESIDENTS = {
    "United States": "Robert Hale",
    "Kazakhstan": "Aidar Nurlanov",
    "Kyrgyz Republic": "Bakyt Osmonov",
    "Tajikistan": "Firuz Rahimov",
    "Turkmenistan": "Merdan Atayev",
    "Uzbekistan": "Rustam Karimov",
}
GIVER, PROPOSER = "Kazakhstan", "Uzbekistan"
SUBJECT = "Engineers, and who is to train them"
GRANT, AMOUNT = "Scholarships for a hundred engineers", "up to 5 million US dollars"
DRAFT = """The Presidents of the six states,

1. Welcomed the scholarships of Kazakhstan.

2. Agreed to meet again in 2027."""
MOST_CLICKS = 26
"""Clicks from the first administrator's letter to a released meeting with six seats taken, each with a passkey."""


class Summit:
    """The server, its clock, and whoever has come."""

    def __init__(self, folder, record, chromium):
        self.clock, self.chromium, self.people = folder / "clock", chromium, []
        self.served = start_server(folder, record, SUHBAT_REHEARSAL="0", SUHBAT_CLOCK_FILE=str(self.clock))
        self.clicks_until_seated = 0
        self.opens = (datetime.now(ZoneInfo("America/New_York")) + timedelta(days=7)).replace(hour=10, minute=0)

    def person(self, name, *, media=False):
        self.people.append(Person(self.chromium, name, self.served.url, media=media))
        return self.people[-1]

    def administrator(self):
        """As the administrators' guide says: one command prints a letter."""
        name = "Alma Administrator"
        command = [sys.executable, "-m", "suhbat.command", "people", "administrator", name]
        done = subprocess.run(command, env=self.served.environment, capture_output=True, text=True, check=True)
        made = self.person(name)
        takes_the_seat(made, re.search(r"http\S+", done.stdout)[0])
        return made

    def at(self, moment):
        """Move the clock to a moment that lies ahead."""
        ahead = moment - datetime.now(moment.tzinfo)
        self.clock.write_text(str(ahead.total_seconds()))

    @property
    def clicks(self):
        return sum(each.clicks for each in self.people)

    def close(self):
        for each in self.people:
            each.close()
        self.served.close()


@pytest.fixture
def summit(tmp_path, record_folder, chromium):
    made = Summit(tmp_path, record_folder, chromium)
    yield made
    made.close()


def test_six_presidents_meet_in_text_and_their_record_is_published(summit, record_property):
    is_held(summit, on_camera=(), speakers=("Kazakhstan",), signatories=(HOST,))
    record_property("clicks to a released meeting with six seats taken", summit.clicks_until_seated)
    assert summit.clicks_until_seated <= MOST_CLICKS


@pytest.mark.long
@pytest.mark.alone
def test_two_on_camera_and_four_without_all_speak_and_sign_and_the_server_notes_that_the_silence_held(summit):
    is_held(
        summit, on_camera=("United States", "Kazakhstan"), speakers=tuple(PRESIDENTS), signatories=tuple(PRESIDENTS)
    )


def is_held(summit, on_camera, speakers, signatories):
    secretary, presidents = the_summit_is_convened(summit, on_camera)
    an_agenda_is_released(secretary)
    a_text_is_opened(secretary)
    they_come_to_the_room(summit, presidents, on_camera)
    the_meeting_is_opened(presidents)
    they_see_each_other(presidents, on_camera)
    for state in speakers:
        takes_the_floor(presidents, state)
        if state == GIVER:
            a_grant_is_pledged(presidents)
        presidents[state].press(words.END_TURN_OF.format(state) if state == HOST else words.END_TURN)
    the_text_is_negotiated(secretary, presidents)
    deadline = the_text_is_put_under_silence(summit, secretary)
    the_meeting_is_closed(presidents)
    the_grant_is_confirmed(presidents)
    summit.at(deadline + timedelta(minutes=1))
    the_silence_has_held(presidents, by_the_server=on_camera != ())
    the_declaration_is_signed(presidents, signatories)
    the_record_is_agreed_and_published(secretary, presidents)
    anyone_reads_what_came_of_it(summit)
    assert [each.faults for each in summit.people] == [[]] * len(summit.people)


# --- before the meeting ---------------------------------------------------------------------------------------------


def takes_the_seat(person, letter):
    person.open(letter)
    person.press(words.TAKE_SEAT)
    person.fill_in(words.DEVICE, "Telephone")
    person.press(words.KEEP_PASSKEY)
    person.sees_no_more(words.KEEP_PASSKEY)


def the_summit_is_convened(summit, on_camera):
    secretary = a_secretary_is_appointed(summit)
    convenes(summit, secretary)
    letters = invites_six_presidents(secretary)
    presidents = {}
    for state, name in PRESIDENTS.items():
        presidents[state] = summit.person(name, media=state in on_camera)
        takes_the_seat(presidents[state], letters[state])
    summit.clicks_until_seated = summit.clicks
    return secretary, presidents


def a_secretary_is_appointed(summit):
    administrator, name = summit.administrator(), "Saida Secretary"
    administrator.follow(words.APPOINT.format(FORMAT))
    administrator.fill_in(words.NAME, name)
    administrator.press(words.MAKE_LETTER)
    secretary = summit.person(name)
    takes_the_seat(secretary, administrator.letter_for(name))
    return secretary


def convenes(summit, secretary):
    secretary.follow(words.CONVENE)
    secretary.fill_in(words.TITLE, SUMMIT)
    secretary.choose(words.LEVEL, words.SUMMIT)
    secretary.at(words.OPENS, summit.opens)
    secretary.at(words.CLOSES, summit.opens + timedelta(hours=2))
    secretary.choose(words.MODE, words.BY_VIDEO)
    secretary.choose(words.CHAIR, HOST)
    secretary.press(words.AS_DRAFT)
    secretary.press(words.RELEASE)
    secretary.reads(words.RELEASED)


def invites_six_presidents(secretary):
    """All at once, as rows out of a spreadsheet; the letters are handed over."""
    rows = [f"{name}\tPresident\thead\t{state}" for state, name in PRESIDENTS.items()]
    secretary.press(words.INVITE_MANY)
    secretary.fill_in(words.ROWS, "\n".join(["Name\tOffice\tRole\tDelegation", *rows]))
    secretary.press(words.LOOK)
    secretary.choose(words.LANGUAGE, "English")
    secretary.press(words.INVITE_ALL)
    return {state: secretary.letter_for(name) for state, name in PRESIDENTS.items()}


def an_agenda_is_released(secretary):
    secretary.follow(words.BACK_TO_LIST)
    secretary.follow(words.TAB_DESK)
    secretary.unfold(words.ADD_ITEM)
    secretary.fill_in(words.TITLE, SUBJECT)
    secretary.press(words.ADD_IT)
    secretary.press(words.RELEASE_AGENDA)
    secretary.press(words.RELEASE_AGENDA)


def a_text_is_opened(secretary):
    secretary.follow(words.ALL_TEXTS)
    secretary.fill_in(words.TITLE, DECLARATION)
    secretary.fill_in(words.PARAGRAPHS, DRAFT)
    secretary.press(words.OPEN_TEXT)
    secretary.reads("Agreed to meet again in 2027.")


# --- in the room ----------------------------------------------------------------------------------------------------


def they_come_to_the_room(summit, presidents, on_camera):
    summit.at(summit.opens - timedelta(minutes=10))
    for state, each in presidents.items():
        each.follow(words.GO_TO_MEETING)
        each.follow(words.CHECK)
        if state in on_camera:
            each.choose(words.SIZE, words.VERY_SMALL)
        each.follow(words.JOIN if state in on_camera else words.JOIN_IN_TEXT)


def the_meeting_is_opened(presidents):
    presidents[HOST].press(words.OPEN_MEETING)
    for each in presidents.values():
        each.reads(words.OPENED)
    presidents[HOST].press(words.OPEN_ITEM)


def takes_the_floor(presidents, state):
    presidents[state].press(words.ASK)
    presidents[HOST].press(f"{words.GIVE} {state}")


def they_see_each_other(presidents, on_camera):
    """Whoever is on camera sees the others who are, and their pictures move."""
    for state in on_camera:
        for other in set(on_camera) - {state}:
            picture = presidents[state].page.get_by_label(words.PICTURE.format(other))
            until(f"{state} sees {other}", lambda picture=picture: picture.evaluate("e => e.videoWidth"), 60)
            shown = picture.evaluate("e => e.currentTime")
            until("the picture moves", lambda picture=picture, at=shown: picture.evaluate("e => e.currentTime") > at)


def a_grant_is_pledged(presidents):
    giver = presidents[GIVER]
    giver.follow(words.OUTCOMES)
    giver.unfold(words.PLEDGE)
    giver.fill_in(words.WHAT, GRANT)
    for state in ("Kyrgyz Republic", "Tajikistan", "Turkmenistan", "Uzbekistan"):
        giver.tick(state)
    giver.fill_in(words.AS_SAID, AMOUNT)
    giver.fill_in(words.FIGURES, "5000000")
    giver.choose(words.CURRENCY, "USD · US dollar")
    giver.choose(words.PRECISION, "up to")
    giver.press(words.PLEDGE)
    for each in presidents.values():
        each.reads(f"{GRANT}, {AMOUNT}")


def turns_to_the_text(person):
    person.follow(words.TEXTS)
    person.follow(DECLARATION)


def the_text_is_negotiated(secretary, presidents):
    """Uzbekistan asks for other words, the others support them, and the desk takes them in."""
    host_of_the_next = presidents[PROPOSER]
    turns_to_the_text(host_of_the_next)
    host_of_the_next.follow(words.AT_PARAGRAPH.format(2))
    host_of_the_next.fill_in(words.OWN_WORDS, "Agreed to meet again in Tashkent in 2027.")
    host_of_the_next.press(words.PROPOSE)
    for state in set(PRESIDENTS) - {PROPOSER}:
        turns_to_the_text(presidents[state])
        presidents[state].press(words.SUPPORT)
    secretary.follow(words.AT_PARAGRAPH.format(2))
    secretary.press(words.TAKE_IN)
    secretary.follow(DECLARATION)


def returns_to_the_room(person):
    person.follow(words.BACK)


def the_text_is_put_under_silence(summit, secretary):
    deadline = summit.opens + timedelta(days=3)
    secretary.press(words.SILENCE)
    secretary.at(words.DEADLINE, deadline)
    secretary.press(words.SILENCE)
    secretary.tick(words.DEADLINE_IS_MEANT)  # it is evening in five capitals
    secretary.press(words.SILENCE)
    secretary.reads(words.UNDER_SILENCE)
    return deadline


def the_meeting_is_closed(presidents):
    chair = presidents[HOST]
    returns_to_the_room(chair)
    chair.press(words.CLOSE_MEETING)
    chair.reads(words.CLOSED)


# --- after it -------------------------------------------------------------------------------------------------------


def the_grant_is_confirmed(presidents):
    giver = presidents[GIVER]
    giver.follow(words.OUTCOMES)
    giver.press(words.CONFIRM)
    giver.reads("confirmed")


def the_silence_has_held(presidents, *, by_the_server):
    """The server notes it by itself, within half a minute of its own clock; the chair need not wait for it."""
    chair = presidents[HOST]
    turns_to_the_text(chair)
    if not by_the_server and chair.sees(words.SILENCE_HELD):
        with suppress(Error):  # the server was first, and the page shows it
            chair.press(words.SILENCE_HELD)
    until("it is adopted", lambda: words.ADOPTED in chair.text or turned_again_to_the_text(chair), 90, every=5)
    chair.reads(words.ADOPTED)


def turned_again_to_the_text(person):
    """Look at the page once more."""
    turns_to_the_text(person)
    return words.ADOPTED in person.text


def the_declaration_is_signed(presidents, signatories):
    chair = presidents[HOST]
    for state in signatories:
        if presidents[state] is not chair:
            turns_to_the_text(presidents[state])
        unsigned = presidents[state].text.count(words.NOT_SIGNED)
        presidents[state].press(words.SIGN)
        until("the signature stands", lambda one=presidents[state]: one.text.count(words.NOT_SIGNED) < unsigned)  # noqa: B023
    chair.press(words.PUBLISH_TEXT)


def the_record_is_agreed_and_published(secretary, presidents):
    for state, each in presidents.items():
        each.follow(words.RECORD)
        each.press(f"{state} {words.AGREE}")
    secretary.follow(words.RECORD)
    secretary.press(words.PUBLISH_RECORD)


def anyone_reads_what_came_of_it(summit):
    reader = summit.person("Anyone")
    reader.open(summit.served.url)
    reader.follow("Formats")
    reader.follow(FORMAT)
    reader.follow(summit.opens.strftime("%-d %B %Y"))
    reader.reads(SUMMIT, GRANT, "up to", *PRESIDENTS, *PRESIDENTS.values())
    reader.follow(DECLARATION)
    reader.reads("Agreed to meet again in Tashkent in 2027.")
