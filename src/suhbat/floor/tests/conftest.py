"""A conference to act in: six delegations, three items, persons in their seats; staged by one act of its own."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import Ticking, assert_record_is_complete
from sqlalchemy.orm import Session
from tests.hurried import hurry
from tests.loaded import Loads

from suhbat.acts import Decision, Occasion, Role, Seat, Wish, act, effect
from suhbat.acts.actors import Actor
from suhbat.acts.house import House
from suhbat.acts.registry import REGISTRY
from suhbat.application import make_house
from suhbat.formats.models import Format
from suhbat.ground.refusals import Refused
from suhbat.ground.settings import Settings
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.people.models import Person, SeatRow

MEETING = "ca-japan/2020-08-11-special"
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
ITEMS = ("health", "trade", "future")
NAMES = {
    "JP": "Toshimitsu Motegi", "KZ": "Mukhtar Tileuberdi", "KG": "Chingiz Aidarbekov",
    "TJ": "Sirojiddin Muhriddin", "TM": "Rashid Meredov", "UZ": "Abdulaziz Kamilov", "EU": "Peter Burian",
}  # fmt: skip
STAFF = Actor("staging", "Staging", (Seat(Role.SYSTEM),))


class Stage(Wish, frozen=True, kw_only=True):
    status: str = "convened"


def _stage(occasion: Occasion, wish: Stage) -> Decision:
    """The conference is put on stage."""
    return Decision({"status": wish.status}, format="ca-japan", meeting=MEETING)


def _staged(session: Session, entry: Any) -> None:
    session.add(Format(id="ca-japan", name="Central Asia plus Japan", kind="n-plus-one"))
    session.flush()
    meeting = Meeting(
        id=MEETING, format="ca-japan", title="Special video conference", level="ministerial", mode="video",
        starts="2020-08-11", zone="Asia/Tokyo", opens_at="2020-08-11T06:00:00.000000Z", chair_state="JP",
        status=entry.body["status"], origin="held",
    )  # fmt: skip
    meeting.delegations = [
        Delegation(state=state, position=n, head_name=NAMES[state], head_office="Minister of Foreign Affairs")
        for n, state in enumerate(STATES)
    ]
    meeting.delegations.append(
        Delegation(state="EU", position=6, observer=True, head_name=NAMES["EU"], head_office="Special Representative")
    )
    meeting.agenda = [AgendaItem(id=item, position=n, title=f"On {item}", minutes=20) for n, item in enumerate(ITEMS)]
    session.add(meeting)
    for person, role, state in seats():
        session.add(Person(id=person, name=NAMES.get(state, person.title())))
        session.flush()
        office = "Minister of Foreign Affairs" if role == Role.HEAD else ""
        session.add(SeatRow(id=f"s-{person}", person=person, role=role, place=MEETING, state=state, office=office))
    session.add(SeatRow(id="r-head-jp", person="head-jp", role=Role.CHAIR, place=MEETING, state="JP"))


def seats() -> list[tuple[str, Role, str]]:
    """Who sits where: person, role, delegation. Japan's head is in the chair."""
    return [
        *((f"head-{state.lower()}", Role.HEAD, state) for state in STATES),
        ("delegate-kz", Role.DELEGATE, "KZ"),
        ("adviser-kz", Role.ADVISER, "KZ"),
        ("observer-eu", Role.OBSERVER, "EU"),
        ("secretariat", Role.SECRETARIAT, ""),
        ("note-taker", Role.NOTE_TAKER, ""),
        ("interpreter", Role.INTERPRETER, ""),
    ]


@pytest.fixture
def staging():
    act("staging.set", "Stage", by={Role.SYSTEM}, audience="secretariat")(_stage)
    effect("staging.set")(_staged)
    yield
    del REGISTRY["staging.set"]


@pytest.fixture
def house(staging: None, house: House) -> House:
    """The house with the conference in it; the staging act is known until the record was rebuilt."""
    house.door.perform(STAFF, "staging.set", Stage())
    return house


@pytest.fixture
def person() -> Callable[[str], Actor]:
    """The actor of a person on stage, with the seats held there."""

    def sit(who: str) -> Actor:
        held = [
            Seat(role, MEETING, state, "Minister of Foreign Affairs" if role == Role.HEAD else "")
            for name, role, state in seats()
            if name == who
        ]
        if who == "head-jp":
            held.insert(0, Seat(Role.CHAIR, MEETING, "JP"))
        return Actor(who, NAMES.get(held[0].state, who.title()) if held else who, tuple(held))

    return sit


class Conference:
    """The conference as its people act in it: `acts("kz", "floor.requested", kind="reply")`."""

    def __init__(self, house: House, person: Callable[[str], Actor]) -> None:
        self.house, self.person = house, person

    def __call__(self, who: str, name: str, **wish: Any) -> dict[str, Any]:
        """Perform an act and give back its entry's body."""
        who = who if "-" in who or who in {"secretariat", "interpreter"} else f"head-{who}"
        who = "head-jp" if who == "head-chair" else who
        self.last = self.house.door.perform(self.person(who), name, {"meeting": MEETING, **wish})
        return self.last.entry.body

    def refused(self, who: str, name: str, **wish: Any) -> Refused:
        """Try an act that is refused, and say how."""
        with pytest.raises(Refused) as refusal:
            self(who, name, **wish)
        return refusal.value


@pytest.fixture
def acts(house: House, person: Callable[[str], Actor]) -> Conference:
    return Conference(house, person)


@pytest.fixture
def stage_acts(staging: None, person: Callable[[str], Actor]) -> Callable[[House], Conference]:
    """Put the conference on stage in a house that a server serves."""

    def put(house: House) -> Conference:
        house.door.perform(STAFF, "staging.set", Stage())
        return Conference(house, person)

    return put


@pytest.fixture
def in_session(acts: Conference) -> Conference:
    """The conference, opened, at its first item."""
    acts("chair", "meeting.opened", present=list(STATES))
    acts("chair", "item.opened", item="health")
    return acts


@pytest.fixture
def make_conference(staging: None, empty_sqlite: Path, loads: Loads, tmp_path: Path, person: Any) -> Any:
    """A fresh conference for each example of a property; its record is shown to be complete at the end of each."""
    number = itertools.count()

    @contextmanager
    def conference() -> Iterator[tuple[Conference, House, Any]]:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        shutil.copy(empty_sqlite, folder / "suhbat.sqlite3")
        clock = Ticking()
        opened = make_house(Settings(data=folder, rehearsal=True), clock)
        hurry(opened.database)
        opened.door.perform(STAFF, "staging.set", Stage())
        yield Conference(opened, person), opened, clock
        assert_record_is_complete(opened, loads, folder / "rebuilt.sqlite3")
        opened.database.close()
        shutil.rmtree(folder)

    return conference
