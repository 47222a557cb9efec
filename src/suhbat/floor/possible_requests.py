"""A request that a delegation might make, and an intervention that the chair might allow: loaded for guards."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from suhbat.floor.floor_state import FloorState, list_of
from suhbat.floor.intervention_kinds import POINT, QUESTION, REPLY, SPEECH
from suhbat.floor.models import FloorRequest, Intervention


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    """A request for the floor that is not made yet, with all that its guard checks."""

    floor: FloorState
    kind: str
    delegation: str
    item: str
    observer: bool
    """Whether the delegation sits as an observer."""
    waiting: Sequence[FloorRequest]
    """The waiting requests of the delegation, on all items."""
    list_closed: bool
    """Whether the speakers' list of the item is closed. Loaded for a speech only."""
    spoke: Sequence[tuple[str, str]]
    """The interventions on the item so far: delegation and kind. Loaded for a reply only."""

    @property
    def waits_already(self) -> bool:
        """Whether such a request waits already. Points of order and questions belong to the moment, not to an item."""
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
    """An intervention that the chair might allow: on a waiting request, or by calling upon a delegation."""

    floor: FloorState
    kind: str
    delegation: str
    observer: bool
    """Whether the delegation sits as an observer."""
    request: FloorRequest | None


# Built once: see `floor_state`.
_WAITING = select(FloorRequest).where(
    FloorRequest.meeting == bindparam("meeting"),
    FloorRequest.delegation == bindparam("delegation"),
    FloorRequest.status == "waiting",
)
_SPOKE = select(Intervention.delegation, Intervention.kind).where(
    Intervention.meeting == bindparam("meeting"), Intervention.item == bindparam("item")
)


def new_request_of(
    session: Session, floor: FloorState, kind: str, delegation: str, item: str, *, observer: bool
) -> NewRequest:
    """The request with what its guard checks, for the rule; pages use `RoomState.new_request`."""
    meeting = floor.meeting.id
    spoke = session.execute(_SPOKE, {"meeting": meeting, "item": item}) if kind == REPLY else ()
    return NewRequest(
        floor=floor,
        kind=kind,
        delegation=delegation,
        item=item,
        observer=observer,
        waiting=session.scalars(_WAITING, {"meeting": meeting, "delegation": delegation}).all(),
        list_closed=kind == SPEECH and list_of(session, meeting, item).closed,
        spoke=[(speaker, turn) for speaker, turn in spoke],
    )
