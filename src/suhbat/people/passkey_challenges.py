"""Challenges for passkeys: signed, short-lived, and not stored until they are used.

A challenge contains its time limit, and its signature by this installation covers the purpose and the person. So
nothing is stored between question and answer, and any process of the server can check the answer. A challenge that was
answered is stored in the database until it is too old: signing in is not an act, so there is no entry of it.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from itsdangerous import BadSignature, Signer
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from suhbat.ground.database import Database
from suhbat.ground.settings import Settings
from suhbat.people.models import SpentChallenge

LASTS = 300
"""Seconds between question and answer at most."""
_NONCE, _TIME = 16, 8


def spend(database: Database, challenge: bytes, at: datetime) -> bool:
    """Store that a challenge was answered. Returns whether this is the first time, in any process of the server."""
    digest, moment = hashlib.sha256(challenge).hexdigest(), int(at.timestamp())
    try:
        with database.writing() as session:
            session.execute(delete(SpentChallenge).where(SpentChallenge.until < moment))
            session.add(SpentChallenge(hash=digest, until=moment + LASTS))
    except IntegrityError:
        return False
    return True


def new_challenge(settings: Settings, purpose: str, now: datetime) -> bytes:
    """A challenge for one purpose, such as `sign-in` or `keep:<person>`."""
    until = int((now + timedelta(seconds=LASTS)).timestamp()).to_bytes(_TIME, "big")
    return _signer(settings, purpose).sign(secrets.token_bytes(_NONCE) + until)


def is_valid(settings: Settings, purpose: str, challenge: bytes, now: datetime) -> bool:
    """Whether this server made the challenge for this purpose, and it has not expired."""
    try:
        content = _signer(settings, purpose).unsign(challenge)
    except BadSignature:
        return False
    return now.timestamp() <= int.from_bytes(content[_NONCE:], "big")


def _signer(settings: Settings, purpose: str) -> Signer:
    return Signer(settings.key("challenge"), salt=purpose, key_derivation="hmac", digest_method=hashlib.sha256)
