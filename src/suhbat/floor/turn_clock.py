"""The clock of an intervention: it runs, stands still, ends; and what entries say of the turns that they end."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from suhbat.floor.floor_state import Standing
from suhbat.floor.models import Intervention
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import _
from suhbat.ground.name_lists import sentences
from suhbat.record.entries import Entry


class EndedTurn(msgspec.Struct, frozen=True, kw_only=True):
    """An intervention that an act ended on its way."""

    given: str
    """The intervention's id."""
    delegation: str
    seconds: int
    """Time on the floor, to the nearest second; interruptions do not count."""


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


def ended(turn: Intervention, at: datetime) -> EndedTurn:
    """What an entry says of one intervention that ends."""
    return EndedTurn(given=turn.id, delegation=turn.delegation, seconds=round(spoken(turn, at) / 1_000_000))


def all_ended(floor: Standing, at: datetime) -> list[EndedTurn]:
    """What an entry says of all interventions that have begun, the one that has the floor first."""
    return [ended(turn, at) for turn in reversed(floor.turns)]


def end_turns(session: Session, entry: Entry, ends: Sequence[EndedTurn]) -> None:
    """End the interventions that an entry names."""
    for turn in ends:
        end(session.get_one(Intervention, turn.given), entry.time)


def span(seconds: int) -> str:
    """A length of time as a clock shows it: `4:32`, `1:02:09`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def with_ends(said: str, ends: Sequence[EndedTurn]) -> str:
    """A sentence, and what the act ended on the way as further ones."""
    return sentences(
        [
            said,
            *(
                _("%(state)s ends after %(span)s.") % {"state": state_name(turn.delegation), "span": span(turn.seconds)}
                for turn in ends
            ),
        ]
    )
