"""The conference of the browser tests: six ministers in six contexts of one Chromium, in a really served house."""

import time
from collections.abc import Callable
from typing import Any

from suhbat.acts import Decision, Occasion, Role, Seat, Wish
from suhbat.acts.actors import Actor
from suhbat.formats.models import Format
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.people.models import Person, SeatRow

MEETING = "ca-japan/2020-08-11-special"
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
ITEMS = ("health", "trade", "future")
NAMES = {
    "JP": "Toshimitsu Motegi", "KZ": "Mukhtar Tileuberdi", "KG": "Chingiz Aidarbekov",
    "TJ": "Sirojiddin Muhriddin", "TM": "Rashid Meredov", "UZ": "Abdulaziz Kamilov",
}  # fmt: skip
SYSTEM = Actor("staging", "Staging", (Seat(Role.SYSTEM),))


class Stage(Wish, frozen=True, kw_only=True):
    """Nothing more is needed to put the conference on stage."""


def stage(occasion: Occasion, wish: Stage) -> Decision:
    """The conference is put on stage."""
    return Decision({}, format="ca-japan", meeting=MEETING)


def staged(session: Any, entry: Any) -> None:
    """Six delegations, three items, a person in each head's seat; Japan's head is in the chair."""
    session.add(Format(id="ca-japan", name="Central Asia plus Japan", kind="n-plus-one"))
    session.flush()
    meeting = Meeting(
        id=MEETING, format="ca-japan", title="Special video conference", level="ministerial", mode="video",
        starts="2020-08-11", zone="Asia/Tokyo", opens_at="2020-08-11T06:00:00.000000Z", chair_state="JP",
        status="convened", origin="held",
    )  # fmt: skip
    office = "Minister of Foreign Affairs"
    meeting.delegations = [
        Delegation(state=state, position=n, head_name=NAMES[state], head_office=office)
        for n, state in enumerate(STATES)
    ]
    meeting.agenda = [AgendaItem(id=item, position=n, title=f"On {item}", minutes=20) for n, item in enumerate(ITEMS)]
    session.add(meeting)
    for state in STATES:
        session.add(Person(id=person_of(state), name=NAMES[state]))
    session.flush()
    for state in STATES:
        who = person_of(state)
        session.add(SeatRow(id=f"s-{who}", person=who, role=Role.HEAD, place=MEETING, state=state, office=office))
    session.add(SeatRow(id="r-chair", person=person_of("JP"), role=Role.CHAIR, place=MEETING, state="JP"))


def person_of(state: str) -> str:
    """The person in the head's seat of a state."""
    return f"head-{state.lower()}"


def actor_of(state: str) -> Actor:
    """The head of a delegation, for acts performed behind the browsers' backs."""
    seats = [Seat(Role.HEAD, MEETING, state, "Minister of Foreign Affairs")]
    if state == "JP":
        seats.append(Seat(Role.CHAIR, MEETING, "JP"))
    return Actor(person_of(state), NAMES[state], tuple(seats))


def until(what: str, holds: Callable[[], Any], seconds: float = 30, every: float = 0.25) -> Any:
    """Wait until something holds; a test fails with what it waited for, and what it saw last."""
    end = time.monotonic() + seconds
    while True:
        seen = holds()
        if seen:
            return seen
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what} (last seen: {seen!r})")
        time.sleep(every)
