"""Mail addresses for calendar invitations: kept beside the record, never in it, and erased when they have served.

A record stays for ever and is copied by mirrors; a mail address should not. So an address that was given for the
calendar lies in a file of the data folder, readable by the house only, under the seat it was given for. Whoever
disposes of the seat is shown it; nobody else is.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from suhbat.ground.settings import Settings


@dataclass(frozen=True)
class Address:
    """Where the calendar of one seat goes, and what was sent there last."""

    seat: str
    meeting: str
    mail: str
    language: str
    sent: int = -1
    """The SEQUENCE of the last invitation that was sent; -1 if none was."""
    tries: int = 0
    """How often a mail server has refused what is due."""


def keep_address(settings: Settings, address: Address) -> None:
    """Keep an address, or what was sent there; in place of what was kept for the seat before."""
    path = _file(settings, address.seat)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(asdict(address), out)
    fresh.replace(path)


def addresses(settings: Settings) -> list[Address]:
    """Every address that is kept."""
    kept = (_read(path) for path in sorted((settings.data / "addresses").glob("*.json")))
    return [each for each in kept if each is not None]


def address_of(settings: Settings, seat: str) -> Address | None:
    """The address kept for a seat."""
    return _read(_file(settings, seat))


def forget_address(settings: Settings, seat: str) -> None:
    """Erase a seat's address, if one is kept: no calendar goes there any more."""
    _file(settings, seat).unlink(missing_ok=True)


@contextmanager
def at_the_post(settings: Settings) -> Iterator[bool]:
    """Whether this process may post now: one at a time does, so that nobody is written to twice."""
    folder = settings.data / "addresses"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _file(settings: Settings, seat: str) -> Path:
    return settings.data / "addresses" / f"{seat}.json"


def _read(path: Path) -> Address | None:
    with suppress(FileNotFoundError):
        return Address(**json.loads(path.read_text(encoding="utf-8")))
    return None
