"""The state of a conference room, for pages and for other packages, and the time ledger."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from suhbat.floor.floor_state import FloorState, held_meeting
from suhbat.floor.intervention_kinds import POINT, QUESTION, REPLY, SPEECH
from suhbat.floor.models import FloorRequest, Intervention, SpeakersList, Statement, Summary
from suhbat.floor.possible_requests import Grant, NewRequest
from suhbat.floor.turn_clock import spoken
from suhbat.meetings.agenda import agenda_shown, numbered_items
from suhbat.record.audiences import PARTICIPANTS, SECRETARIAT, Scope, delegation_only

RANK = {POINT: 0, QUESTION: 1, SPEECH: 2, REPLY: 3}
"""The order of kinds on the list: procedure, what interrupts, speeches, replies at the end."""


@dataclass(frozen=True)
class Item:
    """An agenda item as the room shows it."""

    id: str
    number: str
    """`2`, or `2.1` under another item."""
    title: str
    minutes: int
    topic: str


@dataclass(frozen=True)
class RoomState(FloorState):
    """The floor with all that a page shows of it. Its rows belong to the session that read them: do not store them."""

    items: tuple[Item, ...]
    interventions: tuple[Intervention, ...]
    """All of the meeting, in the order in which the floor was given."""
    requests: tuple[FloorRequest, ...]
    """The waiting requests, for all items, in the order in which they were made."""
    lists: dict[str, SpeakersList]

    @property
    def item(self) -> Item | None:
        """The item before the meeting."""
        return next((item for item in self.items if item.id == self.room.item), None)

    @cached_property
    def observers(self) -> dict[str, bool]:
        """The delegations in protocol order, and whether each sits as an observer."""
        return {delegation.state: delegation.observer for delegation in self.meeting.delegations}

    @property
    def waiting(self) -> list[FloorRequest]:
        """The speakers' list of the present item, in speaking order.

        Points of order and questions belong to the moment, so they are on it for every item.
        """
        requests = [
            request for request in self.requests if request.item == self.room.item or RANK[request.kind] < RANK[SPEECH]
        ]
        protocol = {delegation.state: delegation.position for delegation in self.meeting.delegations}
        by_protocol = self.list_of(self.room.item).order == "protocol"

        def position(request: FloorRequest) -> tuple[int, int, int]:
            speech = by_protocol and request.kind == SPEECH
            return RANK[request.kind], protocol.get(request.delegation, len(protocol)) if speech else 0, request.entry

        return sorted(requests, key=position)

    def list_of(self, item: str) -> SpeakersList:
        """The speakers' list of an item: open and in the order of requests unless the chair changed it."""
        return self.lists.get(item) or SpeakersList(item=item, closed=False, order="request", seconds=0)

    def waiting_of(self, delegation: str) -> list[FloorRequest]:
        """The waiting requests of a delegation, on all items."""
        return [request for request in self.requests if request.delegation == delegation]

    def new_request(self, kind: str, delegation: str) -> NewRequest:
        """The request that a delegation would make with one press, for its guard."""
        item = self.item_for(kind)
        return NewRequest(
            floor=self,
            kind=kind,
            delegation=delegation,
            item=item,
            observer=self.observers.get(delegation, False),
            waiting=self.waiting_of(delegation),
            list_closed=kind == SPEECH and self.list_of(item).closed,
            spoke=[(turn.delegation, turn.kind) for turn in self.interventions if turn.item == item and kind == REPLY],
        )

    def grant(self, request: FloorRequest) -> Grant:
        """The intervention that a waiting request asks for, for its guard."""
        observer = self.observers.get(request.delegation, False)
        return Grant(floor=self, kind=request.kind, delegation=request.delegation, observer=observer, request=request)

    def call(self, delegation: str) -> Grant:
        """The speech for which the chair might call upon a delegation, for its guard."""
        observer = self.observers.get(delegation, False)
        return Grant(floor=self, kind=SPEECH, delegation=delegation, observer=observer, request=None)

    def spent(self, at: datetime, *, delegation: str = "", item: str | None = None) -> int:
        """Microseconds on the floor up to an instant, of one delegation or all, on one item or all."""
        return sum(
            spoken(turn, at)
            for turn in self.interventions
            if (not delegation or turn.delegation == delegation) and (item is None or turn.item == item)
        )


@dataclass(frozen=True)
class Spent:
    """One row of the time ledger."""

    delegation: str
    item: str
    turns: int
    spoken: int
    """Microseconds."""


# Built once, because every look at a room needs them: building a query takes longer than SQLite takes to answer it.
_TURNS = select(Intervention).where(Intervention.meeting == bindparam("meeting")).order_by(Intervention.entry)
_LISTS = select(SpeakersList).where(SpeakersList.meeting == bindparam("meeting"))
_WAITING = (
    select(FloorRequest)
    .where(FloorRequest.meeting == bindparam("meeting"), FloorRequest.status == "waiting")
    .order_by(FloorRequest.entry)
)
_STATEMENTS = (
    select(Statement)
    .where(Statement.meeting == bindparam("meeting"), Statement.replaced.is_(False))
    .order_by(Statement.entry)
)


def room_state(session: Session, meeting: str) -> RoomState:
    """The state of a meeting's room; not found where no such meeting is held here."""
    row, room, first_item, point_waits = held_meeting(session, meeting)
    here = {"meeting": meeting}
    interventions = tuple(session.scalars(_TURNS, here))
    return RoomState(
        meeting=row,
        room=room,
        first_item=first_item,
        point_waits=point_waits,
        turns=tuple(turn for turn in interventions if turn.ended is None),
        items=tuple(
            Item(numbered.item.id, numbered.number, numbered.item.title, numbered.item.minutes, numbered.item.topic)
            for numbered in numbered_items(agenda_shown(session, row))
        ),
        interventions=interventions,
        requests=tuple(session.scalars(_WAITING, here)),
        lists={speakers.item: speakers for speakers in session.scalars(_LISTS, here)},
    )


def time_ledger(session: Session, meeting: str, at: datetime) -> list[Spent]:
    """Time on the floor by delegation and item, up to an instant; pauses and open discussion count for nobody."""
    rows: dict[tuple[str, str], Spent] = {}
    for turn in session.scalars(_TURNS, {"meeting": meeting}):
        key = turn.delegation, turn.item
        before = rows.get(key, Spent(*key, 0, 0))
        rows[key] = Spent(*key, before.turns + 1, before.spoken + spoken(turn, at))
    return list(rows.values())


def statements_of(session: Session, meeting: str, scope: Scope) -> list[Statement]:
    """The statements that a reader may see: the offered ones and the own delegation's; the secretariat sees all."""
    return [row for row in session.scalars(_STATEMENTS, {"meeting": meeting}) if may_read(row, scope)]


def may_read(statement: Statement, scope: Scope) -> bool:
    """Whether a reader may see a statement now."""
    if scope.sees(delegation_only(statement.delegation)) or scope.sees(SECRETARIAT):
        return True
    return statement.offered is not None and scope.sees(PARTICIPANTS)


def summaries_of(session: Session, meeting: str) -> dict[int, str]:
    """The note-taker's summaries, by the entry that gave the floor."""
    query = select(Summary).where(Summary.meeting == meeting)
    return {summary.given: summary.text for summary in session.scalars(query)}
