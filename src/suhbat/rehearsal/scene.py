"""How a rehearsed meeting stands, and a move in it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Actor, Role
from suhbat.floor.models import FloorRequest, Intervention, Room
from suhbat.ground.language import Lazy
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.people.models import SeatRow
from suhbat.rehearsal.script import Item, Script
from suhbat.rehearsal.staging import played


@dataclass(frozen=True)
class Move:
    """What is due: who does what. `yours` says that it is for a human, who may also let it be played."""

    actor: Actor
    act: str
    wish: dict[str, Any] = field(default_factory=dict)
    yours: str = ""
    """The delegation of the human for whom this is due; empty where an absent one is played."""
    hint: Lazy | str = ""


@dataclass
class Scene:
    """How the meeting stands, as far as the script needs it."""

    session: Session
    script: Script
    meeting: Meeting
    humans: frozenset[str]
    """Delegations whose head's seat a human has taken, and `note-taker` if a human takes the notes."""

    def move(self, actor: Actor, act: str, hint: Lazy | str = "", **wish: Any) -> Move:
        """A move by the head of a delegation, the note-taker or the secretariat."""
        state = next((seat.state for seat in actor.seats if seat.role == Role.HEAD), "")
        yours = state if state in self.humans else ""
        return Move(actor, act, {"meeting": self.meeting.id, **wish}, yours, hint)

    def head(self, state: str) -> Actor:
        """The head of a delegation, as the script names them."""
        return played(self.script, self.meeting.id, state)

    @property
    def chair(self) -> Actor:
        """The head of the delegation that the script has in the chair."""
        return self.head(self.script.chair)

    @property
    def room(self) -> Room | None:
        """The room, once something has happened in it."""
        return self.session.get(Room, self.meeting.id)

    def item_at(self) -> tuple[int, Item] | None:
        """The script's item that is before the meeting; None before the first or on one that is not the script's."""
        room = self.room
        for n, item in enumerate(self.meeting.agenda):
            if room is not None and item.id == room.item and n < len(self.script.agenda):
                return n, self.script.agenda[n]
        return None

    def turns(self, item: str) -> list[Intervention]:
        """The speeches on an item so far."""
        query = select(Intervention).where(
            Intervention.meeting == self.meeting.id, Intervention.item == item, Intervention.kind == "speech"
        )
        return list(self.session.scalars(query.order_by(Intervention.entry)))

    def waiting(self, item: str) -> list[FloorRequest]:
        """Requests that wait on an item or above it: points of order first, then in the order they were made."""
        query = select(FloorRequest).where(
            FloorRequest.meeting == self.meeting.id, FloorRequest.status == "waiting", FloorRequest.item == item
        )
        rank = {"point-of-order": 0, "question": 1, "speech": 2, "reply": 3}
        return sorted(self.session.scalars(query), key=lambda each: (rank[each.kind], each.entry))

    def outcomes(self) -> list[Outcome]:
        """What the meeting has left behind so far."""
        query = select(Outcome).where(Outcome.meeting == self.meeting.id, Outcome.status != "withdrawn")
        return list(self.session.scalars(query.order_by(Outcome.entry)))


def scene(session: Session, script: Script, meeting: str) -> Scene:
    """Look at a rehearsed meeting."""
    taken = select(SeatRow.state).where(
        SeatRow.place == meeting,
        SeatRow.role == str(Role.HEAD),
        SeatRow.vacated.is_(False),
        SeatRow.person.is_not(None),
    )
    return Scene(session, script, session.get_one(Meeting, meeting), frozenset(session.scalars(taken)))
