"""A server of two processes holds a meeting, in text or by video: what one process does the other shows at once."""

import pytest
from sqlalchemy import select
from tests.browser.bounded_waiting import until
from tests.browser.conftest import Room, start_server
from tests.browser.test_device_and_network_failures import chair_does

from suhbat.people.rehearsal_seats import sit_down
from suhbat.record.models import OpenLine

pytestmark = pytest.mark.browser

WHY = "Meetings are held in text here: this server carries no picture and no sound."


@pytest.fixture
def text_room(tmp_path, record_folder, chromium):
    """The conference staged in a server of two processes."""
    served = start_server(tmp_path, record_folder, "--workers", "2", "--no-video")
    room = Room(served, chromium)
    yield room
    room.close()
    served.close()


def test_a_meeting_in_text_is_held_across_two_processes(text_room):
    japan, kazakhstan = text_room.make("JP"), text_room.make("KZ")
    for each in (japan, kazakhstan):
        assert each.page.url == text_room.served.url + text_room.path("/room"), "there are no devices to be checked"
    come_by_different_processes(text_room, japan, kazakhstan)
    for each in (japan, kazakhstan):
        no_video_is_offered(each)
    the_meeting_is_held(japan, kazakhstan)
    for each in (japan, kazakhstan):
        no_video_is_offered(each)
    whoever_loses_the_seat_is_told(text_room, kazakhstan)
    assert [each.faults for each in text_room.everyone] == [[], []]


@pytest.mark.alone
def test_picture_and_sound_find_their_way_between_two_servers(tmp_path, record_folder, chromium):
    served = start_server(tmp_path, record_folder)
    (tmp_path / "second").mkdir()
    second = served.beside(tmp_path / "second")
    second.start()
    room = Room(served, chromium)
    try:
        japan = room.bring("JP")
        room.served = second
        kazakhstan = room.bring("KZ")
        japan.press("Open the meeting")
        for each in (japan, kazakhstan):
            each.moving(1)
        assert [each.faults for each in room.everyone] == [[], []]
    finally:
        room.close()
        second.close()
        served.close()


def come_by_different_processes(room, one, other):
    """Load the page of the other again until it is served by the process that does not hold the line of the first."""
    until("the first has a line", lambda: one.state in one.ask("probe.here"))

    def apart():
        other.page.reload()
        until("the other has a line", lambda: other.state in other.ask("probe.here"))
        with room.served.app.database.reading() as session:
            return len(set(session.scalars(select(OpenLine.worker).where(OpenLine.open)))) == 2

    until("they are held by two processes", apart)
    for each in (one, other):
        until("each sees both", lambda who=each: {one.state, other.state} <= set(who.ask("probe.here")))


def no_video_is_offered(who):
    page = who.page
    assert page.get_by_text(WHY).is_visible()
    for name in ("Microphone", "Camera"):
        assert page.get_by_role("button", name=name, exact=True).count() == 0
    assert page.locator("a[href*='/room/check']").count() == 0
    assert page.locator("video:visible").count() == 0
    for words in ("not here", "awaited", "without media", "Check camera and microphone"):
        assert page.get_by_text(words, exact=True).count() == 0, words
    assert who.ask("[probe.made(), probe.asked]") == [0, 0], "no connection, and neither camera nor microphone"


def the_meeting_is_held(chair, delegate):
    """Each presses what the other has brought about."""
    chair.press("Open the meeting")
    delegate.page.get_by_text("in session", exact=True).wait_for()
    chair.press("Open the first item")
    delegate.press("Ask for the floor")
    chair.press("Give the floor to Kazakhstan")
    delegate.press("End my turn")
    chair.page.get_by_text("Nobody has the floor", exact=True).wait_for()
    for each in (chair, delegate):
        until(f"{each.state} misses nothing", lambda who=each: who.entries() == who.all_entries())


def whoever_loses_the_seat_is_told(room, who):
    """The act is kept by a third process: ours."""
    secretariat = sit_down(room.served.app.door, room.meeting, "secretariat")
    (seat,) = [each.id for each in sit_down(room.served.app.door, room.meeting, who.state).seats]
    room.served.app.door.perform(secretariat, "seat.vacated", {"meeting": room.meeting, "seat": seat})
    who.page.get_by_text("Your seat here was ended by Secretariat.").wait_for()
    kept = chair_does(room, "list.closed")
    until("it goes on for the chair", lambda: kept in room.by_state["JP"].entries())
    assert kept not in who.entries()
