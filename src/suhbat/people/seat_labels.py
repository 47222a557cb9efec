"""Seats as text, in the reader's language."""

from typing import Protocol

from suhbat.acts.roles_and_seats import ROLE_NAMES, Role
from suhbat.ground.name_lists import labelled
from suhbat.people.standing_vocabulary import RANKS, SUBJECTS


class LabelledSeat(Protocol):
    """A seat as a row, or as a letter names it."""

    @property
    def role(self) -> str:
        """Its role (`Role`)."""

    @property
    def subject(self) -> str:
        """Of a standing seat: its subject."""

    @property
    def rank(self) -> str:
        """Of a standing seat: its rank."""


def seat_label(seat: LabelledSeat) -> str:
    """The role of a seat; of a standing seat its rank and its subject."""
    if seat.role == Role.STANDING:
        return standing_seat_label(seat.subject, seat.rank)
    return str(ROLE_NAMES[Role(seat.role)])


def standing_seat_label(subject: str, rank: str) -> str:
    """A standing seat: its rank and its subject."""
    return labelled(str(RANKS[rank]), str(SUBJECTS[subject]))
