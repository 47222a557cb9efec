"""Whoever loses the seat or the sign-in is out of the conference at once, on every screen, and is told by whom."""

import re

import pytest
from tests.browser.bounded_waiting import until
from tests.browser.conftest import Room, start_server
from tests.browser.test_device_and_network_failures import chair_does, connected, seen_as, speaks

from suhbat.people.rehearsal_seats import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.alone]

AT_ONCE = 8
"""Seconds: far less than the minute for which a line that is merely lost is waited for."""
SMALL, LARGE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def room(tmp_path_factory, record_folder, chromium):
    """One conference for all tests of this file, with Japan in the chair and Uzbekistan."""
    server = start_server(tmp_path_factory.mktemp("put-out"), record_folder)
    made = Room(server, chromium)
    japan = made.bring("JP")
    japan.press("Open the meeting")
    japan.press("Open the first item")
    made.bring("UZ")
    yield made
    made.close()
    server.close()


@pytest.fixture
def elsewhere(room):
    """Open a first address in a browser that is not in the room: signed in as a person, or as nobody yet."""
    opened = []

    def go(address, person=""):
        context = room.browser.new_context(base_url=room.served.url, viewport=SMALL)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if person:
            room.served.sign_in(context, person)
        page.goto(address)
        return page

    yield go
    for each in opened:
        each.close()


@pytest.fixture
def conferring(room):
    """Kazakhstan comes, in a new browser. It sees the other two and is seen by them, and it is heard."""
    kazakhstan = room.bring("KZ")
    for each in room.everyone:
        each.moving(2)
    speaks(room, "JP")  # whoever has the floor from the test before is not given it again
    speaks(room, "KZ")
    for state in ("JP", "UZ"):
        until(f"{state} hears Kazakhstan", lambda who=room.by_state[state]: who.ask("probe.voices()").get("KZ"))
    yield room
    kazakhstan.close()
    del room.by_state["KZ"]


def the_seat_is_ended(room, elsewhere):
    """By the secretariat, whose name is told."""
    page = of_the_seat(room, elsewhere)
    page.get_by_role("button", name="End the seat").click()
    page.get_by_role("heading", name="People and seats").wait_for()
    return "Your seat here was ended by Secretariat. Camera and microphone are off."


def a_new_letter_is_used(room, elsewhere):
    page = of_the_seat(room, elsewhere)
    page.get_by_role("button", name="Give a new letter").click()
    other = elsewhere(page.get_by_role("button", name="Copy the link").get_attribute("data-copy"))
    other.get_by_role("button", name="Come in").click()
    other.get_by_role("heading", name="Welcome").wait_for()
    return (
        "A new letter for your seat was used on another device. Camera and microphone are off here. "
        "If that was not you, tell the secretariat."
    )


def of_the_seat(room, elsewhere):
    """The secretariat's page of people, with what can be done about the head of Kazakhstan's delegation unfolded."""
    page = elsewhere("/me", sit_down(room.served.app.door, room.meeting, "secretariat").id)
    page.get_by_role("link", name="To the desk").click()
    page.get_by_role("link", name="People", exact=True).click()
    row = page.get_by_role("region", name="Kazakhstan").get_by_role("listitem").first
    row.locator("summary").click()
    return page


def of_the_telephone(room, elsewhere):
    """The own page on Kazakhstan's telephone, which is signed in by the link on the own page beside the room."""
    beside = room.by_state["KZ"].context.new_page()
    beside.goto(f"{room.served.url}/me")
    beside.get_by_role("link", name="Sign in on your telephone").click()
    page = elsewhere(beside.get_by_text("/phone/").inner_text())
    beside.close()
    page.get_by_role("button", name="Sign in on this device").click()
    page.get_by_role("heading", name="Your devices").wait_for()
    return page


def the_seat_is_given_up(room, elsewhere):
    page = of_the_telephone(room, elsewhere)
    page.get_by_text("Give up", exact=True).click()
    page.get_by_role("button", name="Give up this seat").click()
    page.get_by_text("You hold no seat at the moment.").wait_for()
    return "Your seat here has ended. Camera and microphone are off."


def the_lost_device_is_removed(room, elsewhere):
    """By the same person, on another device that has a passkey."""
    page = of_the_telephone(room, elsewhere)
    keeps_passkeys(page)
    page.get_by_role("button", name="Create a passkey on this device").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Rename"))
    row.locator("summary").click()
    row.get_by_role("button", name="Remove this device").click()
    page.get_by_text("No passkey yet.").wait_for()
    return "You are signed out here. Camera and microphone are off."


