"""Six ministers hold the conference of 11 August 2020 by video, in six browsers, through every mishap."""

import itertools
import json

import pytest
from tests.browser.bounded_waiting import until
from tests.browser.conftest import AWAY, STATES

from suhbat.people.rehearsal_seats import sit_down
from suhbat.record.reading import of_place
from suhbat.record.verification import verify

pytestmark = [pytest.mark.browser, pytest.mark.alone]

PLEDGE = "Grants for medical equipment"


def test_the_conference_is_held_from_the_check_of_devices_to_the_public_page(room):
    join_through_the_check(room)
    japan = room.by_state["JP"]
    japan.press("Open the meeting")
    for each in room.everyone:
        each.moving(5)
    japan.press("Open the first item")
    the_floor_passes_through_all_six(room)
    a_pledge_of_japan_appears_in_every_record(room)
    one_is_cut_off_and_misses_nothing(room)
    the_server_is_killed_and_the_room_recovers_by_itself(room)
    assert [each.faults for each in room.everyone] == [[]] * 6
    the_meeting_is_closed_and_its_page_tells_it(room)


def join_through_the_check(room):
    for state in STATES:
        room.make(state).follow("Join the meeting")
    for each in room.everyone:
        until(f"{each.state} waits in the lobby", lambda who=each: who.ask("probe.made()") == 0)
        until("everyone is seen to be there", lambda who=each: "not here" not in words(who).values())


def words(who):
    return {state: tile["words"] for state, tile in who.ask("probe.tiles()").items()}


def the_floor_passes_through_all_six(room):
    japan = room.by_state["JP"]
    for state in (*STATES[1:], "JP"):
        speaker = room.by_state[state]
        speaker.press("Ask for the floor")
        japan.page.locator("[data-panel=actions] button.go", has_text="Give the floor to").click()
        heard = {state, "JP"}
        for each in room.everyone:
            others = {one: one in heard for one in STATES if one != each.state}
            until(f"{each.state} hears {heard} alone", lambda who=each, all_=others: who.ask("probe.voices()") == all_)
            assert each.ask("document.querySelector('.tile[data-large]').dataset.delegation") == state
        sends_sound(room, speaker)
        quiet = next(each for each in room.everyone if each.state not in heard)
        sends_no_sound(quiet)


def sends_sound(room, speaker):
    """The speaker's sound leaves, and reaches the others with life in it."""
    sent = [each["sent"] for each in speaker.report()]
    until("the speaker's sound leaves", lambda: all(
        now["sent"] > before + 10 for now, before in zip(speaker.report(), sent, strict=True)
    ))  # fmt: skip
    listener = next(each for each in room.everyone if each.state not in {speaker.state, "JP"})
    energy = sum(each["energy"] for each in listener.report())
    until("it is no silence", lambda: sum(each["energy"] for each in listener.report()) > energy + 0.001)


def sends_no_sound(who):
    """Without the floor no sound leaves the browser at all."""
    before = [each["sent"] for each in who.report()]
    who.page.wait_for_timeout(700)
    assert [each["sent"] for each in who.report()] == before, f"{who.state} sends sound without the floor"


def perform(who, act, **inputs):
    """An act as the page's script performs it; the answer's entry, or nothing if the server did not answer."""
    return who.ask(f"probe.act({json.dumps(act)}, {json.dumps({'meeting': who.ask('probe.meeting()'), **inputs})})")


def a_pledge_of_japan_appears_in_every_record(room):
    amount = {"value": 2_000_000_000, "currency": "JPY", "qualifier": "nearly", "as_said": "nearly 2 billion yen"}
    made = perform(
        room.by_state["JP"], "pledge.made", title=PLEDGE, to=list(STATES[1:]), amount=amount, topic="public-health"
    )
    for each in room.everyone:
        until(f"{each.state} reads the pledge", lambda who=each: made["number"] in who.entries())
        line = each.page.locator(f"[data-thread] > [data-number='{made['number']}']").inner_text()
        assert "nearly 2 billion yen" in line


