"""Mail addresses for calendar invitations: stored outside the record, and deleted when they are no longer needed.

The record stays for ever and is copied by mirrors; a mail address should not be. So an address for the calendar is in a
file of the data folder that only the server can read, named by its seat. It is shown only to people who may manage
the seat.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from suhbat.ground.settings import Settings


@dataclass(frozen=True)
class Address:
    """The address for the calendar of one seat, and what was sent there last."""

    seat: str
    meeting: str
    mail: str
    language: str
    sent: int = -1
    """The SEQUENCE of the last invitation that was sent; -1 if none was sent."""
    tries: int = 0
    """How often the mail server has refused the next invitation."""


def keep_address(settings: Settings, address: Address) -> None:
    """Save an address with what was sent there. It replaces what was saved for the seat before."""
    write_private(_file(settings, address.seat), asdict(address))


def write_private(path: Path, values: dict[str, Any]) -> None:
    """Write a file that only the server can read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(values, out)
    fresh.replace(path)


def addresses(settings: Settings) -> list[Address]:
    """All saved addresses."""
    entries = (_read(path) for path in sorted((settings.data / "addresses").glob("*.json")))
    return [address for address in entries if address is not None]


def address_of(settings: Settings, seat: str) -> Address | None:
    """The address of a seat; None if none is saved."""
    return _read(_file(settings, seat))


def forget_address(settings: Settings, seat: str) -> None:
    """Delete a seat's address, if there is one. No calendar is sent there any more."""
    _file(settings, seat).unlink(missing_ok=True)


@contextmanager
def mail_lock(settings: Settings) -> Iterator[bool]:
    """Whether this process may send calendar mail now. Only one may at a time, so that nobody gets a mail twice."""
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
