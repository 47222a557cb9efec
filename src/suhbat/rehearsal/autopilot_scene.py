"""The state of a rehearsed meeting, and a move in it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Actor, Role
from suhbat.acts.registry import GUARDS
from suhbat.floor.models import FloorRequest, Intervention, Room
from suhbat.ground.language import Lazy
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.people.models import SeatRow
from suhbat.rehearsal.script import Item, Script
from suhbat.rehearsal.staging import played_head


@dataclass(frozen=True)
class Move:
    """The act that is due, and its actor. With `yours`, a human is to act, but may also let it be played."""

    actor: Actor
    act: str
    inputs: dict[str, Any] = field(default_factory=dict)
    yours: str = ""
    """The delegation of the human who is to act; empty if an absent participant is played."""
    hint: Lazy | str = ""


@dataclass
class Scene:
    """The state of the meeting, as far as the autopilot needs it."""

    session: Session
    script: Script
    meeting: Meeting
    humans: frozenset[str]
    """Delegations whose head is a human."""

    def move(self, actor: Actor, act: str, hint: Lazy | str = "", **inputs: Any) -> Move:
        """A move by the head of a delegation, the note-taker or the secretariat."""
        state = next((seat.state for seat in actor.seats if seat.role == Role.HEAD), "")
        yours = state if state in self.humans else ""
        return Move(actor, act, {"meeting": self.meeting.id, **inputs}, yours, hint)

    def may(self, actor: Actor, act: str, *about: Any) -> bool:
        """Whether an act is possible now, by its guard, which its rule and every page use too."""
        try:
            GUARDS[act](actor, self.meeting, *about)
        except Refused:
            return False
        return True

    def head(self, state: str) -> Actor:
        """The head of a delegation, with the name in the script."""
        return played_head(self.script, self.meeting.id, state)

    @property
    def chair(self) -> Actor:
        """The head of the delegation that is in the chair in the script."""
        return self.head(self.script.chair)

    @property
    def room(self) -> Room | None:
        """The room, once something has happened in it."""
        return self.session.get(Room, self.meeting.id)

    def item_at(self) -> tuple[int, Item] | None:
        """The scripted item that is open, with its index; None before the first item and on other items."""
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
        """Waiting requests on an item: points of order first, then by kind and in the order they were made."""
        query = select(FloorRequest).where(
            FloorRequest.meeting == self.meeting.id, FloorRequest.status == "waiting", FloorRequest.item == item
        )
        rank = {"point-of-order": 0, "question": 1, "speech": 2, "reply": 3}
        return sorted(self.session.scalars(query), key=lambda request: (rank[request.kind], request.entry))

    def outcomes(self) -> list[Outcome]:
        """The outcomes of the meeting so far."""
        query = select(Outcome).where(Outcome.meeting == self.meeting.id, Outcome.status != "withdrawn")
        return list(self.session.scalars(query.order_by(Outcome.entry)))


def read_scene(session: Session, script: Script, meeting: str) -> Scene:
    """Read the state of a rehearsed meeting."""
    human_heads = select(SeatRow.state).where(
        SeatRow.place == meeting,
        SeatRow.role == str(Role.HEAD),
        SeatRow.vacated.is_(False),
        SeatRow.person.is_not(None),
    )
    return Scene(session, script, session.get_one(Meeting, meeting), frozenset(session.scalars(human_heads)))
