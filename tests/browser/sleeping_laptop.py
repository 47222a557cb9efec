"""A participant's own machine: a Chromium of its own that can fall asleep, or lose its network, as a whole."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.served_installation import CHROMIUM_FLAGS

NETWORK = "network.mojom.NetworkService"
"""The process through which all that a Chromium sends and hears passes, pages and video alike."""


class Laptop:
    """One machine. Its processes are stopped by signals: what was on its way is late or lost, as in life."""

    def __init__(self, chromium: Any) -> None:
        self.name = f"--laptop-{os.getpid()}-{id(self)}"
        kind = chromium.browser_type
        path = os.environ.get("SUHBAT_CHROMIUM", "/usr/bin/chromium")
        known = path if Path(path).exists() else None
        self.browser = kind.launch(executable_path=known, args=[*CHROMIUM_FLAGS, self.name])

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """The lid is closed: nothing runs."""
        with _stopped(self._processes()):
            yield

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """No packet leaves or arrives, neither for pages nor for video; the pages themselves run on."""
        with _stopped([pid for pid in self._processes() if NETWORK in _command(pid)]):
            yield

    def close(self) -> None:
        self.browser.close()

    def _processes(self) -> list[int]:
        """The browser and all that it started."""
        parents = {pid: _parent(pid) for pid in _all()}
        found = [pid for pid in parents if self.name in _command(pid) and "--type=" not in _command(pid)]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid and child not in found]
        assert len(found) > 2
        return found


@contextmanager
def _stopped(processes: list[int]) -> Iterator[None]:
    assert processes
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in processes:
            os.kill(pid, signal.SIGCONT)


def _all() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
