"""What this package asks about meetings, and the packages above answer: what a letter says, who came before, and when.

Seats and letters stand in a lower layer than meetings. The package that has the meetings registers its answers here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.register import add_once


@dataclass(frozen=True)
class InLetter:
    """What a letter says about a meeting, in the present language."""

    times_for: Callable[[str], Sequence[str]]
    """By state: the days and hours on the host's clock, and on that of the state's capital. It makes no query."""
    short_time_for: Callable[[str], str]
    """By state: the beginning on the clock of its capital, or else of the host."""
    how: str
    """`in Tokyo, Japan`, by video, or both."""
    host: str
    """Who invites, if the secretariat does not say otherwise: the state in the chair."""
    room: str
    """The address to which those who take part go."""
    agenda: Sequence[str] = ()
    """The items of the released agenda, with their numbers."""
    public_agenda: bool = False
    """Whether anyone may read the agenda; else it is not mailed."""
    draft: bool = False
    """Whether the meeting is not released yet."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who is known from an earlier meeting of the format, and may be invited again."""

    state: str
    role: str
    name: str
    office: str
    source: str
    """The meeting, as text for the reader."""

    @property
    def key(self) -> str:
        """By this the tick of a form names the person."""
        return f"{self.state}|{self.role}|{self.name}"


@dataclass(frozen=True)
class SameHour:
    """A meeting that takes place at the same hour as another one."""

    meeting: str
    title: str


InLetterFinder = Callable[[Session, str], InLetter | None]
KnownFinder = Callable[[Session, Viewer, str], Sequence[KnownPerson]]
SameHourFinder = Callable[[Session, str], Sequence[SameHour]]
_IN_LETTERS: list[InLetterFinder] = []
_KNOWN: list[KnownFinder] = []
_SAME_HOUR: list[SameHourFinder] = []


def tells_letters(finder: InLetterFinder) -> InLetterFinder:
    """Register what a letter says about a meeting; None if the place is not a meeting of this package."""
    add_once(_IN_LETTERS, finder, "what letters say about meetings")
    return finder


def knows_earlier_people(finder: KnownFinder) -> KnownFinder:
    """Register who is known from earlier meetings, as far as the viewer may know."""
    add_once(_KNOWN, finder, "who is known from earlier meetings")
    return finder


def knows_same_hour(finder: SameHourFinder) -> SameHourFinder:
    """Register which other meetings take place at the hour of a meeting."""
    add_once(_SAME_HOUR, finder, "the meetings of the same hour")
    return finder


def in_letter(session: Session, place: str) -> InLetter | None:
    """What a letter to a seat at this place says about the meeting; None for a format and for the installation."""
    return next((match for finder in _IN_LETTERS if (match := finder(session, place))), None)


def is_draft(session: Session, place: str) -> bool:
    """Whether this is a meeting that is not released yet."""
    meeting = in_letter(session, place)
    return meeting is not None and meeting.draft


def earlier_people(session: Session, viewer: Viewer, place: str) -> list[KnownPerson]:
    """Who was at earlier meetings of the format, without doubles."""
    people: dict[str, KnownPerson] = {}
    for finder in _KNOWN:
        for person in finder(session, viewer, place):
            people.setdefault(person.key, person)
    return list(people.values())


def meetings_of_same_hour(session: Session, place: str) -> list[SameHour]:
    """The other meetings that take place at the same hour."""
    return [meeting for finder in _SAME_HOUR for meeting in finder(session, place)]
