"""The secret of a personal link: made here, told once, kept only as a hash; and a letter as someone brings it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.people.models import Invitation, SeatRow
from suhbat.people.seat_bodies import KeptInvitation

DAYS = 14
"""Days an invitation lasts unless the inviting person says otherwise."""


@dataclass(frozen=True)
class Arrival:
    """A letter that someone brings, the seat it is for, and the moment."""

    invitation: Invitation
    row: SeatRow
    moment: datetime

    @property
    def fate(self) -> str:
        """Why the letter does not work any more: `used`, `revoked`, `given-up`, `expired`; empty while it does."""
        if self.invitation.used:
            return "used"
        if self.invitation.revoked:
            return "revoked"
        if self.row.vacated:
            return "given-up"
        return "" if stamp(self.moment) < self.invitation.expires else "expired"


def new_invitation(now: datetime, days: int) -> tuple[str, KeptInvitation]:
    """A secret of 256 bits for the link, and what the record keeps of it."""
    secret = secrets.token_urlsafe(32)
    expires = stamp(now + timedelta(days=days))
    return secret, KeptInvitation(id=new_id(), secret_hash=hash_of(secret), expires=expires)


def hash_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def find_arrival(session: Session, secret: str, now: datetime) -> Arrival | None:
    """The letter of a secret, whatever became of it, as it is brought now."""
    invitation = session.scalar(select(Invitation).where(Invitation.secret_hash == hash_of(secret)))
    return Arrival(invitation, session.get_one(SeatRow, invitation.seat), now) if invitation else None
