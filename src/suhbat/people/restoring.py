"""The act after a restore: what may have been ended since the backup, and came back with it, is ended again."""

import secrets

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, Role, act, effect
from suhbat.acts.actors import ADMINISTRATION, Viewer
from suhbat.acts.live import ends_lines
from suhbat.ground.refusals import not_allowed
from suhbat.people.devices import Nothing
from suhbat.people.models import Invitation, Person
from suhbat.record.entries import Entry
from suhbat.record.reading import SECRETARIAT

LEAP = 1_000_000
"""More than anybody signs out between a backup and the loss of what came after it."""
_OPEN = Invitation.used.is_(False), Invitation.revoked.is_(False)


@act("installation.restored", "End letters and sign-ins after a restore", by={Role.ADMINISTRATOR}, audience=SECRETARIAT)
def restored(occasion: Occasion, _wish: Nothing) -> Decision:
    """After a backup was restored, all letters that are open and all sign-ins end, on the server's command line.

    They may have been used, revoked or ended after the backup, which the restored record does not know. Passkeys
    stay, so whoever has one signs in again; new letters are given out for the seats that wait.
    """
    if occasion.actor.id != ADMINISTRATION.id:
        raise not_allowed()
    count = select(func.count())
    body = {
        "letters": occasion.session.scalar(count.select_from(Invitation).where(*_OPEN)),
        "persons": occasion.session.scalar(count.select_from(Person)),
        "sign_outs": LEAP + secrets.randbelow(LEAP),
    }
    return Decision(body)


@effect("installation.restored")
def _end_all(session: Session, entry: Entry) -> None:
    """Letters are void, and the count of sign-outs leaps.

    One more would not do: whoever signed out and in again after the backup has a cookie with that very number. The
    leap is drawn by lot, so that a backup that is restored twice does not lead to the same numbers twice.
    """
    session.execute(update(Invitation).where(*_OPEN).values(revoked=True))
    session.execute(update(Person).values(sign_outs=Person.sign_outs + entry.body["sign_outs"]))


@ends_lines("installation.restored")
def _everybody(_entry: Entry, actor: Viewer) -> bool:
    """Whoever is signed in."""
    return not actor.anonymous
