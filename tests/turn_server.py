"""Debian's coturn in a separate network: a real TURN server that only this test can reach."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE, THERE = "198.18.47.1", "198.18.47.2"
"""The two ends of a cable between two networks; addresses reserved for tests (RFC 2544)."""
SECRET = "shared-by-server-and-relay"
NAME, PASSWORD = "embassy", "pass@word"


@contextmanager
def coturn(folder: Path, *options: str) -> Iterator[str]:
    """A server that listens only at the other end; yields its `host:port`. Skips the test where it cannot run."""
    if not shutil.which("turnserver"):
        pytest.skip("there is no coturn here (scripts/setup-tests.sh installs it)")
    if os.geteuid() != 0 or _run("ip", "netns", "list").returncode != 0:
        pytest.skip("a separate network needs root and iproute2")
    network = f"suhbat-turn-{os.getpid()}"
    try:
        _connect(network)
        log = folder / "turn.log"
        command = ["ip", "netns", "exec", network, "turnserver", "-n", "-L", THERE, "-E", THERE, "-p", "3478",
                   "--no-cli", "--no-tls", "--no-dtls", "--fingerprint", "--realm=dialogue.test", "--verbose",
                   "--allow-loopback-peers", "--log-file=stdout", "--simple-log", f"--userdb={folder / 'turn.db'}",
                   f"--pidfile={folder / 'turn.pid'}", *options]  # fmt: skip
        with log.open("wb") as output:
            server = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            for _ in range(100):
                if f"IPv4. UDP listener opened on: {THERE}:3478" in log.read_text() or server.poll() is not None:
                    break
                time.sleep(0.05)
            assert server.poll() is None, log.read_text()
            yield f"{THERE}:3478"
        finally:
            server.terminate()
            server.wait(10)
    finally:
        _run("ip", "netns", "del", network)


def _connect(network: str) -> None:
    """Make a separate network and a cable into it."""
    here, there = f"st{os.getpid() % 100000}a", f"st{os.getpid() % 100000}b"
    for command in (
        f"netns add {network}",
        f"link add {here} type veth peer name {there} netns {network}",
        f"addr add {HERE}/30 dev {here}",
        f"link set {here} up",
        f"-n {network} addr add {THERE}/30 dev {there}",
        f"-n {network} link set {there} up",
        f"-n {network} link set lo up",
    ):
        done = _run("ip", *command.split())
        if done.returncode != 0:
            pytest.skip(f"no separate network can be made here: {done.stderr.decode().strip()}")


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError as fault:
        return subprocess.CompletedProcess(command, 127, b"", str(fault).encode())
