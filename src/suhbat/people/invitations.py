"""The secret of a personal link: made here, told once, kept only as a hash."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.people.models import Invitation

DAYS = 14
"""Days an invitation lasts unless the inviting person says otherwise."""


def new_invitation(now: datetime, days: int) -> tuple[str, dict[str, Any]]:
    """A secret of 256 bits for the link, and what the record keeps of it: id, SHA-256 in hex, expiry."""
    secret = secrets.token_urlsafe(32)
    kept = {"id": new_id(), "secret_hash": hash_of(secret), "expires": stamp(now + timedelta(days=days))}
    return secret, kept


def hash_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def find_invitation(session: Session, secret: str) -> Invitation | None:
    """The invitation of a secret, whatever became of it."""
    return session.scalar(select(Invitation).where(Invitation.secret_hash == hash_of(secret)))


def is_open(invitation: Invitation, now: datetime) -> bool:
    """Whether it can still be used."""
    return not invitation.used and not invitation.revoked and stamp(now) < invitation.expires
