"""Audiences: who may see an entry; and scopes: what one reader may see at one place.

A place is a meeting, a format, or the installation. An audience is a short text that an entry keeps for ever:

- `public`: anyone.
- `participants`: everyone with a seat at the meeting.
- `delegations`: the delegations of members and partners, without observers, and the staff who serve them. Of a format:
  its standing seats and its secretariat.
- `members`: the delegations of the members alone, without partners, observers and staff.
- `booths`: the interpreters. `secretariat`: the secretariat.
- `delegation:KZ`: one delegation of a meeting.
- `circle:health`: all standing seats of one subject in a format. `circle:health:JP+TJ`: those of the named states.
- `person:ID`: one person.
- `seat:ID`: whoever holds this seat, or held it last. Of notices alone, never of an entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

PUBLIC, PARTICIPANTS, DELEGATIONS, MEMBERS = "public", "participants", "delegations", "members"
BOOTHS, SECRETARIAT = "booths", "secretariat"
CIRCLE = "circle"
LONGEST_AUDIENCE = 200
"""Characters of an audience at most: a circle may name many states."""


def delegation_only(state: str) -> str:
    """The audience of one delegation: nobody else sees it, the secretariat and the chair included."""
    return f"delegation:{state}"


def person_only(person: str) -> str:
    """The audience of one person, for entries that concern nobody else, such as a passkey."""
    return f"person:{person}"


def seat_only(seat: str) -> str:
    """The audience of a notice for the holder of one seat."""
    return f"seat:{seat}"


def circle(subject: str, states: Iterable[str] = ()) -> str:
    """The audience of a subject's standing seats: of these states, or of all states if none is named.

    Raises `ValueError` if the states are too many for one audience.
    """
    named = "+".join(sorted(set(states)))
    audience = f"{CIRCLE}:{subject}:{named}" if named else f"{CIRCLE}:{subject}"
    if len(audience) > LONGEST_AUDIENCE:
        raise ValueError(f"an audience has at most {LONGEST_AUDIENCE} characters")
    return audience


@dataclass(frozen=True)
class Scope:
    """What one reader may see at one place: the audiences to which the reader belongs. The public is one of them."""

    audiences: frozenset[str] = frozenset({PUBLIC})
    circles: frozenset[tuple[str, str]] = frozenset()
    """Subject and state of the reader's standing seats at this place."""

    def sees(self, audience: str) -> bool:
        """Whether something with this audience may be shown to the reader."""
        if audience == PUBLIC or audience in self.audiences:
            return True
        kind, _, rest = audience.partition(":")
        if kind != CIRCLE or not self.circles:
            return False
        subject, _, states = rest.partition(":")
        named = set(states.split("+")) if states else None
        return any(own == subject and (named is None or state in named) for own, state in self.circles)

    def limits(self, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """The condition of a query that leaves what `sees` allows."""
        audiences = set(self.audiences) | {PUBLIC} | {circle(subject) for subject, _state in self.circles}
        return or_(column.in_(sorted(audiences)), *(_names(column, *own) for own in sorted(self.circles)))


def _names(column: InstrumentedAttribute[str], subject: str, state: str) -> ColumnElement[bool]:
    """Whether a column holds the circle of a subject with this state among those named."""
    start = f"{CIRCLE}:{subject}:"
    listed = "+" + column + "+"  # the first state stands behind the subject, the others each behind a plus
    return and_(
        column.startswith(start, autoescape=True),
        or_(column.startswith(f"{start}{state}+", autoescape=True), column == start + state,
            listed.contains(f"+{state}+", autoescape=True)),
    )  # fmt: skip
