"""Reminders by mail, for those who requested them.

No table and no entry holds a mail address: whoever wants to be reminded of a silence gives the address for that
silence alone. It is saved in a file of the data folder that only the server can read, and deleted when the silence has
ended and the last letter is sent.
"""

import json
import os
from email.message import EmailMessage
from pathlib import Path

from suhbat.acts.app import address
from suhbat.ground.language import gettext, lazy, reading_in
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.ground.settings import Settings
from suhbat.people.invitation_letter import looks_like_mail, new_mail, try_to_send
from suhbat.texts.adoption.utc_times import in_utc
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Silence, Text

MOST_ADDRESSES = 200
"""Addresses for one silence at most: enough for every member of every delegation."""


def _file(settings: Settings, silence: str) -> Path:
    return settings.data / "reminders" / f"{silence}.jsonl"


def save_address(settings: Settings, silence: str, mail: str, language: str) -> None:
    """Save an address until this silence ends; refused where the server cannot send mail."""
    if not settings.smtp:
        raise out_of_order(lazy("This server sends no mail."))
    if not looks_like_mail(mail):
        raise invalid(mail=lazy("This is no mail address."))
    if (mail, language) in saved_addresses(settings, silence):
        return
    if len(saved_addresses(settings, silence)) >= MOST_ADDRESSES:
        raise out_of_order(lazy("Too many addresses are stored for this silence already."))
    path = _file(settings, silence)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as out:
        out.write(json.dumps([mail, language]) + "\n")


def saved_addresses(settings: Settings, silence: str) -> list[tuple[str, str]]:
    """The addresses that are saved for a silence, each with its language."""
    return _read(_file(settings, silence))


def _read(path: Path) -> list[tuple[str, str]]:
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [(str(mail), str(code)) for mail, code in map(json.loads, rows)]


def silences_with_addresses(settings: Settings) -> list[str]:
    """The ids of the silences for which addresses are saved."""
    folder = settings.data / "reminders"
    return sorted(path.stem for path in folder.glob("*.jsonl")) if folder.is_dir() else []


def mail_reminder(settings: Settings, text: Text, silence: Silence) -> None:
    """Send the reminder to all who asked; what a mail server refuses is logged and not tried again."""
    for mail, code in saved_addresses(settings, silence.id):
        _send(settings, _letter(settings, text, silence, mail, code))


def mail_outcome(settings: Settings, silence_id: str, text: Text | None, silence: Silence | None) -> None:
    """Mail how a silence ended and delete the addresses. Of several processes the one that renames the file does it."""
    claimed = _file(settings, silence_id).with_suffix(".sending")
    try:
        _file(settings, silence_id).rename(claimed)
    except FileNotFoundError:
        return
    try:
        for mail, code in _read(claimed):
            if text is not None and silence is not None:
                _send(settings, _letter(settings, text, silence, mail, code))
    finally:
        claimed.unlink()


def _letter(settings: Settings, text: Text, silence: Silence, to: str, code: str) -> EmailMessage:
    with reading_in(code):
        placeholders = {
            "title": " ".join(text.title.split()),
            "deadline": in_utc(silence.deadline),
            "who": holder_name(silence.broken_by) if silence.broken_by else "",
        }
        subject = {
            "running": gettext("Under silence until %(deadline)s: %(title)s"),
            "held": gettext("The silence held: %(title)s"),
            "broken": gettext("The silence is broken by %(who)s: %(title)s"),
        }.get(silence.status, gettext("The silence is lifted: %(title)s"))
        page = settings.origin + address(f"/meetings/{text.meeting}/texts/{text.name}", code)
        closing = gettext("This address was given for this silence alone and is erased when it has ended.")
    return new_mail(settings, to, subject % placeholders, f"{subject % placeholders}\n\n{page}\n\n{closing}")


def _send(settings: Settings, message: EmailMessage) -> None:
    try_to_send(settings, message, "a reminder of a silence")
