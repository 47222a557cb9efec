"""Where a letter of invitation was mailed, and whether the mail server took it: kept outside the record for a while.

With it the secretariat can send a letter again and remind those who have not come, and the list of people says which
letters could not be mailed. The address is in a file of the data folder that only the server can read, named by its
seat. It is shown only to people who may manage the seat, and erased as soon as the seat is taken or given up, or the
meeting is over.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from suhbat.ground.settings import Settings
from suhbat.people.calendar_mail_addresses import write_private


@dataclass(frozen=True)
class MailedLetter:
    """The last letter for one seat: its place, address and language, and what became of it."""

    seat: str
    place: str
    mail: str
    language: str
    outcome: str
    """`sent`, `failed` or `no-server`."""


def note_letter(settings: Settings, letter: MailedLetter) -> None:
    """Save where a letter went. It replaces what was saved for the seat before."""
    write_private(_file(settings, letter.seat), asdict(letter))


def mailed_letters(settings: Settings) -> dict[str, MailedLetter]:
    """By seat: all letters of which the address is kept."""
    letters = (_read(path) for path in sorted((settings.data / "addresses" / "letters").glob("*.json")))
    return {letter.seat: letter for letter in letters if letter is not None}


def letter_of(settings: Settings, seat: str) -> MailedLetter | None:
    """The last letter for a seat; None if no address is kept."""
    return _read(_file(settings, seat))


def forget_letter(settings: Settings, seat: str) -> None:
    """Erase the address of a seat's letter, if there is one."""
    _file(settings, seat).unlink(missing_ok=True)


def _file(settings: Settings, seat: str) -> Path:
    return settings.data / "addresses" / "letters" / f"{seat}.json"


def _read(path: Path) -> MailedLetter | None:
    with suppress(FileNotFoundError):
        return MailedLetter(**json.loads(path.read_text(encoding="utf-8")))
    return None
