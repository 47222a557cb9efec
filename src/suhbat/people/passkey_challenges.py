"""Challenges for passkeys: signed, short-lived, and remembered nowhere until they are used.

A challenge says by itself what it is for, for whom, and until when; the signature of this installation vouches for
it. So no state is kept between asking and answering, and any process of the house can check the answer. One that was
answered is remembered in the database until it is too old: signing in is no act, so no entry tells of it.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from suhbat.ground.database import Database
from suhbat.ground.settings import Settings
from suhbat.people.models import SpentChallenge

LASTS = 300
"""Seconds between asking and answering at most."""
_NONCE, _TIME = 16, 8


def spend(database: Database, challenge: bytes, at: datetime) -> bool:
    """Remember that a challenge was answered; says whether this is the first time, in any process of the house."""
    mark, moment = hashlib.sha256(challenge).hexdigest(), int(at.timestamp())
    try:
        with database.writing() as session:
            session.execute(delete(SpentChallenge).where(SpentChallenge.until < moment))
            session.add(SpentChallenge(hash=mark, until=moment + LASTS))
    except IntegrityError:
        return False
    return True


def new_challenge(settings: Settings, purpose: str, now: datetime) -> bytes:
    """A challenge for one purpose, such as `sign-in` or `keep:<person>`."""
    until = int((now + timedelta(seconds=LASTS)).timestamp()).to_bytes(_TIME, "big")
    content = secrets.token_bytes(_NONCE) + until
    return content + _signature(settings, purpose, content)


def vouched(settings: Settings, purpose: str, challenge: bytes, now: datetime) -> bool:
    """Whether this house made the challenge for this purpose not long ago."""
    content, signature = challenge[: _NONCE + _TIME], challenge[_NONCE + _TIME :]
    if not hmac.compare_digest(signature, _signature(settings, purpose, content)):
        return False
    return now.timestamp() <= int.from_bytes(content[_NONCE:], "big")


def _signature(settings: Settings, purpose: str, content: bytes) -> bytes:
    return hmac.new(settings.key("challenge"), purpose.encode() + b"\x00" + content, hashlib.sha256).digest()
