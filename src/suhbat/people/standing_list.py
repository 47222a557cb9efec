"""The standing seats of a format as its page of people shows them: by subject and state, and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from suhbat.acts.place_finders import Place
from suhbat.people.models import SeatRow
from suhbat.people.queries import ListedSeat
from suhbat.people.standing_seats import StandingSeats, is_silent, is_unanswered
from suhbat.people.standing_vocabulary import RANKS, SUBJECTS


@dataclass(frozen=True)
class ListedStandingSeat:
    """One standing seat in the list."""

    listed: ListedSeat
    rank: str
    """In the reader's language."""
    unanswered: bool
    """Whether a test waits for the holder's answer."""
    silent: bool
    """Whether it has waited for thirty days."""

    @property
    def row(self) -> SeatRow:
        """The row of the seat."""
        return self.listed.row


@dataclass(frozen=True)
class SeatsOfState:
    """The seats of one state for one subject, and the ranks that the viewer may name."""

    state: str
    seats: list[ListedStandingSeat]
    ranks: list[str]


def by_subject(
    place: Place, seats: StandingSeats, listed: Sequence[ListedSeat], moment: datetime
) -> list[tuple[str, str, list[SeatsOfState]]]:
    """By subject (its code and its label): the states of the format in protocol order, each with its seats."""
    order = list(RANKS)
    by_id = {seat.row.id: seat for seat in listed}

    def seats_of(state: str, subject: str) -> list[ListedStandingSeat]:
        rows = sorted(seats.of(state, subject), key=lambda row: (order.index(row.rank), row.id))
        return [
            ListedStandingSeat(by_id[row.id], str(RANKS[row.rank]), is_unanswered(row), is_silent(row, moment))
            for row in rows
        ]

    return [
        (
            subject,
            str(label),
            [SeatsOfState(state, seats_of(state, subject), seats.ranks(state, subject)) for state in place.states],
        )
        for subject, label in SUBJECTS.items()
    ]
