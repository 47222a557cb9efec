"""The rules of the conference's script, apart from any browser: the floor, presence, negotiation, quality, choices."""

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
  const {{ code, given }} = JSON.parse(line);
  console.log(JSON.stringify({{ is: new Function("m", "given", `return ${{code}}`)(m, given) ?? null }}));
}}
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory) -> Iterator[Any]:
    """Evaluate an expression with the modules of the script: `script("m.floor.speaking(given)", floor)`."""
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

    def ask(code: str, given: Any = None) -> Any:
        questions.write(json.dumps({"code": code, "given": given}) + "\n")
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
            "given.reduce((floor, [act, body]) => m.floor.floorAfter(floor, act, body), m.floor.NOBODY)", list(entries)
        )

    return after


@pytest.fixture
def may(script):
    """The delegations that may be heard in a state of the floor."""

    def heard(floor: Any) -> set[str]:
        roles = {"JP": ["chair", "head"], "KZ": ["head"], "UZ": ["delegate"], "EU": ["observer"], "ADV": ["adviser"]}
        return {
            state
            for state, own_roles in roles.items()
            if script(
                "m.floor.mayBeHeard(given[0], given[1])",
                [floor, {"delegation": state, "person": f"p-{state}", "roles": own_roles}],
            )
        }

    return heard


OPENED: tuple[str, dict[str, Any]] = ("meeting.opened", {"present": []})


def given(turn: str, state: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return ("floor.given", {"given": turn, "delegation": state, "person": f"p-{state}", "ends": [], **more})


def test_in_the_lobby_nobody_is_heard_and_when_it_opens_the_chair_alone(floor_after, may):
    assert may(floor_after()) == set()
    assert may(floor_after(OPENED)) == {"JP"}


def test_the_microphone_follows_the_floor(floor_after, may):
    first = given("1", "KZ")
    second = given("2", "UZ", ends=[{"given": "1"}])
    assert may(floor_after(OPENED, first)) == {"JP", "KZ"}
    assert may(floor_after(OPENED, first, second)) == {"JP", "UZ"}
    assert may(floor_after(OPENED, first, second, ("floor.ended", {"given": "2"}))) == {"JP"}


def test_an_observer_is_heard_only_on_the_floor(floor_after, may):
    assert "EU" in may(floor_after(OPENED, given("1", "EU")))
    assert "EU" not in may(floor_after(OPENED, ("floor.opened_to_all", {"ends": []})))


def test_a_question_interrupts_and_the_speaker_goes_on_afterwards(floor_after, may):
    speech, question = given("1", "KZ"), given("2", "UZ", interrupts="1")
    assert may(floor_after(OPENED, speech, question)) == {"JP", "UZ"}
    assert may(floor_after(OPENED, speech, question, ("floor.ended", {"given": "2", "resumes": "1"}))) == {"JP", "KZ"}


def test_in_an_open_discussion_delegations_are_heard_until_it_ends(floor_after, may):
    to_all = ("floor.opened_to_all", {"ends": [{"given": "1"}]})
    assert may(floor_after(OPENED, given("1", "KZ"), to_all)) == {"JP", "KZ", "UZ"}
    for ending in (("floor.closed_to_all", {}), given("2", "UZ"), ("item.opened", {"item": "x", "ends": []})):
        assert may(floor_after(OPENED, to_all, ending)) <= {"JP", "UZ"}


def test_a_suspended_meeting_is_silent_and_goes_on_where_it_was(floor_after, may):
    speech = given("1", "KZ")
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
        "(m.presence.readPresence(...given))"
    )
    return script(code, [peers, me])


def test_someone_who_comes_back_replaces_the_earlier_browser(script):
    presence = present(script, [peer("1", "a"), peer("2", "b"), peer("3", "b")], {"peer": "1", "person": "a"})
    assert [other["peer"] for other in presence["others"]] == ["3"]
    assert not presence["replaced"]
    assert present(script, [peer("1", "a"), peer("9", "a")], {"peer": "1", "person": "a"})["replaced"]
    assert not present(script, [], {"peer": "1", "person": "a"})["replaced"]


def test_eight_send_and_the_chair_and_heads_come_first(script):
    many = [peer(f"{n:02}", f"p{n}", "adviser") for n in range(10)]
    many += [
        peer("98", "head", "head"),
        peer("99", "chair", "chair"),
        peer("97", "clerk", "secretariat", delegation=""),
    ]
    senders = present(script, many, {"peer": "00", "person": "p0"})["senders"]
    assert senders == ["99", "98", "00", "01", "02", "03", "04", "05"]


