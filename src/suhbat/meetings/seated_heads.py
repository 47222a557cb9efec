"""Who has taken the seat of head in a delegation, or of alternate head: told to everyone who takes part.

Where seats are known, the heads come from them. A copy of the record has rows of the reader's own seats at most, so an
entry of the system tells the participants. Whoever sits as head is the head by name, unless the credentials name
another one; from the closing of the meeting on the name stays.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import case, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Input, Occasion, act, effect, follow, further_effect, phrase
from suhbat.acts.roles_and_seats import HEADS, Role
from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext
from suhbat.ground.name_lists import listed
from suhbat.meetings.models import Delegation, Meeting
from suhbat.meetings.queries import delegation_of, meeting_of
from suhbat.people.models import Person, SeatRow
from suhbat.people.seat_corrections import SeatCorrected
from suhbat.people.seats import SeatTaken, SeatVacated
from suhbat.record.entries import Entry

STAYS_NAMED = frozenset({"closed", "published", "cancelled"})
"""Statuses of a meeting in which a head who gives up the seat is still the one who headed the delegation."""


class SeatedHead(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the seat of a head or of an alternate head."""

    role: str
    """`head` or `alternate`."""
    person: str
    name: str
    office: str


class HeadsSeated(Body, frozen=True, kw_only=True):
    """All who sit as head or alternate head in a delegation now, the head first."""

    state: str
    heads: list[SeatedHead]


class TellHeads(InMeeting, frozen=True, kw_only=True):
    """The delegation."""

    state: Annotated[str, Meta(max_length=20, title="Delegation", extra={"choices": "delegations"})]


@act("heads.seated", "Tell who heads a delegation", by={Role.SYSTEM})
def tell(occasion: Occasion, inputs: TellHeads) -> HeadsSeated:
    """The system tells all who take part who sits as head and as alternate head of a delegation.

    It does so when such a seat is taken or given up. Everyone needs to know whose answer binds the delegation.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    delegation = delegation_of(meeting, inputs.state)
    return HeadsSeated(state=delegation.state, heads=_seated(occasion.session, meeting.id, delegation.state))


@effect("heads.seated")
def told(session: Session, entry: Entry, body: HeadsSeated) -> None:
    """The delegation has these heads, also where their seats are not known."""
    meeting = session.get_one(Meeting, entry.meeting)
    _set_heads(meeting, delegation_of(meeting, body.state), body.heads)


@phrase("heads.seated")
def say_told(_entry: Entry, body: HeadsSeated) -> str:
    """Who heads the delegation; alternates too."""
    placeholders = {"state": state_name(body.state), "who": listed(head.name for head in body.heads)}
    if not body.heads:
        return gettext("%(state)s: nobody sits as head of the delegation.") % placeholders
    if body.heads[0].role == Role.HEAD:
        return gettext("%(state)s: %(who)s sits as head of the delegation.") % {
            **placeholders,
            "who": body.heads[0].name,
        }
    return gettext("%(state)s: in place of the head sits %(who)s.") % placeholders


@follow("seat.taken")
def tell_taken(session: Session, entry: Entry, body: SeatTaken) -> Iterable[tuple[str, Input]]:
    """A head or an alternate has taken the seat. Rehearsals tell it at once, see `rehearsal.seat_taken`."""
    if body.role in HEADS and not body.renewed:
        yield from _telling(session, entry, body.state)


@follow("seat.vacated")
def tell_vacated(session: Session, entry: Entry, body: SeatVacated) -> Iterable[tuple[str, Input]]:
    """A head or an alternate who had taken the seat has given it up."""
    row = session.get(SeatRow, body.seat)
    if body.role in HEADS and row is not None and row.person:
        yield from _telling(session, entry, body.state)


@follow("seat.corrected")
def tell_corrected(session: Session, entry: Entry, body: SeatCorrected) -> Iterable[tuple[str, Input]]:
    """The name, office or role of somebody who sits as head or as alternate was corrected."""
    row = session.get(SeatRow, body.seat)
    if {body.role, body.was_role} & HEADS and row is not None and row.person:
        yield from _telling(session, entry, body.state)


def _telling(session: Session, entry: Entry, state: str) -> Iterable[tuple[str, Input]]:
    meeting = session.get(Meeting, entry.meeting) if entry.meeting else None
    if meeting is not None and any(row.state == state for row in meeting.delegations):
        yield "heads.seated", TellHeads(meeting=meeting.id, state=state)


@further_effect("seat.taken")
@further_effect("seat.vacated")
@further_effect("seat.corrected")
@further_effect("rehearsal.seat_taken")
@further_effect("delegation.invited")
def refresh_heads(session: Session, entry: Entry) -> None:
    """The heads of each delegation follow the seats, where these are known."""
    heads_from_seats(session, entry.meeting)


def heads_from_seats(session: Session, meeting_id: str) -> None:
    """Set who heads each delegation of a meeting as its seats say."""
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    for delegation in meeting.delegations if meeting is not None else ():
        heads = _seated(session, meeting_id, delegation.state)
        if meeting is not None and msgspec.to_builtins(heads) != delegation.seated:
            _set_heads(meeting, delegation, heads)


def _seated(session: Session, meeting: str, state: str) -> list[SeatedHead]:
    query = (
        select(SeatRow.role, Person.id, Person.name, SeatRow.office)
        .join(Person, Person.id == SeatRow.person)
        .where(SeatRow.place == meeting, SeatRow.state == state, SeatRow.role.in_(HEADS), SeatRow.vacated.is_(False))
        .order_by(case((SeatRow.role == Role.HEAD, 0), else_=1), SeatRow.id)
    )
    rows = session.execute(query).all()
    return [SeatedHead(role=row.role, person=row.id, name=row.name, office=row.office) for row in rows]


def _set_heads(meeting: Meeting, delegation: Delegation, heads: Sequence[SeatedHead]) -> None:
    delegation.seated = msgspec.to_builtins(heads)
    is_named = delegation.credentials != "awaited" or (meeting.status in STAYS_NAMED and delegation.head_name)
    if is_named or meeting.status == "published":
        return
    head = next((head for head in heads if head.role == Role.HEAD), None)
    delegation.head_name, delegation.head_office = (head.name, head.office or None) if head else (None, None)
