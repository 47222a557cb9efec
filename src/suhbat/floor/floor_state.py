"""The state of the floor of a meeting: rules, guards and pages read it, effects change it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from suhbat.floor.intervention_kinds import POINT, SPEECH
from suhbat.floor.models import FloorRequest, Intervention, Room, SpeakersList
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import conflict, not_found, out_of_order
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.record.entries import Entry

OPEN, SUSPENDED, CONVENED, CLOSED = "open", "suspended", "convened", "closed"
EMPTY_ROOM = Room(meeting="", item="", open_to_all=False, chaired=0, changed=0)
"""The room of a meeting in which nothing has happened yet."""


@dataclass(frozen=True)
class FloorState:
    """A meeting and its floor at one moment: all that guards need, whether a rule or a page loaded it."""

    meeting: Meeting
    room: Room
    first_item: str
    """The first item of the agenda; empty where it has none."""
    point_waits: bool
    """Whether a point of order was raised and is not settled yet."""
    turns: tuple[Intervention, ...]
    """Interventions in progress. The last one has the floor; the others are interrupted and wait for it to end."""

    @property
    def holder(self) -> Intervention | None:
        """The intervention that has the floor."""
        return self.turns[-1] if self.turns else None

    @property
    def awaits_item(self) -> bool:
        """Whether no item is before the meeting yet, although its agenda has some: each item has a list of its own."""
        return bool(self.first_item) and not self.room.item

    def item_for(self, kind: str) -> str:
        """The item of a request that names none: the present item, or for a speech before any item the first."""
        return self.room.item or (self.first_item if kind == SPEECH else "")

    def must_have_seen(self, seen: int) -> None:
        """Refuse an outdated form: the chair has decided something since. 0 where the form does not say."""
        if seen and seen < self.room.chaired:
            raise conflict(lazy("The chair has decided something else meanwhile. Look again and decide again."))

    def must_still_be(self, intervention: str) -> None:
        """Refuse a form about an intervention that no longer has the floor."""
        if intervention and self.holder and intervention != self.holder.id:
            raise conflict(lazy("The floor has passed on meanwhile."))


REASONS: dict[str, Lazy] = {
    "draft": lazy("The meeting is not convened yet."),
    "convened": lazy("The chair has not opened the meeting yet."),
    "open": lazy("The meeting is open already."),
    "suspended": lazy("The meeting is suspended."),
    "closed": lazy("The meeting is closed."),
    "published": lazy("The meeting is closed."),
    "cancelled": lazy("The meeting is cancelled."),
}


def must_be(meeting: Meeting, *statuses: str) -> None:
    """Refuse what is out of order unless the meeting has one of these statuses."""
    if meeting.status not in statuses:
        raise out_of_order(REASONS.get(meeting.status, lazy("This meeting is not in session.")))


def must_hold_floor(floor: FloorState) -> Intervention:
    """The intervention that has the floor; refused where nobody has it."""
    if floor.holder is None:
        raise out_of_order(lazy("Nobody has the floor."))
    return floor.holder


# Built once, since they run at every act of a meeting: building a query takes longer than SQLite takes to answer it.
_FIRST = (
    select(AgendaItem.id)
    .where(AgendaItem.meeting == Meeting.id, AgendaItem.parent.is_(None))
    .order_by(AgendaItem.position)
    .limit(1)
    .correlate(Meeting)
    .scalar_subquery()
)
_POINT_WAITS = (
    exists()
    .where(FloorRequest.meeting == Meeting.id, FloorRequest.kind == POINT, FloorRequest.status == "waiting")
    .correlate(Meeting)
)
_MEETING = (
    select(Meeting, Room, _FIRST, _POINT_WAITS)
    .join_from(Meeting, Room, Room.meeting == Meeting.id, isouter=True)
    .where(Meeting.id == bindparam("meeting"))
)
_TURNS = (
    select(Intervention)
    .where(Intervention.meeting == bindparam("meeting"), Intervention.ended.is_(None))
    .order_by(Intervention.entry)
)
_ITEM = select(AgendaItem).where(AgendaItem.id == bindparam("item"))
_STATES = select(Delegation.state, Delegation.observer).where(Delegation.meeting == bindparam("meeting"))


def floor_state(session: Session, meeting: str) -> FloorState:
    """The meeting and its floor, for a rule; not found where no such meeting is held here."""
    return FloorState(*held_meeting(session, meeting), tuple(unfinished_turns(session, meeting)))


def held_meeting(session: Session, meeting: str) -> tuple[Meeting, Room, str, bool]:
    """The meeting, its room, its first item, whether a point of order waits; not found where none is held here."""
    columns = session.execute(_MEETING, {"meeting": meeting}).first()
    if columns is None or columns[0].origin != "held":
        raise not_found(lazy("There is no such meeting here."))
    row, room, first_item, point_waits = columns
    return row, room or EMPTY_ROOM, first_item or "", bool(point_waits)


def observers(session: Session, meeting: str) -> dict[str, bool]:
    """The delegations that were invited, and whether each sits as an observer."""
    rows = session.execute(_STATES, {"meeting": meeting})
    return {row.state: row.observer for row in rows}


def unfinished_turns(session: Session, meeting: str) -> list[Intervention]:
    """Interventions that have begun and not ended, in the order in which they began."""
    return list(session.scalars(_TURNS, {"meeting": meeting}))


def room_of(session: Session, meeting: str) -> Room:
    """The room's row, for effects; created if it is missing."""
    room = session.get(Room, meeting)
    if room is None:
        room = Room(meeting=meeting, item="", open_to_all=False, chaired=0, changed=0)
        session.add(room)
    return room


def mark_changed(session: Session, entry: Entry, *, chair: bool) -> None:
    """Note that this entry changed the room, and, if `chair`, that it is a decision of the chair."""
    room = room_of(session, entry.meeting)
    room.changed = entry.number
    if chair:
        room.chaired = entry.number


def list_of(session: Session, meeting: str, item: str) -> SpeakersList:
    """The speakers' list of an item; a new one, not yet in the session, where it has none."""
    query = select(SpeakersList).where(SpeakersList.meeting == meeting, SpeakersList.item == item)
    speakers = session.scalar(query)
    return speakers or SpeakersList(meeting=meeting, item=item, closed=False, order="request", seconds=0)


def item_of(session: Session, meeting: str, item: str) -> AgendaItem:
    """An item of this meeting's agenda; not found where the agenda has no such item."""
    row = session.scalar(_ITEM, {"item": item})
    if row is None or row.meeting != meeting:
        raise not_found(lazy("The agenda has no such item."))
    return row


def request_of(session: Session, meeting: str, request: str) -> FloorRequest:
    """A request for the floor of this meeting; not found where there is no such request."""
    row = session.get(FloorRequest, request)
    if row is None or row.meeting != meeting:
        raise not_found(lazy("There is no such request."))
    return row
