"""A real TURN server, and real browsers that ask it for a relay: in the check of devices, and in a meeting."""

import pytest
from tests.browser.bounded_waiting import until
from tests.browser.conftest import Room, start_server
from tests.turn_server import NAME, PASSWORD, SECRET, coturn

from suhbat.floor import turn_servers

pytestmark = pytest.mark.browser
BROKEN = "turn:half@relay.example, nonsense"
"""Beside a good one: they must not cost anybody the picture."""
ONLY_BY_RELAY = """{
  const Own = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Own {
    constructor(given = {}) { super({ ...given, iceTransportPolicy: "relay" }); }
  };
}"""
"""As between two networks that let nothing else through."""


@pytest.fixture
def app_with(tmp_path, record_folder, chromium):
    """A server with these settings, and the conference staged in it."""
    opened = []

    def make(**environment):
        served = start_server(tmp_path, record_folder, **environment)
        opened.append(served)
        room = Room(served, chromium)
        opened.append(room)
        return room

    yield make
    for each in reversed(opened):
        each.close()


def told_by_the_check(room):
    page = room.make("KZ").page
    results = page.locator("[data-result] li", has_text="relay")
    until("the relay was tried", lambda: results.count() == 1, 30)
    return results.inner_text()


def test_with_a_shared_secret_a_relay_is_had_and_two_ministers_meet_by_it(app_with, tmp_path):
    with coturn(tmp_path, "--use-auth-secret", f"--static-auth-secret={SECRET}") as relay:
        room = app_with(SUHBAT_ICE_SERVERS=f"{BROKEN}, turn:{relay}", SUHBAT_TURN_SECRET=SECRET)
        log = room.served.log()
        assert "server 1: turn:relay.example has half of a name and password" in log
        assert "server 2: it is not written as" in log
        assert f"The relay {relay} works" in told_by_the_check(room)
        for state in ("JP", "KZ"):
            each = room.by_state.get(state) or room.make(state)
            each.context.add_init_script(ONLY_BY_RELAY)
            each.follow("Join the meeting")
        room.by_state["JP"].press("Open the meeting")
        for each in room.everyone:
            each.moving(1)
        assert room.by_state["JP"].ask("""Promise.all(probe.open().map(async (pc) => {
          const all = [...(await pc.getStats()).values()];
          const pair = all.find((each) => each.type === "candidate-pair" && each.nominated);
          return all.find((each) => each.id === pair.localCandidateId).candidateType;
        }))""") == ["relay"]
        assert [each.faults for each in room.everyone] == [[], []]


def test_with_a_name_and_password_a_relay_is_had(app_with, tmp_path):
    with coturn(tmp_path, "--lt-cred-mech", f"--user={NAME}:{PASSWORD}") as relay:
        room = app_with(SUHBAT_ICE_SERVERS=f"turn:{NAME}:{PASSWORD.replace('@', '%40')}@{relay}?transport=tcp")
        assert "works: pictures and sound pass" in told_by_the_check(room)


def test_a_relay_that_has_another_secret_is_told_as_it_is(app_with, tmp_path):
    with coturn(tmp_path, "--use-auth-secret", "--static-auth-secret=another") as relay:
        room = app_with(SUHBAT_ICE_SERVERS=f"turn:{relay}", SUHBAT_TURN_SECRET=SECRET)
        assert "refuses the name and password" in told_by_the_check(room)


def test_names_that_run_out_are_renewed_while_the_meeting_lasts(app_with):
    room = app_with(SUHBAT_ICE_SERVERS="turn:127.0.0.1:9", SUHBAT_TURN_SECRET=SECRET)
    japan = room.make("JP")
    japan.page.clock.install()
    japan.follow("Join the meeting")
    early = []
    japan.page.locator(".tile[data-delegation=JP][data-presence=here]").wait_for()  # its conference has begun
    japan.page.on("request", lambda request: early.append(request.url) if request.url.endswith("/relays") else None)
    japan.page.clock.fast_forward(turn_servers.EXPIRES_AFTER // 2 * 1000 - 60_000)
    japan.page.evaluate("0")  # whatever was requested is known now
    assert early == []
    with japan.page.expect_request("**/room/relays"):
        japan.page.clock.fast_forward(90_000)
