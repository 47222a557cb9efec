"""A real server in another process, and a real browser, for the tests that need them."""

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

from suhbat.acts.app import App
from suhbat.application import make_app
from suhbat.ground.clock import now
from suhbat.ground.settings import Settings
from suhbat.people.session_cookie import COOKIE, sign_in_cookie


class Served:
    """A real `suhbat serve` in another process, on a free port, with its own data folder.

    `app` opens the same data in this process: acts performed through it reach the server's live streams, as from any
    other process. `arguments` are added to the command. `kill` sends SIGKILL; `start` starts the server again on the
    same port with the same data.
    """

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://localhost:{self.port}"
        self.data = folder / "served"
        database = environment.get("SUHBAT_DATABASE_URL", "")
        self.settings = Settings(data=self.data, origin=self.url, rehearsal=True, database_url=database)
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
        self._app: App | None = None

    def beside(self, folder: Path) -> "Served":
        """A second server of the same installation, on a port of its own."""
        second = Served(folder, *self._arguments, **self.environment)
        second.data = self.data
        second.environment["SUHBAT_DATA"] = str(self.data)
        return second

    @property
    def app(self) -> App:
        if self._app is None:
            self._app = make_app(self.settings)
        return self._app

    def start(self) -> None:
        command = [sys.executable, "-m", "suhbat.command", "serve", "--port", str(self.port), *self._arguments]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
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
        """End the server and its workers at once, as in a power cut."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)
            self._process = None

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def log(self) -> str:
        return self._log.read_text()

    def sign_in(self, context: Any, person: str) -> None:
        """Sign a Playwright browser context in as a person (who must have a row)."""
        context.add_cookies([{"name": COOKIE, "value": sign_in_cookie(self.settings, person, now()), "url": self.url}])

    def close(self) -> None:
        if self._app is not None:
            self._app.database.close()
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
    "--use-fake-device-for-media-stream=device-count=8",  # with one shared camera, video sometimes stops
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium with a fake camera and microphone; `chromium.new_context(...)` opens a window."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("SUHBAT_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path if Path(path).exists() else None, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
