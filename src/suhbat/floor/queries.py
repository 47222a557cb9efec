"""How a room stands, for pages and for other rooms: one look at all of it, and the time ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.floor.floor_state import NEVER, spoken
from suhbat.floor.models import FloorRequest, Intervention, Room, SpeakersList, Statement, Summary
from suhbat.floor.requests import POINT, QUESTION, REPLY, SPEECH
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_found
from suhbat.meetings.agenda import agenda_shown
from suhbat.meetings.models import AgendaItem, Meeting
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
class State:
    """A room as it stands. Rows are those of the session it was read in; do not keep them beyond it."""

    meeting: Meeting
    room: Room
    items: tuple[Item, ...]
    interventions: tuple[Intervention, ...]
    """All of the meeting, in the order in which the floor was given."""
    requests: tuple[FloorRequest, ...]
    """Those that wait, for all items, in the order in which they were made."""
    lists: dict[str, SpeakersList]

    @property
    def item(self) -> Item | None:
        """The item before the meeting."""
        return next((each for each in self.items if each.id == self.room.item), None)

    @property
    def turns(self) -> tuple[Intervention, ...]:
        """Turns that have begun and not ended; the last has the floor, the others wait for it to end."""
        return tuple(turn for turn in self.interventions if turn.ended is None)

    @property
    def holder(self) -> Intervention | None:
        """The turn that has the floor."""
        return self.turns[-1] if self.turns else None

    @property
    def waiting(self) -> list[FloorRequest]:
        """The speakers' list of the present item, in the order in which its requests come to their turn.

        Points of order and questions belong to the moment, so they stand on it whatever the item.
        """
        here = [each for each in self.requests if each.item == self.room.item or RANK[each.kind] < RANK[SPEECH]]
        protocol = {each.state: each.position for each in self.meeting.delegations}
        by_protocol = self.list_of(self.room.item).order == "protocol"

        def place(each: FloorRequest) -> tuple[int, int, int]:
            standing = protocol.get(each.delegation, len(protocol)) if by_protocol and each.kind == SPEECH else 0
            return RANK[each.kind], standing, each.entry

        return sorted(here, key=place)

    def list_of(self, item: str) -> SpeakersList:
        """The speakers' list of an item: open and in the order of requests until the chair says otherwise."""
        return self.lists.get(item) or SpeakersList(item=item, closed=False, order="request", seconds=0)

    def waiting_of(self, delegation: str) -> list[FloorRequest]:
        """The requests that a delegation has waiting, on whatever item."""
        return [each for each in self.requests if each.delegation == delegation]

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
    found = session.get(Meeting, meeting)
    if found is None or found.origin != "held":
        raise not_found(lazy("There is no such meeting here."))
    turns = select(Intervention).where(Intervention.meeting == meeting).order_by(Intervention.entry)
    waiting = select(FloorRequest).where(FloorRequest.meeting == meeting, FloorRequest.status == "waiting")
    lists = session.scalars(select(SpeakersList).where(SpeakersList.meeting == meeting))
    return State(
        meeting=found,
        room=session.get(Room, meeting) or NEVER,
        items=tuple(numbered(agenda_shown(session, found))),
        interventions=tuple(session.scalars(turns)),
        requests=tuple(session.scalars(waiting.order_by(FloorRequest.entry))),
        lists={each.item: each for each in lists},
    )


def numbered(agenda: Sequence[AgendaItem]) -> list[Item]:
    """The agenda in its reading order, each item with its number."""
    made: list[Item] = []

    def under(parent: str | None, prefix: str) -> None:
        for n, item in enumerate((each for each in agenda if each.parent == parent), 1):
            made.append(Item(item.id, f"{prefix}{n}", item.title, item.minutes, item.topic))
            under(item.id, f"{prefix}{n}.")

    under(None, "")
    return made


def time_ledger(session: Session, meeting: str, at: datetime) -> list[Spent]:
    """Time on the floor by delegation and item, up to an instant; pauses and open discussion count for nobody."""
    query = select(Intervention).where(Intervention.meeting == meeting).order_by(Intervention.entry)
    made: dict[tuple[str, str], Spent] = {}
    for turn in session.scalars(query):
        key = turn.delegation, turn.item
        before = made.get(key, Spent(*key, 0, 0))
        made[key] = Spent(*key, before.turns + 1, before.spoken + spoken(turn, at))
    return list(made.values())


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
    return {each.given: each.text for each in session.scalars(query)}
