"""A person's feed: its secret address. Only the secret's hash is kept, in a file beside the record."""

import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path

from suhbat.ground.settings import Settings
from suhbat.notices.subscriptions import FOLDER

_SECRET = re.compile(r"([0-9A-Za-z_-]{1,40})-([0-9a-f]{32})")


def new_secret(person: str) -> str:
    """A new secret that names its person and is good for an address. It cannot be guessed."""
    return f"{person}-{secrets.token_hex(16)}"


def person_named(secret: str) -> str:
    """The person whom a secret names, whether it is right or not; empty if it is no secret of ours."""
    named = _SECRET.fullmatch(secret)
    return named[1] if named else ""


def hash_of(secret: str) -> str:
    """SHA-256 of a secret, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret(secret: str, expected: str) -> bool:
    """Whether a secret has this hash."""
    return bool(expected) and hmac.compare_digest(hash_of(secret), expected)


def make_feed(settings: Settings, person: str) -> str:
    """Give a person a feed with a new secret, which is returned and not kept. The address before is dead."""
    secret = new_secret(person)
    path = _file(settings, person)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump({"hash": hash_of(secret)}, out)
    fresh.replace(path)
    return secret


def has_feed(settings: Settings, person: str) -> bool:
    """Whether a person has a feed."""
    return _file(settings, person).exists()


def feed_owner(settings: Settings, secret: str) -> str:
    """The person whose feed has this secret; empty if none has."""
    person = person_named(secret)
    if not person:
        return ""
    try:
        kept = json.loads(_file(settings, person).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return person if is_secret(secret, str(kept["hash"])) else ""


def remove_feed(settings: Settings, person: str) -> None:
    """End a person's feed: its address is dead."""
    _file(settings, person).unlink(missing_ok=True)


def people_with_feeds(settings: Settings) -> list[str]:
    """Everyone who has a feed."""
    return sorted(path.stem for path in (settings.data / FOLDER / "feeds").glob("*.json"))


def _file(settings: Settings, person: str) -> Path:
    return settings.data / FOLDER / "feeds" / f"{person}.json"
