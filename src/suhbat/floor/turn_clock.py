"""The clock of an intervention: it runs, pauses and ends. Also: how entries name the interventions they end."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from suhbat.floor.floor_state import FloorState
from suhbat.floor.models import Intervention
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import instant, stamp
from suhbat.ground.dates import show_duration
from suhbat.ground.language import _
from suhbat.ground.name_lists import sentences
from suhbat.record.entries import Entry


class EndedTurn(msgspec.Struct, frozen=True, kw_only=True):
    """An intervention that ended because of an act."""

    given: str
    """The intervention's id."""
    delegation: str
    seconds: int
    """Time on the floor, to the nearest second; interruptions do not count."""


def spoken(turn: Intervention, at: datetime) -> int:
    """The time on the floor of an intervention up to an instant, in microseconds."""
    if turn.since is None:
        return turn.spoken
    return turn.spoken + max(0, microseconds(instant(turn.since), at))


def microseconds(start: datetime, end: datetime) -> int:
    """Whole microseconds from one instant to another."""
    elapsed = end - start
    return (elapsed.days * 86_400 + elapsed.seconds) * 1_000_000 + elapsed.microseconds


def pause_turn(turn: Intervention, at: datetime) -> None:
    """Stop the clock of an intervention."""
    turn.spoken, turn.since = spoken(turn, at), None


def resume_turn(turn: Intervention, at: datetime) -> None:
    """Start the clock of an intervention again."""
    if turn.since is None:
        turn.since = stamp(at)


def end_turn(turn: Intervention, at: datetime) -> None:
    """End an intervention for good."""
    pause_turn(turn, at)
    turn.ended = stamp(at)


def ended_turn(turn: Intervention, at: datetime) -> EndedTurn:
    """How an entry names one intervention that it ends."""
    return EndedTurn(given=turn.id, delegation=turn.delegation, seconds=round(spoken(turn, at) / 1_000_000))


def all_ended_turns(floor: FloorState, at: datetime) -> list[EndedTurn]:
    """How an entry names all interventions in progress, if it ends them. The one that has the floor comes first."""
    return [ended_turn(turn, at) for turn in reversed(floor.turns)]


def end_turns(session: Session, entry: Entry, ends: Sequence[EndedTurn]) -> None:
    """End the interventions that an entry names."""
    for turn in ends:
        end_turn(session.get_one(Intervention, turn.given), entry.time)


def with_ends(sentence: str, ends: Sequence[EndedTurn]) -> str:
    """A sentence about an act, followed by one sentence for each intervention that the act ended."""
    return sentences(
        [
            sentence,
            *(
                _("%(state)s ends after %(span)s.")
                % {"state": state_name(turn.delegation), "span": show_duration(turn.seconds)}
                for turn in ends
            ),
        ]
    )
