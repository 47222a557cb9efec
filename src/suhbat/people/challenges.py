"""Challenges for passkeys: signed, short-lived, and remembered nowhere until they are used.

A challenge says by itself what it is for, for whom, and until when; the signature of this installation vouches for
it. So no state is kept between asking and answering, and any process of the house can check the answer.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from threading import Lock

from suhbat.ground.settings import Settings

LASTS = 300
"""Seconds between asking and answering at most."""
_NONCE, _TIME = 16, 8


class Spent:
    """Challenges that were answered within the last minutes: none is answered twice in one process.

    Several processes do not share it. There a captured answer could be sent again within five minutes by someone who
    broke the TLS line, which is more than the answer is worth to them.
    """

    def __init__(self) -> None:
        self._used: dict[bytes, float] = {}
        self._lock = Lock()

    def spend(self, challenge: bytes, at: datetime) -> bool:
        """Whether this is the first time the challenge is answered."""
        moment = at.timestamp()
        with self._lock:
            self._used = {old: until for old, until in self._used.items() if until > moment}
            if challenge in self._used:
                return False
            self._used[challenge] = moment + LASTS
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
