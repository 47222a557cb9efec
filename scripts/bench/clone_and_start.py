"""From a clean clone to the first page, with whatever pip and npm have in their caches."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench import Row, part

ROOT = Path(__file__).parent.parent.parent
LONGEST = 900


def seconds_to_first_page(folder: Path, port: int) -> float:
    """Run `make run` in a folder until the first page is there, and stop it again."""
    began = time.monotonic()
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=folder,
        env=clean,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.monotonic() - began < LONGEST and process.poll() is None:
            with suppress(URLError, ConnectionError, TimeoutError):
                urlopen(f"http://127.0.0.1:{port}/", timeout=20).close()
                return time.monotonic() - began
            time.sleep(0.05)
        raise RuntimeError("the first page did not come")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


@part("clone", "From a clean clone to the first page", order=90)
def clone() -> Iterator[Row]:
    """The committed state, cloned; then a second start on the same data."""
    folder = Path(tempfile.mkdtemp(prefix="suhbat-clone-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "suhbat")], check=True)
        yield Row("git clone, make run → first page", f"{seconds_to_first_page(folder / 'suhbat', port):.0f} s")
        yield Row("make run again → first page", f"{seconds_to_first_page(folder / 'suhbat', port):.1f} s", "< 3 s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
