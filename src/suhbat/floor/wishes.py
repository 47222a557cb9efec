"""What a delegation wants the floor for, and what the chair may give it for: loaded for the guards to decide on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from suhbat.floor.floor_state import Standing, list_of
from suhbat.floor.models import FloorRequest, Intervention
from suhbat.floor.turn_kinds import POINT, QUESTION, REPLY, SPEECH


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A delegation's wish to have the floor for something, and what there is to know of it."""

    floor: Standing
    kind: str
    delegation: str
    item: str
    observer: bool
    """Whether the delegation sits as an observer."""
    waiting: Sequence[FloorRequest]
    """What else the delegation waits for, on whatever item."""
    list_closed: bool
    """Whether the speakers' list of the item takes no more speeches. Looked up for a speech only."""
    spoke: Sequence[tuple[str, str]]
    """The interventions on the item so far: whose, and of which kind. Looked up for a reply only."""

    @property
    def waits_already(self) -> bool:
        """Whether the delegation has asked for it. Points of order and questions belong to the moment, not an item."""
        return any(
            request.kind == self.kind and (self.kind in {POINT, QUESTION} or request.item == self.item)
            for request in self.waiting
        )

    @property
    def others_spoke(self) -> bool:
        """Whether another delegation has spoken on the item."""
        return any(delegation != self.delegation for delegation, _kind in self.spoke)

    @property
    def replies(self) -> int:
        """How often the delegation has replied on the item."""
        return sum(turn == (self.delegation, REPLY) for turn in self.spoke)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A turn that the chair may give: to a request that waits, or to a delegation that is called upon."""

    floor: Standing
    kind: str
    delegation: str
    observer: bool
    """Whether the delegation sits as an observer."""
    request: FloorRequest | None


# Made once: see `floor_state`.
_WAITING = select(FloorRequest).where(
    FloorRequest.meeting == bindparam("meeting"),
    FloorRequest.delegation == bindparam("delegation"),
    FloorRequest.status == "waiting",
)
_SPOKE = select(Intervention.delegation, Intervention.kind).where(
    Intervention.meeting == bindparam("meeting"), Intervention.item == bindparam("item")
)


def wish_of(session: Session, floor: Standing, kind: str, delegation: str, item: str, *, observer: bool) -> Wish:
    """A wish as it stands, for the rule; pages have it from `State.wish`."""
    meeting = floor.meeting.id
    spoke = session.execute(_SPOKE, {"meeting": meeting, "item": item}) if kind == REPLY else ()
    return Wish(
        floor=floor,
        kind=kind,
        delegation=delegation,
        item=item,
        observer=observer,
        waiting=session.scalars(_WAITING, {"meeting": meeting, "delegation": delegation}).all(),
        list_closed=kind == SPEECH and list_of(session, meeting, item).closed,
        spoke=[(speaker, turn) for speaker, turn in spoke],
    )
