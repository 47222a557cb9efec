"""The rules of the conference's script without a browser: the floor, presence, negotiation, quality, choices."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[4]
MODULES = {
    "floor": "audible-peers", "presence": "presence", "negotiation": "perfect-negotiation", "quality": "line-quality",
    "choices": "stored-device-choices", "tiles": "delegation-tiles", "level": "sound-level",
}  # fmt: skip
"""The modules of the script that contain rules, by their names in these tests."""
LISTEN = """
import * as m from "{bundle}";
import readline from "node:readline";
for await (const line of readline.createInterface({{ input: process.stdin }})) {{
  const {{ code, input }} = JSON.parse(line);
  console.log(JSON.stringify({{ is: new Function("m", "input", `return ${{code}}`)(m, input) ?? null }}));
}}
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory) -> Iterator[Any]:
    """Evaluate an expression with the modules of the script: `script("m.floor.speaking(input)", floor)`."""
    folder = tmp_path_factory.mktemp("script")
    environment = {**os.environ, "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"}
    node = shutil.which("node", path=environment["PATH"])
    assert node, "no Node.js: run scripts/front.sh"
    subprocess.run(
        [ROOT / "node_modules" / ".bin" / "esbuild", "--bundle", "--format=esm", f"--outfile={folder / 'all.mjs'}"],
        input="\n".join(f'export * as {name} from "./{file}";' for name, file in MODULES.items()).encode(), check=True,
        cwd=ROOT / "src" / "suhbat" / "floor" / "frontend" / "media", env=environment, capture_output=True,
    )  # fmt: skip
    (folder / "listen.mjs").write_text(LISTEN.format(bundle=folder / "all.mjs"))
    process = subprocess.Popen([node, folder / "listen.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    questions, answers = process.stdin, process.stdout
    assert questions
    assert answers

    def ask(code: str, argument: Any = None) -> Any:
        questions.write(json.dumps({"code": code, "input": argument}) + "\n")
        questions.flush()
        return json.loads(answers.readline())["is"]

    yield ask
    questions.close()
    answers.close()
    process.wait(10)


@pytest.fixture
def floor_after(script):
    """The floor after some entries, as the script computes it."""

    def after(*entries: tuple[str, dict[str, Any]]) -> Any:
        return script(
            "input.reduce((floor, [act, body]) => m.floor.floorAfter(floor, act, body), m.floor.NOBODY)", list(entries)
        )

    return after


@pytest.fixture
def may(script):
    """The delegations that may be heard in a state of the floor."""

    def audible(floor: Any) -> set[str]:
        roles = {"JP": ["chair", "head"], "KZ": ["head"], "UZ": ["delegate"], "EU": ["observer"], "ADV": ["adviser"]}
        return {
            state
            for state, own_roles in roles.items()
            if script(
                "m.floor.mayBeHeard(input[0], input[1])",
                [floor, {"delegation": state, "person": f"p-{state}", "roles": own_roles}],
            )
        }

    return audible


OPENED: tuple[str, dict[str, Any]] = ("meeting.opened", {"present": []})


def floor_given(turn: str, state: str, **body: Any) -> tuple[str, dict[str, Any]]:
    return ("floor.given", {"given": turn, "delegation": state, "person": f"p-{state}", "ends": [], **body})


def test_in_the_lobby_nobody_is_heard_and_after_the_opening_only_the_chair(floor_after, may):
    assert may(floor_after()) == set()
    assert may(floor_after(OPENED)) == {"JP"}


def test_the_microphone_follows_the_floor(floor_after, may):
    first = floor_given("1", "KZ")
    second = floor_given("2", "UZ", ends=[{"given": "1"}])
    assert may(floor_after(OPENED, first)) == {"JP", "KZ"}
    assert may(floor_after(OPENED, first, second)) == {"JP", "UZ"}
    assert may(floor_after(OPENED, first, second, ("floor.ended", {"given": "2"}))) == {"JP"}


def test_an_observer_is_heard_only_on_the_floor(floor_after, may):
    assert "EU" in may(floor_after(OPENED, floor_given("1", "EU")))
    assert "EU" not in may(floor_after(OPENED, ("floor.opened_to_all", {"ends": []})))


def test_a_question_interrupts_and_the_speaker_goes_on_afterwards(floor_after, may):
    speech, question = floor_given("1", "KZ"), floor_given("2", "UZ", interrupts="1")
    assert may(floor_after(OPENED, speech, question)) == {"JP", "UZ"}
    assert may(floor_after(OPENED, speech, question, ("floor.ended", {"given": "2", "resumes": "1"}))) == {"JP", "KZ"}


def test_in_an_open_discussion_delegations_are_heard_until_it_ends(floor_after, may):
    to_all = ("floor.opened_to_all", {"ends": [{"given": "1"}]})
    assert may(floor_after(OPENED, floor_given("1", "KZ"), to_all)) == {"JP", "KZ", "UZ"}
    for ending in (("floor.closed_to_all", {}), floor_given("2", "UZ"), ("item.opened", {"item": "x", "ends": []})):
        assert may(floor_after(OPENED, to_all, ending)) <= {"JP", "UZ"}


def test_a_suspended_meeting_is_silent_and_goes_on_where_it_was(floor_after, may):
    speech = floor_given("1", "KZ")
    assert may(floor_after(OPENED, speech, ("meeting.suspended", {"pauses": "1"}))) == set()
    assert may(floor_after(OPENED, speech, ("meeting.suspended", {}), ("meeting.resumed", {}))) == {"JP", "KZ"}
    assert may(floor_after(OPENED, speech, ("meeting.closed", {"ends": [{"given": "1"}]}))) == set()


def test_entries_that_mean_nothing_for_the_sound_change_nothing(floor_after):
    assert floor_after(OPENED, ("pledge.made", {"outcome": {"id": "1"}}), ("floor.given", {})) == {
        "status": "open", "toAll": False, "turns": [{"given": "", "delegation": "", "person": ""}],
    }  # fmt: skip


def peer(name: str, person: str, *roles: str, delegation: str = "XX") -> dict[str, Any]:
    return {"peer": name, "person": person, "delegation": delegation, "roles": list(roles), "name": "", "office": ""}


def present(script: Any, peers: list[Any], me: dict[str, str]) -> Any:
    code = (
        "(({ others, senders, replaced }) => ({ others, replaced, senders: [...senders] }))"
        "(m.presence.readPresence(...input))"
    )
    return script(code, [peers, me])


def test_someone_who_comes_back_replaces_the_earlier_browser(script):
    presence = present(script, [peer("1", "a"), peer("2", "b"), peer("3", "b")], {"peer": "1", "person": "a"})
    assert [browser["peer"] for browser in presence["others"]] == ["3"]
    assert not presence["replaced"]
    assert present(script, [peer("1", "a"), peer("9", "a")], {"peer": "1", "person": "a"})["replaced"]
    assert not present(script, [], {"peer": "1", "person": "a"})["replaced"]


def test_eight_send_and_the_chair_and_heads_come_first(script):
    peers = [peer(f"{n:02}", f"p{n}", "adviser") for n in range(10)]
    peers += [
        peer("98", "head", "head"),
        peer("99", "chair", "chair"),
        peer("97", "clerk", "secretariat", delegation=""),
    ]
    senders = present(script, peers, {"peer": "00", "person": "p0"})["senders"]
    assert senders == ["99", "98", "00", "01", "02", "03", "04", "05"]


def test_a_delegations_tile_shows_who_speaks_else_its_head(script):
    members = [peer("1", "adviser", "adviser"), peer("2", "head", "head"), peer("3", "delegate", "delegate")]
    assert script("m.presence.shownMember(...input).person", [members, ""]) == "head"
    assert script("m.presence.shownMember(...input).person", [members, "delegate"]) == "delegate"
    assert script("m.presence.shownMember(...input)", [[], "delegate"]) is None


def test_one_of_two_peers_leads_and_the_other_yields(script):
    assert script("[m.negotiation.leads('a', 'b'), m.negotiation.leads('b', 'a')]") == [True, False]
    ignores = "m.negotiation.ignores(...input)"
    assert script(ignores, [False, False, "have-local-offer", False]), "the impolite peer ignores a colliding offer"
    assert script(ignores, [False, True, "stable", False])
    assert not script(ignores, [True, True, "have-local-offer", False]), "the polite peer withdraws its own offer"
    assert not script(ignores, [False, False, "have-local-offer", True]), "an answer is arriving"
    assert not script(ignores, [False, False, "stable", False])


@pytest.mark.parametrize(
    ("health", "step"),
    [
        ({}, "nothing"),
        ({"connection": "connecting", "quietFor": 6_000}, "restart"),
        ({"connection": "connecting", "quietFor": 6_000, "leads": False}, "nothing"),
        ({"connection": "connecting", "quietFor": 11_000, "leads": False}, "ask"),
        ({"connection": "disconnected", "quietFor": 1_000}, "nothing"),
        ({"connection": "disconnected", "quietFor": 3_000}, "restart"),
        ({"connection": "failed", "quietFor": 60_000}, "restart"),
        ({"connection": "failed", "quietFor": 60_000, "reachable": False}, "nothing"),
        ({"connection": "failed", "quietFor": 3_000, "attempts": 1}, "nothing"),
        ({"connection": "failed", "quietFor": 60_000, "attempts": 3}, "rebuild"),
        ({"connection": "failed", "quietFor": 60_000, "attempts": 3, "leads": False}, "ask"),
        ({"connection": "new", "quietFor": 60_000, "signalling": "have-local-offer"}, "repeat"),
        ({"connection": "new", "quietFor": 60_000, "signalling": "have-local-offer", "attempts": 4}, "rebuild"),
        ({"connection": "closed", "quietFor": 60_000}, "rebuild"),
    ],
)
def test_a_broken_link_is_repaired_with_growing_pauses(script, health, step):
    usual = {
        "connection": "connected", "signalling": "stable", "leads": True, "reachable": True,
        "quietFor": 0, "attempts": 0,
    }  # fmt: skip
    assert script("m.negotiation.nextStep(input)", {**usual, **health}) == step


def test_media_go_on_for_a_minute_without_the_server(script):
    is_gone = "m.negotiation.isGone(...input)"
    assert not script(is_gone, ["connected", 30_000])
    assert script(is_gone, ["connected", 61_000])
    assert script(is_gone, ["failed", 9_000])


SLOW, FAST = {"loss": 0.2, "roundTrip": 0.1, "available": 40_000}, {"loss": 0, "roundTrip": 0.05, "available": 2e6}
RUN = """input.reduce((state, sample) => m.quality.judge(state, sample, m.quality.picture(state.step, 5, false)),
          m.quality.BEST)"""


def test_on_a_slow_line_the_picture_shrinks_in_steps_until_only_sound_is_left(script):
    steps = [script(RUN, [SLOW] * n)["step"] for n in range(0, 12, 2)]
    assert steps == [0, 1, 2, 3, 4, 4]
    assert script("m.quality.picture(4, 5, true)") is None
    assert script(RUN, [{**SLOW, "loss": 0.4}])["step"] == 1, "a very bad line is relieved at once"


def test_the_picture_returns_slowly_and_more_slowly_each_time(script):
    assert script(RUN, [SLOW, SLOW, *[FAST] * 4])["step"] == 1
    assert script(RUN, [SLOW, SLOW, *[FAST] * 5])["step"] == 0
    twice = [SLOW, SLOW, *[FAST] * 5, SLOW, SLOW]
    assert script(RUN, [*twice, *[FAST] * 5])["step"] == 1
    assert script(RUN, [*twice, *[FAST] * 10])["step"] == 0


def test_one_bad_moment_does_not_shrink_the_picture(script):
    assert script(RUN, [SLOW, FAST, SLOW, FAST])["step"] == 0


def test_more_receivers_make_the_picture_smaller_and_the_speaker_has_the_largest(script):
    pictures = [script("m.quality.picture(...input)", [0, receivers, False])["bitrate"] for receivers in (1, 3, 7)]
    assert pictures == sorted(pictures, reverse=True)
    assert script("m.quality.picture(0, 5, true).bitrate") > pictures[-1]


def test_stored_choices_that_cannot_be_read_are_ignored(script):
    first = script("m.choices.DEFAULTS")
    for stored in (None, "", "nonsense", "[]", "null", '{"mode": "loud", "size": 7}'):
        assert script("m.choices.parse(input)", stored) == first
    assert script("m.choices.parse(input)", '{"mode": "sound", "camera": "c1"}') == {
        **first, "mode": "sound", "camera": "c1",
    }  # fmt: skip


def test_a_tile_says_in_words_what_a_delegation_sends(script):
    state = "m.tiles.stateOf(...input)"
    media = {"camera": True, "microphone": True, "mode": "all"}
    assert script(state, [None, media, True, "connected"])["presence"] == "away"
    assert script(state, [peer("1", "a"), media, True, "failed"])["presence"] == "lost"
    assert script(state, [peer("1", "a"), {**media, "microphone": False}, True, "connected"])["silent"]
    assert not script(state, [peer("1", "a"), {**media, "microphone": False}, False, "connected"])["silent"]
    assert not script(state, [peer("1", "a"), {**media, "mode": "sound"}, False, "connected"])["picture"]


def test_silence_has_loudness_0_and_the_loudest_sound_1(script):
    assert script("m.level.loudness(new Uint8Array(64).fill(128))") == 0
    assert script("m.level.loudness(new Uint8Array(64).map((_, n) => n % 2 ? 255 : 0))") == 1
    assert script("m.level.loudness(new Uint8Array(0))") == 0
