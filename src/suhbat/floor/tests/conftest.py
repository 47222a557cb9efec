"""A conference for tests: six delegations, three items, persons in their seats; one test act sets it up."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import Ticking, assert_record_is_complete
from sqlalchemy.orm import Session
from tests.fast_databases import hurry
from tests.loaded_public_record import Loads

from suhbat.acts import Decision, Input, Occasion, Role, Seat, act, effect
from suhbat.acts.app import App
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import Actor
from suhbat.application import make_app
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


class Stage(Input, frozen=True, kw_only=True):
    status: str = "convened"


def _stage(occasion: Occasion, inputs: Stage) -> Decision[Any]:
    """Set up the conference."""
    return Decision({"status": inputs.status}, format="ca-japan", meeting=MEETING)


def _staged(session: Session, entry: Any) -> None:
    session.add(Format(id="ca-japan", name="Central Asia plus Japan", kind="n-plus-one"))
    session.flush()
    meeting = Meeting(
        id=MEETING, format="ca-japan", title="Special video conference", level="ministerial", mode="video",
        starts="2020-08-11", zone="Asia/Tokyo", opens_at="2020-08-11T06:00:00.000000Z", chair_state="JP",
        status=entry.body["status"], origin="held", ends="2020-08-11",
        closes_at="2020-08-11T08:00:00.000000Z", released=True,
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
    """The seats: person, role, delegation. Japan's head is also the chair."""
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
    act("staging.set", "Stage", by={Role.SYSTEM}, audience="public")(_stage)
    effect("staging.set")(_staged)
    yield
    del REGISTRY["staging.set"]


@pytest.fixture
def app(staging: None, app: App) -> App:
    """The application with the conference in it. The staging act stays registered until the record is rebuilt."""
    app.door.perform(STAFF, "staging.set", Stage())
    return app


@pytest.fixture
def person() -> Callable[[str], Actor]:
    """The actor of a person at the conference, with all seats."""

    def sit(person_id: str) -> Actor:
        seats_held = [
            Seat(role, MEETING, state, "Minister of Foreign Affairs" if role == Role.HEAD else "")
            for sitting, role, state in seats()
            if sitting == person_id
        ]
        if person_id == "head-jp":
            seats_held.insert(0, Seat(Role.CHAIR, MEETING, "JP"))
        name = NAMES.get(seats_held[0].state, person_id.title()) if seats_held else person_id
        return Actor(person_id, name, tuple(seats_held))

    return sit


class Conference:
    """The conference as its people act in it: `acts("kz", "floor.requested", kind="reply")`."""

    def __init__(self, app: App, person: Callable[[str], Actor]) -> None:
        self.app, self.person = app, person

    def __call__(self, person: str, name: str, **inputs: Any) -> dict[str, Any]:
        """Perform an act and return the body of its entry."""
        person = person if "-" in person or person in {"secretariat", "interpreter"} else f"head-{person}"
        person = "head-jp" if person == "head-chair" else person
        self.last = self.app.door.perform(self.person(person), name, {"meeting": MEETING, **inputs})
        return self.last.entry.body

    def refused(self, person: str, name: str, **inputs: Any) -> Refused:
        """Try an act that must be refused, and return the refusal."""
        with pytest.raises(Refused) as refusal:
            self(person, name, **inputs)
        return refusal.value


@pytest.fixture
def acts(app: App, person: Callable[[str], Actor]) -> Conference:
    return Conference(app, person)


@pytest.fixture
def stage_acts(staging: None, person: Callable[[str], Actor]) -> Callable[[App], Conference]:
    """Set up the conference in the application of a running server."""

    def set_up(app: App) -> Conference:
        app.door.perform(STAFF, "staging.set", Stage())
        return Conference(app, person)

    return set_up


@pytest.fixture
def in_session(acts: Conference) -> Conference:
    """The conference, opened, at its first item."""
    acts("chair", "meeting.opened", present=list(STATES))
    acts("chair", "item.opened", item="health")
    return acts


@pytest.fixture
def make_conference(staging: None, empty_sqlite: Path, loads: Loads, tmp_path: Path, person: Any) -> Any:
    """A new conference for each example of a property; at the end of each, its record must be complete."""
    number = itertools.count()

    @contextmanager
    def conference() -> Iterator[tuple[Conference, App, Any]]:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        shutil.copy(empty_sqlite, folder / "suhbat.sqlite3")
        clock = Ticking()
        opened = make_app(Settings(data=folder, rehearsal=True), clock)
        hurry(opened.database)
        opened.door.perform(STAFF, "staging.set", Stage())
        yield Conference(opened, person), opened, clock
        assert_record_is_complete(opened, loads, folder / "rebuilt.sqlite3")
        opened.database.close()
        shutil.rmtree(folder)

    return conference