def keeps_passkeys(page):
    """A browser with an authenticator of its own, as on a telephone."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def all_is_signed_out(room, elsewhere):
    page = of_the_telephone(room, elsewhere)
    page.get_by_role("button", name="Sign out everywhere").click()
    page.wait_for_url("**/sign-in")
    return "You are signed out here. Camera and microphone are off."


@pytest.mark.parametrize(
    "deed",
    [the_seat_is_ended, a_new_letter_is_used, the_lost_device_is_removed, the_seat_is_given_up, all_is_signed_out],
)
def test_who_is_put_out_is_out_at_once_with_picture_and_sound_and_is_told_why(deed, conferring, elsewhere):
    kazakhstan = conferring.by_state["KZ"]
    told = deed(conferring, elsewhere)
    others = [conferring.by_state[state] for state in ("JP", "UZ")]
    for each in others:
        until(f"{each.state} is rid of Kazakhstan", lambda who=each: is_rid_of(who, "KZ"), AT_ONCE)
    sends_and_receives_nothing(kazakhstan)
    is_told(kazakhstan, told)
    for each in others:
        each.moving(1)  # the two who stay go on seeing each other
    extended = chair_does(conferring, "floor.extended", seconds=60)
    until("the record goes on for the others", lambda: all(extended in each.entries() for each in others))
    assert extended not in kazakhstan.entries()
    can_do_nothing_more(kazakhstan)
    assert [each.faults for each in conferring.everyone] == [[], [], []]


def test_who_loses_the_seat_while_the_line_is_away_is_told_on_coming_back(conferring):
    kazakhstan = conferring.by_state["KZ"]
    kazakhstan.context.set_offline(True)  # the line to the server; picture and sound go on between the browsers
    others = [conferring.by_state[state] for state in ("JP", "UZ")]
    for each in others:
        until("its line is gone", lambda who=each: "KZ" not in who.ask("probe.here"))
    door = conferring.served.app.door
    (seat,) = [each.id for each in sit_down(door, conferring.meeting, "KZ").seats]
    secretariat = sit_down(door, conferring.meeting, "secretariat")
    door.perform(secretariat, "seat.vacated", {"meeting": conferring.meeting, "seat": seat})
    kazakhstan.context.set_offline(False)
    until("its connections are closed", lambda: kazakhstan.ask("probe.open().length") == 0)
    sends_and_receives_nothing(kazakhstan)
    is_told(kazakhstan, "Your seat here has ended. Camera and microphone are off.")
    for each in others:
        until(f"{each.state} is rid of Kazakhstan", lambda who=each: is_rid_of(who, "KZ"))


def is_rid_of(who, state):
    """Neither picture nor sound of it, and the tile says that nobody is there."""
    shown = f"document.querySelector(\".tile[data-delegation='{state}'] video\").srcObject !== null"
    return (
        connected(who) == 1
        and state not in who.ask("probe.voices()")
        and not who.ask(shown)
        and seen_as(who, state) == "not here"
    )


def sends_and_receives_nothing(who):
    until("its connections are closed", lambda: who.ask("probe.open().length") == 0, AT_ONCE)
    assert who.ask("probe.tracks.length") >= 2, "it had a camera and a microphone"
    assert who.ask("probe.live()") == [], "camera and microphone are off"
    assert who.ask("probe.voices()") == {}
    assert who.ask("[...document.querySelectorAll('.tile video')].filter((each) => each.srcObject).length") == 0


def is_told(who, words):
    notice = who.page.get_by_role("alert").filter(has=who.page.get_by_role("link", name="To your own page"))
    assert notice.locator("p").inner_text() == words
    for size in (SMALL, LARGE):
        who.page.set_viewport_size(size)
        who.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert notice.is_visible()
    assert who.page.get_by_text("The line is back").count() == 0
    assert who.page.get_by_text("line lost, coming back").count() == 0


def can_do_nothing_more(who):
    """No button is left that would only be refused, nor one that turns the camera on again; the way out works."""
    usable = who.page.locator("main button:visible, footer button:visible").filter(visible=True)
    assert [each.inner_text() for each in usable.all() if not each.evaluate("e => !!e.closest('[inert]')")] == []
    asked = who.ask("probe.asked")
    who.ask("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")  # a headset is plugged in
    assert who.ask("probe.asked") == asked, "camera and microphone are not asked for again"
    assert who.page.locator("[data-clock]").count() == 0, "no clock runs down to nothing"
    assert who.ask("document.activeElement.textContent") == "To your own page"
    who.page.keyboard.press("Enter")
    who.page.wait_for_url(re.compile(r"/me$|/sign-in\?then=/me$"))
