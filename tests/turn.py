"""Debian's coturn in a network of its own: a real TURN server that nobody but this test can reach."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE, THERE = "198.18.47.1", "198.18.47.2"
"""This side and the other of a cable between two networks; addresses that are kept for trials (RFC 2544)."""
SECRET = "shared-by-house-and-relay"
NAME, PASSWORD = "embassy", "pass@word"


@contextmanager
def coturn(folder: Path, *how: str) -> Iterator[str]:
    """A server that listens at the other end alone; gives its `host:port`. Skips, with a reason, where none can be."""
    if not shutil.which("turnserver"):
        pytest.skip("there is no coturn here (scripts/setup-tests.sh installs it)")
    if os.geteuid() != 0 or _run("ip", "netns", "list").returncode != 0:
        pytest.skip("a network of its own needs root and iproute2")
    network = f"suhbat-turn-{os.getpid()}"
    try:
        _lay(network)
        log = folder / "turn.log"
        command = ["ip", "netns", "exec", network, "turnserver", "-n", "-L", THERE, "-E", THERE, "-p", "3478",
                   "--no-cli", "--no-tls", "--no-dtls", "--fingerprint", "--realm=dialogue.test", "--verbose",
                   "--allow-loopback-peers", "--log-file=stdout", "--simple-log", f"--userdb={folder / 'turn.db'}",
                   f"--pidfile={folder / 'turn.pid'}", *how]  # fmt: skip
        with log.open("wb") as said:
            server = subprocess.Popen(command, stdout=said, stderr=said)
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


def _lay(network: str) -> None:
    """A cable from here into a network of its own."""
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
            pytest.skip(f"no network of its own can be made here: {done.stderr.decode().strip()}")


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError as fault:
        return subprocess.CompletedProcess(command, 127, b"", str(fault).encode())