def one_is_cut_off_and_misses_nothing(room):
    japan, uzbekistan = room.by_state["JP"], room.by_state["UZ"]
    connections = {each.state: each.ask("probe.made()") for each in room.everyone}
    uzbekistan.context.set_offline(True)
    until("the line is seen to be lost", lambda: uzbekistan.ask("!document.querySelector('[data-line-lost]').hidden"))
    missed = [perform(japan, "floor.extended", seconds=n)["number"] for n in range(1, 4)]
    until("the others see it", lambda: words(japan)["UZ"] in AWAY)
    assert not set(missed) & set(uzbekistan.entries())
    uzbekistan.context.set_offline(False)
    until("nothing is missing", lambda: uzbekistan.entries() == uzbekistan.all_entries(), 30)
    assert set(missed) <= set(uzbekistan.entries())
    for each in room.everyone:
        each.moving(5)
    now = {each.state: each.ask("probe.made()") for each in room.everyone}
    calm = [state for state in STATES if state != "UZ"]
    assert all(now[state] - connections[state] <= 1 for state in calm), "nobody else's picture was shaken"


def the_server_is_killed_and_the_room_recovers_by_itself(room):
    japan, kazakhstan = room.by_state["JP"], room.by_state["KZ"]
    japan.ask("probe.keepActing('floor.extended', { meeting: probe.meeting(), seconds: 1 })")
    until("acts are acknowledged", lambda: japan.ask("probe.acknowledged.length") > 10)
    room.served.kill()
    acknowledged = japan.ask("probe.stopActing()")
    kazakhstan.moving(5)  # pictures and sound do not need the server
    room.served.start()
    with room.served.app.database.reading() as session:
        assert not verify(session).fault
        scope = sit_down(room.served.app.door, room.meeting, "JP").scope(room.meeting)
        kept = {entry.number for entry in of_place(session, room.meeting, scope)}
    assert set(acknowledged) <= kept, "an acknowledged act was lost"
    for each in room.everyone:
        until(f"{each.state}'s line is back", lambda who=each: set(acknowledged) <= set(who.entries()), 40)
        each.moving(5)
    later = perform(kazakhstan, "floor.requested", kind="speech")["number"]
    for each in room.everyone:
        until(f"{each.state} follows on", lambda who=each: later in who.entries())


def the_meeting_is_closed_and_its_page_tells_it(room):
    japan = room.by_state["JP"]
    japan.press("End Japan’s turn") if japan.page.get_by_role("button", name="End Japan’s turn").count() else None
    publish(room)
    page = japan.page
    page.get_by_role("link", name="Page of the meeting").click()
    page.wait_for_url("**" + room.path())
    told = page.locator("main").inner_text()
    for fact in ("Japan", "Kazakhstan", PLEDGE, "nearly"):
        assert fact in told, fact


def publish(room):
    """The acts after the closing, as each seat performs them."""
    door = room.served.app.door
    heads = {state: sit_down(door, room.meeting, state) for state in STATES}
    secretariat = sit_down(door, room.meeting, "secretariat")
    confirm = next(itertools.chain(outcomes(room)))
    inputs = {"meeting": room.meeting}
    door.perform(heads["JP"], "outcome.confirmed", {**inputs, "outcome": confirm.id, "changed": confirm.changed})
    door.perform(heads["JP"], "meeting.closed", inputs)
    room.by_state["KZ"].page.get_by_text("The meeting is over.").first.wait_for()
    version = minutes(room).version
    for head in heads.values():
        door.perform(head, "minutes.agreed", {**inputs, "version": version})
    door.perform(secretariat, "minutes.published", {**inputs, "version": version})


def outcomes(room):
    from sqlalchemy import select

    from suhbat.outcomes.models import Outcome

    with room.served.app.database.reading() as session:
        return list(session.scalars(select(Outcome).where(Outcome.meeting == room.meeting, Outcome.title == PLEDGE)))


def minutes(room):
    from suhbat.minutes.models import Minutes

    def drafted():
        with room.served.app.database.reading() as session:
            return session.get(Minutes, room.meeting)

    return until("the summary record writes itself", drafted)