def test_a_delegations_tile_shows_who_speaks_else_its_head(script):
    members = [peer("1", "adviser", "adviser"), peer("2", "head", "head"), peer("3", "delegate", "delegate")]
    assert script("m.presence.shownMember(...given).person", [members, ""]) == "head"
    assert script("m.presence.shownMember(...given).person", [members, "delegate"]) == "delegate"
    assert script("m.presence.shownMember(...given)", [[], "delegate"]) is None


def test_of_two_one_leads_and_the_other_gives_way(script):
    assert script("[m.negotiation.leads('a', 'b'), m.negotiation.leads('b', 'a')]") == [True, False]
    ignores = "m.negotiation.ignores(...given)"
    assert script(ignores, [False, False, "have-local-offer", False]), "the impolite passes over a colliding offer"
    assert script(ignores, [False, True, "stable", False])
    assert not script(ignores, [True, True, "have-local-offer", False]), "the polite takes it back"
    assert not script(ignores, [False, False, "have-local-offer", True]), "an answer is on its way in"
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
def test_a_link_is_looked_after_with_growing_patience(script, health, step):
    usual = {
        "connection": "connected", "signalling": "stable", "leads": True, "reachable": True,
        "quietFor": 0, "attempts": 0,
    }  # fmt: skip
    assert script("m.negotiation.nextStep(given)", {**usual, **health}) == step


def test_media_outlives_the_servers_list_but_not_for_ever(script):
    gone = "m.negotiation.isGone(...given)"
    assert not script(gone, ["connected", 30_000])
    assert script(gone, ["connected", 61_000])
    assert script(gone, ["failed", 9_000])


THIN, WIDE = {"loss": 0.2, "roundTrip": 0.1, "available": 40_000}, {"loss": 0, "roundTrip": 0.05, "available": 2e6}
RUN = """given.reduce((state, sample) => m.quality.judge(state, sample, m.quality.picture(state.step, 5, false)),
          m.quality.BEST)"""


def test_on_a_thin_line_the_picture_goes_step_by_step_until_only_sound_is_left(script):
    steps = [script(RUN, [THIN] * n)["step"] for n in range(0, 12, 2)]
    assert steps == [0, 1, 2, 3, 4, 4]
    assert script("m.quality.picture(4, 5, true)") is None
    assert script(RUN, [{**THIN, "loss": 0.4}])["step"] == 1, "a line in need is helped at once"


def test_it_comes_back_slowly_and_more_slowly_each_time(script):
    assert script(RUN, [THIN, THIN, *[WIDE] * 4])["step"] == 1
    assert script(RUN, [THIN, THIN, *[WIDE] * 5])["step"] == 0
    twice = [THIN, THIN, *[WIDE] * 5, THIN, THIN]
    assert script(RUN, [*twice, *[WIDE] * 5])["step"] == 1
    assert script(RUN, [*twice, *[WIDE] * 10])["step"] == 0


def test_one_bad_moment_costs_nobody_the_picture(script):
    assert script(RUN, [THIN, WIDE, THIN, WIDE])["step"] == 0


def test_the_more_receive_it_the_smaller_the_picture_and_the_speakers_is_large(script):
    pictures = [script("m.quality.picture(...given)", [0, others, False])["bitrate"] for others in (1, 3, 7)]
    assert pictures == sorted(pictures, reverse=True)
    assert script("m.quality.picture(0, 5, true).bitrate") > pictures[-1]


def test_choices_that_cannot_be_read_count_as_not_made(script):
    first = script("m.choices.DEFAULTS")
    for stored in (None, "", "nonsense", "[]", "null", '{"mode": "loud", "size": 7}'):
        assert script("m.choices.parse(given)", stored) == first
    assert script("m.choices.parse(given)", '{"mode": "sound", "camera": "c1"}') == {
        **first, "mode": "sound", "camera": "c1",
    }  # fmt: skip


def test_a_tile_says_in_words_what_a_delegation_sends(script):
    state = "m.tiles.stateOf(...given)"
    media = {"camera": True, "microphone": True, "mode": "all"}
    assert script(state, [None, media, True, "connected"])["presence"] == "away"
    assert script(state, [peer("1", "a"), media, True, "failed"])["presence"] == "lost"
    assert script(state, [peer("1", "a"), {**media, "microphone": False}, True, "connected"])["silent"]
    assert not script(state, [peer("1", "a"), {**media, "microphone": False}, False, "connected"])["silent"]
    assert not script(state, [peer("1", "a"), {**media, "mode": "sound"}, False, "connected"])["picture"]


def test_silence_has_no_loudness_and_a_shout_has_all_of_it(script):
    assert script("m.level.loudness(new Uint8Array(64).fill(128))") == 0
    assert script("m.level.loudness(new Uint8Array(64).map((_, n) => n % 2 ? 255 : 0))") == 1
    assert script("m.level.loudness(new Uint8Array(0))") == 0
