"""A real server in a process of its own, and a real browser: for the tests that need them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from suhbat.acts.house import House
from suhbat.application import make_house
from suhbat.ground.settings import Settings
from suhbat.people.signing import COOKIE, sign_in_cookie


class Served:
    """A real `suhbat serve` in a process of its own, on a free port, with a data folder of its own.

    `house` opens the same data from here: acts performed through it reach the server's live lines as those of any
    other process do. `arguments` are further ones of the command. `kill` is SIGKILL; `start` brings the server back
    on the same port with the same data.
    """

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://localhost:{self.port}"
        self.data = folder / "served"
        self.settings = Settings(data=self.data, origin=self.url, rehearsal=True)
        self.environment = {
            **os.environ,
            "SUHBAT_DATA": str(self.data),
            "SUHBAT_ORIGIN": self.url,
            "SUHBAT_REHEARSAL": "1",
            **environment,
        }
        self._arguments = arguments
        self._log = folder / "served.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._house: House | None = None

    @property
    def house(self) -> House:
        if self._house is None:
            self._house = make_house(self.settings)
        return self._house

    def start(self) -> None:
        command = [sys.executable, "-m", "suhbat.command", "serve", "--port", str(self.port), *self._arguments]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        for _ in range(300):
            try:
                urlopen(f"http://127.0.0.1:{self.port}/static/manifest.json", timeout=5).close()
            except (URLError, ConnectionError, TimeoutError):
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"the server did not start:\n{self.log()}")

    def kill(self) -> None:
        """The power fails."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None

    def log(self) -> str:
        return self._log.read_text()

    def sign_in(self, context: Any, person: str) -> None:
        """Sign a Playwright browser context in as a person (who must have a row)."""
        context.add_cookies([{"name": COOKIE, "value": sign_in_cookie(self.settings, person), "url": self.url}])

    def close(self) -> None:
        if self._house is not None:
            self._house.database.close()
        self.stop()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The real server, for tests in a real browser."""
    server = Served(tmp_path)
    server.start()
    yield server
    server.close()


CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream=device-count=8",  # one shared fake camera stalls now and then
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium with a fake camera and microphone; make contexts of it with `chromium.new_context(...)`."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("SUHBAT_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path if Path(path).exists() else None, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
