"""How a summary record stands: who has agreed to which version."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_found
from suhbat.meetings.models import Delegation, Meeting
from suhbat.minutes.models import Minutes, MinutesStand


def meeting_of(session: Session, meeting: str) -> Meeting:
    """The meeting held here of this id."""
    row = session.get(Meeting, meeting)
    if row is None or row.origin != "held":
        raise not_found(lazy("There is no such meeting here."))
    return row


def minutes_of(session: Session, meeting: str) -> Minutes | None:
    """The summary record of a meeting with its paragraphs and stands; None if it is not written yet."""
    return session.scalar(
        select(Minutes)
        .where(Minutes.meeting == meeting)
        .options(selectinload(Minutes.paragraphs), selectinload(Minutes.stands))
    )


def delegations_of(meeting: Meeting) -> list[str]:
    """The delegations whose agreement is asked for, in protocol order: observers are not among them."""
    return [delegation.state for delegation in meeting.delegations if not delegation.observer]


def stands_now(minutes: Minutes) -> dict[str, MinutesStand]:
    """By delegation, how it stands to the present version; those who have not answered are missing."""
    return {stand.delegation: stand for stand in minutes.stands if stand.version == minutes.version}


def agreed_by(minutes: Minutes) -> set[str]:
    """The delegations that agree to the present version."""
    return {state for state, stand in stands_now(minutes).items() if stand.agrees}


def agreed_by_all(session: Session, meeting: str) -> bool:
    """Whether every delegation agreed to the version of a meeting's summary record that stands."""
    agreed = (
        select(MinutesStand.delegation)
        .join(Minutes, Minutes.meeting == MinutesStand.meeting)
        .where(MinutesStand.meeting == meeting, MinutesStand.agrees, MinutesStand.version == Minutes.version)
    )
    missing = select(Delegation.state).where(
        Delegation.meeting == meeting, Delegation.observer.is_(False), Delegation.state.not_in(agreed)
    )
    return session.scalar(missing.limit(1)) is None
