"""The conference of the browser tests: the rehearsal of 11 August 2020, and one minister's browser for each seat."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.bounded_waiting import until
from tests.loaded_public_record import TODAY
from tests.served_installation import Served

from suhbat.application import make_app
from suhbat.archive.folder_load import SHIPPED, load
from suhbat.formats.state_names import state_name
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.settings import Settings
from suhbat.rehearsal import staging

HERE = Path(__file__).parent
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
AWAY = {"not here", "line lost, coming back"}
"""What the tile of a delegation says that cannot be reached."""
CAMERAS = (0, 3, 4, 5, 6, 7)
"""Chromium's fake cameras 1 and 2 deliver depths and JPEGs, which a connection does not carry well."""
CHECK = "Check camera and microphone"
SMALLEST = {"mode": "all", "size": "smallest"}
"""160×90 at 5 frames: six encoders and thirty decoders fit two cores."""


class Participant:
    """One delegation's browser: a context of its own, with a probe on the connections that its pages make."""

    def __init__(self, browser: Any, served: Served, state: str, choices: dict[str, str]) -> None:
        self.state, self.served = state, served
        self.faults: list[str] = []
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        self.context.grant_permissions(["camera", "microphone"], origin=served.url)
        self.context.add_init_script(path=HERE / "probe.js")
        self.context.add_init_script(f"window.probe.camera = {CAMERAS[STATES.index(state)]}")
        kept = json.dumps(json.dumps(choices))
        self.context.add_init_script(
            f"if (!localStorage.getItem('suhbat.media')) localStorage.setItem('suhbat.media', {kept})"
        )
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.set_default_timeout(20_000)

    def ask(self, script: str) -> Any:
        return self.page.evaluate(script)

    def report(self) -> list[dict[str, Any]]:
        """What the browser says of each connection: state, frames decoded, sound packets heard and sent."""
        found: list[dict[str, Any]] = self.ask("probe.report()")
        return found

    def entries(self) -> list[int]:
        """The numbers of the entries in the live record beside the picture, oldest first."""
        found: list[int] = self.ask("probe.entries(document)")
        return found

    def all_entries(self) -> list[int]:
        """The same of a page that the server draws afresh: what nobody who missed nothing can lack."""
        found: list[int] = self.ask("probe.fresh()")
        return found

    def moving(self, pictures: int, seconds: float = 60) -> None:
        """Wait until so many remote pictures move: on each connection, frames decoded rise between two looks."""
        before: dict[str, int] = {}

        def rises() -> bool:
            now = {each["id"]: each["frames"] for each in self.report()}
            moved = sum(frames > before.get(one, frames) for one, frames in now.items())
            before.clear()
            before.update(now)
            return moved == pictures == len(now)

        until(f"{self.state} sees {pictures} moving pictures", rises, seconds, every=0.5)

    def sits_down(self) -> None:
        """From the start page to the rehearsal, and by the button of the seat to the room."""
        self.page.goto(self.served.url)
        self.follow("Rehearse")
        seat = re.compile(rf"^(Take this seat|Sit there too): {re.escape(state_name(self.state))}$")
        self.page.get_by_role("button", name=seat).click()
        self.page.wait_for_url("**/room")

    def goes_to_the_check(self) -> None:
        """From the lobby, or by the desk once the meeting is open. A server without video has none: one stays."""
        if self.page.get_by_text("Meetings are held in text here").count():
            return
        if self.page.get_by_role("link", name=CHECK).count() == 0:
            self.follow("Leave")
            self.follow("To the desk")
        self.follow(CHECK)
        self.page.wait_for_url("**/room/check")

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).click()

    def press(self, name: str) -> None:
        """Press a button; one that is folded away is unfolded first, as a person would."""
        shown = self.page.get_by_role("button", name=name, exact=True)
        folded = self.page.locator("details:not([open])", has=self.page.locator("button", has_text=name))
        shown.or_(folded.locator("summary")).first.wait_for()
        if shown.count() == 0:
            folded.locator("summary").first.click()
        shown.first.click()

    def close(self) -> None:
        self.context.close()


class Room:
    """The server with the conference staged, and whoever has come."""

    def __init__(self, served: Served, browser: Any) -> None:
        self.served, self.browser = served, browser
        self.meeting = staging.stage(served.app, "2020-08-11")
        self.by_state: dict[str, Participant] = {}

    @property
    def everyone(self) -> list[Participant]:
        return list(self.by_state.values())

    def make(self, state: str, **choices: str) -> Participant:
        """A delegation's browser that has sat down and is at the check of devices, where there is one."""
        made = self._seated(state, choices)
        made.goes_to_the_check()
        return made

    def bring(self, state: str, **choices: str) -> Participant:
        """A delegation's browser in the room."""
        return self._seated(state, choices)

    def _seated(self, state: str, choices: dict[str, str]) -> Participant:
        made = Participant(self.browser, self.served, state, {**SMALLEST, **choices})
        self.by_state[state] = made
        made.sits_down()
        return made

    def path(self, rest: str = "") -> str:
        return f"/meetings/{self.meeting}{rest}"

    def close(self) -> None:
        for each in self.everyone:
            each.close()


@pytest.fixture(scope="session")
def record_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the public record. It is loaded once, and each server starts with a copy."""
    settings = Settings(data=tmp_path_factory.mktemp("record"), rehearsal=True)
    bring_up_to_date(settings.url)
    app = make_app(settings)
    assert not load(app.door, SHIPPED, TODAY).faults
    app.database.close()
    return settings.data


def start_server(folder: Path, record: Path, *arguments: str, **environment: str) -> Served:
    """A server whose installation has the public record."""
    server = Served(folder, *arguments, **environment)
    shutil.copytree(record, server.data)
    server.start()
    return server


@pytest.fixture
def served(tmp_path: Path, record_folder: Path) -> Iterator[Served]:
    """As in all tests, but with the public record."""
    server = start_server(tmp_path, record_folder)
    yield server
    server.close()


@pytest.fixture
def room(served: Served, chromium: Any) -> Iterator[Room]:
    made = Room(served, chromium)
    yield made
    made.close()
