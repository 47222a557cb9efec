"""How a room stands, for pages and for other rooms: one look at all of it, and the time ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.floor.floor_state import Standing, held_meeting
from suhbat.floor.models import FloorRequest, Intervention, SpeakersList, Statement, Summary
from suhbat.floor.turn_clock import spoken
from suhbat.floor.turn_kinds import POINT, QUESTION, REPLY, SPEECH
from suhbat.floor.wishes import Grant, Wish
from suhbat.meetings.agenda import agenda_shown
from suhbat.meetings.models import AgendaItem
from suhbat.record.reading import PARTICIPANTS, SECRETARIAT, Scope, delegation_only

RANK = {POINT: 0, QUESTION: 1, SPEECH: 2, REPLY: 3}
"""What comes before what on the list: procedure, what interrupts, the list itself, replies at the end."""


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
class State(Standing):
    """A floor with all that a page shows of it. Rows are those of the session it was read in; do not keep them."""

    items: tuple[Item, ...]
    interventions: tuple[Intervention, ...]
    """All of the meeting, in the order in which the floor was given."""
    requests: tuple[FloorRequest, ...]
    """Those that wait, for all items, in the order in which they were made."""
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
        """The speakers' list of the present item, in the order in which its requests come to their turn.

        Points of order and questions belong to the moment, so they stand on it whatever the item.
        """
        here = [
            request for request in self.requests if request.item == self.room.item or RANK[request.kind] < RANK[SPEECH]
        ]
        protocol = {delegation.state: delegation.position for delegation in self.meeting.delegations}
        by_protocol = self.list_of(self.room.item).order == "protocol"

        def place(request: FloorRequest) -> tuple[int, int, int]:
            speech = by_protocol and request.kind == SPEECH
            return RANK[request.kind], protocol.get(request.delegation, len(protocol)) if speech else 0, request.entry

        return sorted(here, key=place)

    def list_of(self, item: str) -> SpeakersList:
        """The speakers' list of an item: open and in the order of requests until the chair says otherwise."""
        return self.lists.get(item) or SpeakersList(item=item, closed=False, order="request", seconds=0)

    def waiting_of(self, delegation: str) -> list[FloorRequest]:
        """The requests that a delegation has waiting, on whatever item."""
        return [request for request in self.requests if request.delegation == delegation]

    def wish(self, kind: str, delegation: str) -> Wish:
        """What a delegation would ask for with one press, for its guard."""
        item = self.item_for(kind)
        return Wish(
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
        """The turn for which a delegation waits, for its guard."""
        observer = self.observers.get(request.delegation, False)
        return Grant(floor=self, kind=request.kind, delegation=request.delegation, observer=observer, request=request)

    def call(self, delegation: str) -> Grant:
        """The speech to which the chair might call a delegation, for its guard."""
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
    """One line of the time ledger."""

    delegation: str
    item: str
    turns: int
    spoken: int
    """Microseconds."""


def state_of(session: Session, meeting: str) -> State:
    """How a meeting's room stands; not found where there is no such meeting held here."""
    held, room, first_item, point_waits = held_meeting(session, meeting)
    turns = select(Intervention).where(Intervention.meeting == meeting).order_by(Intervention.entry)
    interventions = tuple(session.scalars(turns))
    waiting = select(FloorRequest).where(FloorRequest.meeting == meeting, FloorRequest.status == "waiting")
    lists = session.scalars(select(SpeakersList).where(SpeakersList.meeting == meeting))
    return State(
        meeting=held,
        room=room,
        first_item=first_item,
        point_waits=point_waits,
        turns=tuple(turn for turn in interventions if turn.ended is None),
        items=tuple(numbered(agenda_shown(session, held))),
        interventions=interventions,
        requests=tuple(session.scalars(waiting.order_by(FloorRequest.entry))),
        lists={speakers.item: speakers for speakers in lists},
    )


def numbered(agenda: Sequence[AgendaItem]) -> list[Item]:
    """The agenda in its reading order, each item with its number."""
    items: list[Item] = []

    def under(parent: str | None, prefix: str) -> None:
        for n, item in enumerate((item for item in agenda if item.parent == parent), 1):
            items.append(Item(item.id, f"{prefix}{n}", item.title, item.minutes, item.topic))
            under(item.id, f"{prefix}{n}.")

    under(None, "")
    return items


def time_ledger(session: Session, meeting: str, at: datetime) -> list[Spent]:
    """Time on the floor by delegation and item, up to an instant; pauses and open discussion count for nobody."""
    query = select(Intervention).where(Intervention.meeting == meeting).order_by(Intervention.entry)
    lines: dict[tuple[str, str], Spent] = {}
    for turn in session.scalars(query):
        key = turn.delegation, turn.item
        before = lines.get(key, Spent(*key, 0, 0))
        lines[key] = Spent(*key, before.turns + 1, before.spoken + spoken(turn, at))
    return list(lines.values())


def statements_of(session: Session, meeting: str, scope: Scope) -> list[Statement]:
    """The statements that a reader may see: offered ones, the own delegation's, and the secretariat all of them."""
    query = select(Statement).where(Statement.meeting == meeting, Statement.replaced.is_(False))
    rows = session.scalars(query.order_by(Statement.entry))
    return [row for row in rows if may_read(row, scope)]


def may_read(statement: Statement, scope: Scope) -> bool:
    """Whether a reader may see a statement now."""
    if scope.sees(delegation_only(statement.delegation)) or scope.sees(SECRETARIAT):
        return True
    return statement.offered is not None and scope.sees(PARTICIPANTS)


def summaries_of(session: Session, meeting: str) -> dict[int, str]:
    """The note-taker's summaries, by the entry that gave the floor."""
    query = select(Summary).where(Summary.meeting == meeting)
    return {summary.given: summary.text for summary in session.scalars(query)}
