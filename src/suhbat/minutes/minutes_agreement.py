"""The agreement to a summary record: which delegation has agreed to which version."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from suhbat.formats.state_names import state_name
from suhbat.ground.language import lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import invalid, not_found
from suhbat.meetings.models import Delegation, Meeting
from suhbat.minutes.models import Minutes, MinutesStand


def meeting_of(session: Session, meeting: str) -> Meeting:
    """The meeting with this id; not found unless it is held here."""
    row = session.get(Meeting, meeting)
    if row is None or row.origin != "held":
        raise not_found(lazy("There is no such meeting here."))
    return row


def minutes_of(session: Session, meeting: str) -> Minutes | None:
    """The summary record of a meeting with its paragraphs and answers; None if it is not written yet."""
    return session.scalar(
        select(Minutes)
        .where(Minutes.meeting == meeting)
        .options(selectinload(Minutes.paragraphs), selectinload(Minutes.stands))
    )


def delegations_of(meeting: Meeting) -> list[str]:
    """The delegations whose agreement is needed, in protocol order: all but observers."""
    return [delegation.state for delegation in meeting.delegations if not delegation.observer]


def unnamed_heads(meeting: Meeting) -> list[str]:
    """The delegations, observers apart, whose head has no name in the summary record, in protocol order."""
    return [row.state for row in meeting.delegations if not row.observer and not row.head_name]


def ask_about_unnamed(meeting: Meeting, *, confirmed: bool) -> None:
    """Refuse with a question if the record would be agreed or published with heads that have no name."""
    if confirmed or not (missing := unnamed_heads(meeting)):
        return
    states = in_a_row(state_name(state) for state in missing)
    raise invalid(unnamed=lazy("No head of delegation is named for: %(states)s.") % {"states": states})


def stands_now(minutes: Minutes) -> dict[str, MinutesStand]:
    """By delegation, its answer to the present version; those without an answer are missing."""
    return {stand.delegation: stand for stand in minutes.stands if stand.version == minutes.version}


def agreed_by(minutes: Minutes) -> set[str]:
    """The delegations that agree to the present version."""
    return {state for state, stand in stands_now(minutes).items() if stand.agrees}


def agreed_by_all(session: Session, meeting: str) -> bool:
    """Whether every delegation agreed to the present version of a meeting's summary record."""
    agreed = (
        select(MinutesStand.delegation)
        .join(Minutes, Minutes.meeting == MinutesStand.meeting)
        .where(MinutesStand.meeting == meeting, MinutesStand.agrees, MinutesStand.version == Minutes.version)
    )
    missing = select(Delegation.state).where(
        Delegation.meeting == meeting, Delegation.observer.is_(False), Delegation.state.not_in(agreed)
    )
    return session.scalar(missing.limit(1)) is None
