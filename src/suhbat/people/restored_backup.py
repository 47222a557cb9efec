"""The act after a restore: letters and sign-ins that may have been ended after the backup are ended again."""

import secrets

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Role, act, effect, guard
from suhbat.acts.live_streams import ends_lines
from suhbat.acts.roles_and_seats import ADMINISTRATION, Viewer
from suhbat.ground.refusals import not_allowed
from suhbat.people.models import Invitation, Person
from suhbat.people.passkey_acts import Nothing
from suhbat.record.audiences import SECRETARIAT
from suhbat.record.entries import Entry

LEAP = 1_000_000
"""More sign-outs than a person makes between two backups."""
_OPEN = Invitation.used.is_(False), Invitation.revoked.is_(False)


class InstallationRestored(Body, frozen=True, kw_only=True):
    """How many letters and persons were affected, and by how much every count of sign-outs is increased."""

    letters: int
    persons: int
    sign_outs: int


@guard("installation.restored")
def may_end_all(viewer: Viewer, _place: object) -> None:
    """Only the operator on the server's command line."""
    if viewer.id != ADMINISTRATION.id:
        raise not_allowed()


@act("installation.restored", "End letters and sign-ins after a restore", by={Role.ADMINISTRATOR}, audience=SECRETARIAT)
def end_all(occasion: Occasion, _inputs: Nothing) -> InstallationRestored:
    """After a backup was restored, all letters that are open and all sign-ins end, on the server's command line.

    They may have been used, revoked or ended after the backup, which the restored record does not know. Passkeys
    stay, so whoever has one signs in again; new letters are given out for the seats that wait.
    """
    may_end_all(occasion.actor, None)
    count = select(func.count())
    return InstallationRestored(
        letters=occasion.session.scalar(count.select_from(Invitation).where(*_OPEN)) or 0,
        persons=occasion.session.scalar(count.select_from(Person)) or 0,
        sign_outs=LEAP + secrets.randbelow(LEAP),
    )


@effect("installation.restored")
def _end_all(session: Session, _entry: Entry, body: InstallationRestored) -> None:
    """Letters are void, and the count of sign-outs is increased by a large number.

    Increasing it by one is not enough: a person who signed out and in again after the backup has a cookie with that
    number. The increase is random, so that restoring a backup twice does not lead to the same number twice.
    """
    session.execute(update(Invitation).where(*_OPEN).values(revoked=True))
    session.execute(update(Person).values(sign_outs=Person.sign_outs + body.sign_outs))


@ends_lines("installation.restored")
def _everybody(_entry: Entry, actor: Viewer) -> bool:
    """The connections of everyone who is signed in."""
    return not actor.anonymous
