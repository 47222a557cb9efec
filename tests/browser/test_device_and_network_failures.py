"""What happens to ministers on the road: no camera, sound alone, a page loaded anew, no network, a laptop asleep."""

import pytest
from tests.browser.bounded_waiting import until
from tests.browser.conftest import AWAY, Room, start_server
from tests.browser.sleeping_laptop import Laptop

from suhbat.people.rehearsal_seats import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.alone]


@pytest.fixture(scope="module")
def room(tmp_path_factory, record_folder, chromium):
    """One conference for all tests of this file, with Japan in the chair and Kazakhstan; the first item is open."""
    server = start_server(tmp_path_factory.mktemp("mishaps"), record_folder)
    made = Room(server, chromium)
    japan = made.bring("JP")
    japan.press("Open the meeting")
    japan.press("Open the first item")
    made.bring("KZ").moving(1)
    yield made
    made.close()
    server.close()


@pytest.fixture
def three(room):
    """The conference, with the floor at Japan. Uzbekistan joins in each test, and leaves at its end."""
    speaks(room, "KZ")  # whoever has the floor from the test before is not given it again
    speaks(room, "JP")
    yield room
    room.by_state.pop("UZ").close()


@pytest.fixture
def laptop(chromium):
    made = Laptop(chromium)
    yield made
    made.close()


def seen_as(who, state: str) -> str:
    """What the tile of a delegation says, on somebody's screen."""
    return str(who.ask("probe.tiles()")[state]["words"])


def connected(who) -> int:
    """How many connections carry something at this moment."""
    return sum(each["state"] == "connected" for each in who.report())


def given_up(who) -> int:
    """How many connections have failed or were closed."""
    return int(who.ask("probe.all.filter((each) => ['failed', 'closed'].includes(each.connectionState)).length"))


def pictures(who) -> int:
    """How many remote pictures move: frames decoded rise within a second."""
    before = {each["id"]: each["frames"] for each in who.report()}
    who.page.wait_for_timeout(1_000)
    return sum(each["frames"] > before.get(each["id"], 0) for each in who.report())


def test_who_refuses_camera_and_microphone_takes_part_all_the_same(three):
    uzbekistan = three.make("UZ")
    uzbekistan.context.add_init_script("window.probe.refused = true")
    uzbekistan.follow("Join the meeting")
    until("the refusal is told", lambda: "not allowed" in uzbekistan.page.locator("body").inner_text(), 20)
    uzbekistan.moving(2)  # it sees the others
    asks_for_the_floor(three, uzbekistan)
    speaks(three, "UZ")
    until("it has the floor", lambda: three.by_state["KZ"].ask(
        "document.querySelector('.tile[data-large]').dataset.delegation") == "UZ")  # fmt: skip
    assert uzbekistan.faults == []


def test_sound_alone_is_a_full_way_to_take_part(three):
    uzbekistan = three.bring("UZ", mode="sound")
    uzbekistan.moving(2)
    asks_for_the_floor(three, uzbekistan)
    speaks(three, "UZ")
    listener = three.by_state["KZ"]
    until("it is heard", lambda: listener.ask("probe.voices()").get("UZ") is True)
    before = sum(each["energy"] for each in listener.report())
    until("its sound has life in it", lambda: sum(each["energy"] for each in listener.report()) > before + 0.001)
    until("the chair's picture alone moves", lambda: pictures(listener) == 1, 30)
    assert "sound" in seen_as(listener, "UZ").lower()


def test_a_page_loaded_anew_takes_the_place_of_the_old_one(three):
    uzbekistan = three.bring("UZ")
    uzbekistan.moving(2)
    for _ in range(3):
        uzbekistan.page.reload()
    uzbekistan.moving(2)
    for state in ("JP", "KZ"):
        three.by_state[state].moving(2)  # as many open connections as others are there: no ghost is left
        assert len(three.by_state[state].report()) == 2


def test_a_cut_line_comes_back_with_record_and_pictures(three, laptop):
    """The network of one machine is gone, for its pages and for its video alike, until the others notice."""
    uzbekistan = brought_on(three, laptop)
    before = japan_and_kazakhstan(three)
    with laptop.cut_off():
        missed = [acts(three, seconds=n) for n in range(1, 4)]
        until("its pictures are missed", lambda: connected(three.by_state["KZ"]) == 1)
        assert not set(missed) & set(uzbekistan.entries())
    comes_back(three, uzbekistan, missed)
    assert japan_and_kazakhstan(three) == before, "nobody else's picture was shaken"


def test_a_laptop_that_slept_comes_back_with_record_and_pictures(three, laptop):
    """For longer than browsers keep a silent connection."""
    uzbekistan = brought_on(three, laptop)
    others = [three.by_state["JP"], three.by_state["KZ"]]
    before = {each.state: given_up(each) for each in others}
    with laptop.asleep():
        missed = [acts(three, seconds=n) for n in range(1, 4)]
        until("it is seen to be away", lambda: seen_as(three.by_state["JP"], "UZ") in AWAY, 60)
        for each in others:
            until(f"{each.state}'s browser gives it up", lambda who=each: given_up(who) > before[who.state], 60)
    comes_back(three, uzbekistan, missed)


def asks_for_the_floor(room, uzbekistan) -> None:
    """Until the chair sees one more line about it."""
    lines = room.by_state["JP"].page.locator("[data-number]", has_text="Uzbekistan")
    before = lines.count()
    uzbekistan.press("Ask for the floor")
    until("the chair sees the request", lambda: lines.count() > before)


def brought_on(room, laptop):
    """Uzbekistan joins on a machine of its own."""
    shared, room.browser = room.browser, laptop.browser
    uzbekistan = room.bring("UZ")
    room.browser = shared
    uzbekistan.moving(2)
    return uzbekistan


def japan_and_kazakhstan(room) -> list[str]:
    """How the connection between those two fares, as Kazakhstan's browser sees it: its first."""
    return list(room.by_state["KZ"].ask("probe.all.map(each => each.connectionState)")[:1])


def chair_does(room, act: str, **inputs) -> int:
    door = room.served.app.door
    japan = sit_down(door, room.meeting, "JP")
    return int(door.perform(japan, act, {"meeting": room.meeting, **inputs}).entry.number)


def speaks(room, state: str) -> None:
    chair_does(room, "floor.given", delegation=state)


def acts(room, **inputs) -> int:
    return chair_does(room, "floor.extended", **inputs)


def comes_back(room, who, missed: list[int]) -> None:
    until("nothing is missing", lambda: set(missed) <= set(who.entries()), 60)
    assert who.entries() == who.all_entries()
    for each in room.everyone:
        each.moving(2, 90)
    assert who.faults == []
