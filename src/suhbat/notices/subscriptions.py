"""Where notices are mailed to: an address that its owner left, in a file beside the record.

The record stays for ever and is copied by mirrors; a mail address should not be. So leaving an address is no act. The
address is in a file of the data folder that only the server can read, named by its person. It counts once a link that
was mailed there has been opened. It is erased when its owner asks, and with the owner's last seat. Record and database
are whole without these files.
"""

import fcntl
import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from suhbat.ground.settings import Settings

log = logging.getLogger("suhbat.notices")
AT_ONCE, DAILY, WEEKLY = "at-once", "daily", "weekly"
RHYTHMS = (AT_ONCE, DAILY, WEEKLY)
FOLDER = "notices"
_PERSON = re.compile(r"[0-9A-Za-z_-]{1,40}")


@dataclass(frozen=True)
class Handover:
    """A mail that is being handed over to the mail server: which notices are in it. Written before it is sent.

    If the process ends before it can write that the mail was taken, the same mail is sent once more, with the same
    Message-ID, by which the receiving side can tell that it is the same.
    """

    urgent_alone: bool
    """Whether it has the urgent notices alone; else it has all."""
    upto: int
    """The number of the newest notice in it."""


@dataclass(frozen=True)
class Subscription:
    """One person's address, and what was sent there."""

    person: str
    token: str
    """The secret of the link in every mail that ends the mails, and of their Message-IDs."""
    mail: str = ""
    """The address; empty until it is confirmed."""
    language: str = "en"
    rhythm: str = DAILY
    told: int = 0
    """Up to this entry, all notices were mailed."""
    urgent_told: int = 0
    """Up to this entry, the urgent notices were mailed."""
    looked: str = ""
    """The instant (`clock.stamp`) at which a mail of the day or the week was due and was seen to."""
    handover: Handover | None = None
    tries: int = 0
    """How often the mail server has not taken the present mail."""
    refused: str = ""
    """The instant of the last of these; empty if none."""
    again: str = ""
    """The instant of the next try; empty if none waits."""
    asked: str = ""
    """An address that waits for its owner to open the link that was mailed there; empty if none does."""
    asked_hash: str = ""
    """SHA-256 of that link's secret, in hex."""
    asked_until: str = ""
    """The instant after which the link is void."""
    asked_times: int = 0
    """How many links were mailed on the day of the last one."""

    @property
    def failing(self) -> bool:
        """Whether the mail server has not taken the last mail."""
        return bool(self.tries)


def subscription_of(settings: Settings, person: str) -> Subscription | None:
    """What a person left; None if nothing is saved."""
    return _read(_file(settings, person)) if _PERSON.fullmatch(person) else None


def subscriptions(settings: Settings) -> list[Subscription]:
    """Everything that is saved, in order of persons."""
    files = sorted((settings.data / FOLDER / "addresses").glob("*.json"))
    return [subscription for path in files if (subscription := _read(path)) is not None]


def keep_subscription(settings: Settings, subscription: Subscription) -> None:
    """Save what a person left. It replaces what was saved before."""
    with _changing(settings):
        _write(settings, subscription)


def change_subscription(
    settings: Settings, person: str, change: Callable[[Subscription], Subscription]
) -> Subscription | None:
    """Change what is saved, undisturbed by other processes; None if it was erased meanwhile, and stays erased."""
    with _changing(settings):
        saved = subscription_of(settings, person)
        if saved is None:
            return None
        changed = change(saved)
        if changed != saved:
            _write(settings, changed)
        return changed


def erase_subscription(settings: Settings, person: str) -> None:
    """Erase a person's address and all that was noted with it."""
    with _changing(settings):
        _file(settings, person).unlink(missing_ok=True)


def handed_over(subscription: Subscription, handover: Handover, moment: str) -> Subscription:
    """The subscription after the mail server has taken a mail."""
    upto = handover.upto
    told = subscription.told if handover.urgent_alone else max(subscription.told, upto)
    return replace(
        subscription, handover=None, told=told, urgent_told=max(subscription.urgent_told, upto),
        looked=subscription.looked if handover.urgent_alone else moment, tries=0, refused="", again="",
    )  # fmt: skip


@contextmanager
def carrier_lock(settings: Settings) -> Iterator[bool]:
    """Whether this process may mail notices now. Only one may at a time, so that nobody gets a mail twice."""
    with _locked(settings, "carrier.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as has_lock:
        yield has_lock


@contextmanager
def _changing(settings: Settings) -> Iterator[None]:
    with _locked(settings, "change.lock", fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(settings: Settings, name: str, operation: int) -> Iterator[bool]:
    folder = settings.data / FOLDER / "addresses"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, operation)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _file(settings: Settings, person: str) -> Path:
    return settings.data / FOLDER / "addresses" / f"{person}.json"


def _read(path: Path) -> Subscription | None:
    """What a file holds; None if there is none, or if it was damaged, which must not keep mails from the others."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        handover = saved.pop("handover")
        return Subscription(**saved, handover=Handover(**handover) if handover else None)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        log.warning("%s is no address of ours (%s): its owner gets no mail", path, type(fault).__name__)
        return None


def _write(settings: Settings, subscription: Subscription) -> None:
    """Write the file whole, and to the disk: after a power cut it says what was handed over and what was not."""
    path = _file(settings, subscription.person)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(asdict(subscription), out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
