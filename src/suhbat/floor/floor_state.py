"""How a room stands at the moment of an act: what rules look at and effects change."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from suhbat.floor.models import FloorRequest, Intervention, Room, SpeakersList
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import conflict, not_found, out_of_order
from suhbat.meetings.models import AgendaItem, Delegation, Meeting

OPEN, SUSPENDED, CONVENED, CLOSED = "open", "suspended", "convened", "closed"
NEVER = Room(meeting="", item="", open_to_all=False, chaired=0, changed=0)
"""The room of a meeting in which nothing has happened yet."""


@dataclass(frozen=True)
class Standing:
    """A meeting and its room as they stand."""

    meeting: Meeting
    room: Room
    turns: tuple[Intervention, ...]
    """Interventions that have begun and not ended, the one that holds the floor last."""
    session: Session

    @cached_property
    def observers(self) -> dict[str, bool]:
        """The delegations that were invited, and whether each sits as an observer."""
        return {each.state: each.observer for each in self.session.execute(_STATES, {"meeting": self.meeting.id})}

    @property
    def holder(self) -> Intervention | None:
        """The intervention that has the floor; those it interrupts wait."""
        return self.turns[-1] if self.turns else None

    def must_be(self, *statuses: str) -> None:
        """Refuse what is out of order while the meeting is in another state."""
        if self.meeting.status not in statuses:
            raise out_of_order(WHY.get(self.meeting.status, lazy("This meeting is not in session.")))

    def must_have_seen(self, seen: int) -> None:
        """Refuse a form that the chair's other device has overtaken. 0 where the form carries nothing."""
        if seen and seen < self.room.chaired:
            raise conflict(lazy("The chair has decided something else meanwhile. Look again and decide anew."))

    def knows(self, delegation: str) -> bool:
        """Whether this delegation was invited."""
        return delegation in self.observers

    def observes(self, delegation: str) -> bool:
        """Whether this delegation sits as an observer."""
        return self.observers.get(delegation, False)


WHY: dict[str, Lazy] = {
    "draft": lazy("The meeting is not convened yet."),
    "convened": lazy("The chair has not opened the meeting yet."),
    "open": lazy("The meeting is open already."),
    "suspended": lazy("The meeting is suspended."),
    "closed": lazy("The meeting is closed."),
    "published": lazy("The meeting is closed."),
    "cancelled": lazy("The meeting is cancelled."),
}


# Asked at every act in a room, so made once: putting a query together takes longer than SQLite takes to answer it.
_HERE = Meeting.id == bindparam("meeting")
_MEETING = select(Meeting, Room).join_from(Meeting, Room, Room.meeting == Meeting.id, isouter=True).where(_HERE)
_TURNS = (
    select(Intervention)
    .where(Intervention.meeting == bindparam("meeting"), Intervention.ended.is_(None))
    .order_by(Intervention.entry)
)
_ITEM = select(AgendaItem).where(AgendaItem.id == bindparam("item"))
_STATES = select(Delegation.state, Delegation.observer).where(Delegation.meeting == bindparam("meeting"))


def standing(session: Session, meeting: str) -> Standing:
    """The meeting and its room; not found where there is no such meeting."""
    found = session.execute(_MEETING, {"meeting": meeting}).first()
    if found is None or found[0].origin != "held":
        raise not_found(lazy("There is no such meeting here."))
    return Standing(found[0], found[1] or NEVER, tuple(unfinished(session, meeting)), session)


def unfinished(session: Session, meeting: str) -> list[Intervention]:
    """Interventions that have begun and not ended, in the order in which they began."""
    return list(session.scalars(_TURNS, {"meeting": meeting}))


def room_of(session: Session, meeting: str) -> Room:
    """The room's row, made if need be: for effects."""
    found = session.get(Room, meeting)
    if found is None:
        found = Room(meeting=meeting, item="", open_to_all=False, chaired=0, changed=0)
        session.add(found)
    return found


def list_of(session: Session, meeting: str, item: str) -> SpeakersList:
    """The speakers' list of an item; a fresh one, not yet kept, where it has none."""
    query = select(SpeakersList).where(SpeakersList.meeting == meeting, SpeakersList.item == item)
    found = session.scalar(query)
    return found or SpeakersList(meeting=meeting, item=item, closed=False, order="request", seconds=0)


def item_of(session: Session, meeting: str, item: str) -> AgendaItem:
    """An item of this meeting's agenda; not found where it has none such."""
    found = session.scalar(_ITEM, {"item": item})
    if found is None or found.meeting != meeting:
        raise not_found(lazy("The agenda has no such item."))
    return found


def request_of(session: Session, meeting: str, request: str) -> FloorRequest:
    """A request made in this meeting."""
    found = session.get(FloorRequest, request)
    if found is None or found.meeting != meeting:
        raise not_found(lazy("There is no such request."))
    return found


def spoken(turn: Intervention, at: datetime) -> int:
    """Microseconds that an intervention has had on the floor up to an instant."""
    if turn.since is None:
        return turn.spoken
    return turn.spoken + max(0, microseconds(instant(turn.since), at))


def microseconds(start: datetime, end: datetime) -> int:
    """Whole microseconds from one instant to another."""
    gone = end - start
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds


def pause(turn: Intervention, at: datetime) -> None:
    """Stop the clock of an intervention."""
    turn.spoken, turn.since = spoken(turn, at), None


def go_on(turn: Intervention, at: datetime) -> None:
    """Let the clock of an intervention run."""
    if turn.since is None:
        turn.since = stamp(at)


def end(turn: Intervention, at: datetime) -> None:
    """Take the floor from an intervention for good."""
    pause(turn, at)
    turn.ended = stamp(at)
