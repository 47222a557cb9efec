"""The secret of a personal link: made here, shown once, stored only as a hash; and finding a letter by its secret."""

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
"""Days for which an invitation is valid, unless the inviting person sets another number."""


@dataclass(frozen=True)
class Arrival:
    """A letter that someone uses, its seat, and the present time."""

    invitation: Invitation
    row: SeatRow
    moment: datetime

    @property
    def fate(self) -> str:
        """Why the letter no longer works: `used`, `revoked`, `given-up` or `expired`; empty if it works."""
        if self.invitation.used:
            return "used"
        if self.invitation.revoked:
            return "revoked"
        if self.row.vacated:
            return "given-up"
        return "" if stamp(self.moment) < self.invitation.expires else "expired"


def new_invitation(now: datetime, days: int) -> tuple[str, KeptInvitation]:
    """A secret of 256 bits for the link, and the letter as the record has it."""
    secret = secrets.token_urlsafe(32)
    expires = stamp(now + timedelta(days=days))
    return secret, KeptInvitation(id=new_id(), secret_hash=hash_of(secret), expires=expires)


def hash_of(secret: str) -> str:
    """The hash of a secret. The secret has 256 random bits, so it cannot be guessed from its hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def find_arrival(session: Session, secret: str, now: datetime) -> Arrival | None:
    """The letter with this secret, whether it still works or not; None if there is none."""
    invitation = session.scalar(select(Invitation).where(Invitation.secret_hash == hash_of(secret)))
    return Arrival(invitation, session.get_one(SeatRow, invitation.seat), now) if invitation else None
