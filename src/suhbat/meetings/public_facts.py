"""What anyone may know of a meeting that was released: its facts, its delegations, and how far it is.

The public page shows this while nearly all entries of a meeting are closed. So a public entry tells it: the release of
the convocation, and after it an act of the system whenever one of these facts changes by a closed entry.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Input, Occasion, act, effect, follow, guard, phrase
from suhbat.acts.roles_and_seats import Role, Viewer
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.meeting_facts import (
    FACTS,
    InTheChair,
    MeetingFacts,
    SeatedDelegation,
    facts_of,
    set_delegation_order,
)
from suhbat.meetings.models import Delegation, Meeting
from suhbat.meetings.queries import meeting_of
from suhbat.record.entries import Entry


class PublicFacts(MeetingFacts, frozen=True, kw_only=True):
    """The facts about a meeting. The chair has no name here: names are public with the summary record."""

    status: str
    """`convened`, `open`, `suspended` or `closed`."""
    rehearsal: bool
    sequence: int
    """The iCalendar SEQUENCE: it rises when the calendar data changes."""
    delegations: list[SeatedDelegation]
    """In protocol order."""


def public_facts(meeting: Meeting, status: str = "") -> PublicFacts:
    """What anyone may know of a released meeting now; with `status`, from now on."""
    facts = msgspec.structs.asdict(facts_of(meeting))
    facts["chair"] = InTheChair(state=meeting.chair_state or "", name=None, office=None)
    status = status or meeting.status
    return PublicFacts(
        **facts,
        status=status,
        rehearsal=meeting.rehearsal,
        sequence=meeting.sequence,
        delegations=_seated(meeting),
    )


def _seated(meeting: Meeting) -> list[SeatedDelegation]:
    """The delegations in protocol order. The list itself may still be in the order in which they were invited."""
    rows = sorted(meeting.delegations, key=lambda row: row.position)
    return [SeatedDelegation(state=row.state, observer=row.observer) for row in rows]


def show_facts(session: Session, entry: Entry, facts: PublicFacts) -> None:
    """Set the facts of a meeting whose closed entries are not there; else they are in the tables already."""
    meeting = session.get(Meeting, entry.meeting)
    if meeting is None:
        meeting = Meeting(id=entry.meeting, format=entry.format, rehearsal=facts.rehearsal, status="convened")
        meeting.released = True
    for name in FACTS:
        setattr(meeting, name, getattr(facts, name))
    meeting.chair_state = facts.chair.state  # whoever may know the name has it from a closed entry
    meeting.sequence, meeting.status, meeting.entry = facts.sequence, facts.status, entry.number
    session.add(meeting)
    if _seated(meeting) != facts.delegations:
        known = {row.state: row for row in meeting.delegations}
        meeting.delegations = [
            known.get(seated.state) or Delegation(state=seated.state, observer=seated.observer, changed=entry.number)
            for seated in facts.delegations
        ]
        set_delegation_order(meeting, facts.delegations)


class FactsPublished(Body, frozen=True, kw_only=True):
    """What anyone may know of the meeting from now on."""

    facts: PublicFacts


@guard("facts.published")
def may_publish(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting has been released."""
    if meeting.hidden:
        raise out_of_order(lazy("The meeting itself has not been released yet."))


@act("facts.published", "Publish the facts of a meeting", by={Role.SYSTEM}, audience="public")
def publish(occasion: Occasion, inputs: InMeeting) -> FactsPublished:
    """The system publishes how a meeting stands, as its public page shows it, when a closed entry has changed that.

    Its facts were changed, a delegation was invited or withdrawn, or the meeting was opened, suspended, resumed or
    closed. No person is named, and nothing of what is said or done in the room is told.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_publish(occasion.actor, meeting)
    return FactsPublished(facts=public_facts(meeting))


@effect("facts.published")
def published(session: Session, entry: Entry, body: FactsPublished) -> None:
    """The facts are shown where the closed entries behind them are not."""
    show_facts(session, entry, body.facts)


@phrase("facts.published")
def say_published(_entry: Entry, _body: FactsPublished) -> str:
    """That the public page is up to date."""
    return gettext("The public page of the meeting is brought up to date.")


@follow("meeting.changed")
@follow("delegation.invited")
@follow("delegation.withdrawn")
@follow("meeting.opened")
@follow("meeting.suspended")
@follow("meeting.resumed")
@follow("meeting.closed")
def publish_facts(session: Session, entry: Entry) -> Iterable[tuple[str, Input]]:
    """What changed by a closed entry is told publicly, if anyone may know of the meeting."""
    if not session.get_one(Meeting, entry.meeting).hidden:
        yield "facts.published", InMeeting(meeting=entry.meeting)
