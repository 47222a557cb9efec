"""The stage of the browser tests, and one participant's browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Served
from tests.browser.stage import MEETING, STATES, SYSTEM, Stage, actor_of, person_of, stage, staged, until

from suhbat.acts import Role, act, effect
from suhbat.acts.registry import REGISTRY

HERE = Path(__file__).parent
CAMERAS = (0, 3, 4, 5, 6, 7)
"""Chromium's fake cameras 1 and 2 deliver depths and JPEGs, which a connection does not carry well."""
SMALLEST = {"mode": "all", "size": "smallest"}
"""160×90 at 5 frames: six encoders and thirty decoders fit two cores."""


class Participant:
    """One delegation's browser: a context of its own, signed in, with a probe on its connections."""

    def __init__(self, browser: Any, served: Served, state: str, choices: dict[str, str]) -> None:
        self.state, self.served = state, served
        self.context = browser.new_context(viewport={"width": 900, "height": 600}, permissions=["camera", "microphone"])
        served.sign_in(self.context, person_of(state))
        self.context.add_init_script(path=HERE / "probe.js")
        self.context.add_init_script(f"window.probe.camera = {CAMERAS[STATES.index(state)]}")
        self.context.add_init_script(
            f"try {{ localStorage.setItem('suhbat.media', {json.dumps(json.dumps(choices))}) }} catch {{}}"
        )
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.faults: list[str] = []

    def goto(self, address: str) -> None:
        self.page.goto(self.served.url + address)

    def ask(self, script: str) -> Any:
        return self.page.evaluate(script)

    def report(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("probe.report()")
        return found

    def moving(self, pictures: int, seconds: float = 40) -> None:
        """Wait until so many remote pictures move: frames decoded rise between two looks."""
        before: list[int] = []

        def rises() -> bool:
            now = sorted(each["frames"] for each in self.report())
            moved = len(now) == len(before) == pictures and all(a > b for a, b in zip(now, before, strict=True))
            before[:] = now
            return moved

        until(f"{self.state} sees {pictures} moving pictures; report {self.report()}", rises, seconds, every=1)

    def close(self) -> None:
        self.context.close()


class Room:
    """The served house with the conference on stage, and whoever has come."""

    def __init__(self, served: Served, browser: Any) -> None:
        self.served, self.browser = served, browser
        self.by_state: dict[str, Participant] = {}

    def act(self, state: str, name: str, **wish: Any) -> Any:
        """Perform an act for a head of delegation, as another process does."""
        return self.served.house.door.perform(actor_of(state), name, {"meeting": MEETING, **wish}).entry

    def make(self, state: str, **choices: str) -> Participant:
        """A delegation's browser, not yet anywhere."""
        made = Participant(self.browser, self.served, state, {**SMALLEST, **choices})
        self.by_state[state] = made
        return made

    def bring(self, state: str, address: str, **choices: str) -> Participant:
        made = self.make(state, **choices)
        made.goto(address)
        return made

    def close(self) -> None:
        for each in self.by_state.values():
            each.close()


@pytest.fixture
def room(served: Served, chromium: Any) -> Iterator[Room]:
    act("staging.set", "Stage", by={Role.SYSTEM}, audience="secretariat")(stage)
    effect("staging.set")(staged)
    served.house.door.perform(SYSTEM, "staging.set", Stage())
    made = Room(served, chromium)
    yield made
    made.close()
    del REGISTRY["staging.set"]


@pytest.fixture
def states() -> tuple[str, ...]:
    return STATES
