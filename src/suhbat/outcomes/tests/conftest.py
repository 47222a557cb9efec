"""The conference of 11 August 2020, set up by test acts, so that these tests need no other package."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.convened_meeting import seated

from suhbat.acts import Body, Decision, Input, Occasion, Role
from suhbat.acts.notices import TELLERS
from suhbat.acts.registry import FOLLOWS, REGISTRY, Act
from suhbat.acts.roles_and_seats import Actor, Seat
from suhbat.discovery import load_packages
from suhbat.formats.models import Format, Membership
from suhbat.ground.language import lazy
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.people.models import Person, SeatRow

MEETING = "ca-japan/2020-08-11-special-video-conference"
STATES = ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
SEATS = [
    ("head-jp", "head", "JP"), ("head-kz", "head", "KZ"), ("head-uz", "head", "UZ"), ("chair", "chair", "JP"),
    ("note-taker", "note-taker", ""), ("secretariat", "secretariat", ""), ("observer", "observer", ""),
]  # fmt: skip
STANDING = [
    ("promises-uz", Seat(Role.STANDING, "ca-japan", "UZ", subject="promises", rank="main")),
    ("promises-kg", Seat(Role.STANDING, "ca-japan", "KG", subject="promises", rank="main")),
    ("health-uz", Seat(Role.STANDING, "ca-japan", "UZ", subject="health", rank="main")),
    ("secretariat-of-the-format", Seat(Role.SECRETARIAT, "ca-japan")),
]
"""Who serves the dialogue between its meetings."""


class Play(Input, frozen=True, kw_only=True):
    meeting: str = MEETING
    body: dict[str, Any] = {}


def _stage(session, entry) -> None:
    if session.get(Format, "ca-japan") is None:
        session.add(Format(id="ca-japan", name="Central Asia plus Japan", kind="n-plus-one"))
        session.flush()
        session.add_all(Membership(format="ca-japan", state=state, role="member") for state in STATES)
    session.add(
        Meeting(
            id=entry.meeting, format="ca-japan", title="Special Video Conference", level="ministerial", mode="video",
            starts="2020-08-11", zone="Asia/Tokyo", status=entry.body.get("status", "open"), released=True,
            delegations=[Delegation(state=state, position=n) for n, state in enumerate(entry.body["states"])],
        )
    )  # fmt: skip
    session.flush()
    for person, role, state in SEATS if entry.meeting == MEETING else ():
        session.add(Person(id=person, name=f"{role} {state}".strip()))
        session.flush()
        session.add(SeatRow(id=f"s-{person}", person=person, role=role, place=MEETING, state=state))
    for person, seat in STANDING if entry.meeting == MEETING else ():
        session.add(Person(id=person, name=person))
        session.flush()
        session.add(
            SeatRow(
                id=f"s-{person}", person=person, role=seat.role, place=seat.place, state=seat.state,
                subject=seat.subject, rank=seat.rank,
            )
        )  # fmt: skip
    for n, (name, title, topic) in enumerate(entry.body["items"]):
        session.add(AgendaItem(id=name, meeting=entry.meeting, position=n, title=title, topic=topic))


def _status(session, entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status = entry.body["status"]
    meeting.released = meeting.status != "draft"


class FloorGiven(Body, frozen=True, kw_only=True):
    given: str
    delegation: str
    item: str
    speaker: str = ""


class ItemOpened(Body, frozen=True, kw_only=True):
    item: str
    title: str


class MinutesPublished(Body, frozen=True, kw_only=True):
    outcomes: list[str] = []


PLAYED = {
    "stage.set": (_stage, None), "stage.status": (_status, None), "floor.given": (None, FloorGiven),
    "item.opened": (None, ItemOpened), "minutes.published": (None, MinutesPublished),
}  # fmt: skip


@pytest.fixture(autouse=True)
def played(monkeypatch):
    """Replacements for the acts of other packages that this package reads. They stay until the record is rebuilt."""
    load_packages()
    for name, (effect, body) in PLAYED.items():

        def rule(_occasion: Occasion, inputs: Play) -> Decision[Any]:
            return Decision(inputs.body)

        monkeypatch.delitem(REGISTRY, name, raising=False)  # a name that is in use is refused
        monkeypatch.setitem(FOLLOWS, name, [])  # what follows the real act, and its notice, are of another package
        monkeypatch.delitem(TELLERS, name, raising=False)
        monkeypatch.setitem(
            REGISTRY,
            name,
            Act(name, lazy(name), frozenset({Role.CHAIR}), "participants", Play, rule, body_type=body, effect=effect),
        )


@pytest.fixture
def stage(app):
    """The meeting is open and at its first item; Japan has had the floor, then Kazakhstan."""
    chair = seated(Role.CHAIR, MEETING, "JP", "Toshimitsu Motegi", "Minister of Foreign Affairs")
    cast = SimpleNamespace(
        app=app,
        meeting=MEETING,
        chair=chair,
        motegi=seated(Role.HEAD, MEETING, "JP", "Toshimitsu Motegi", "Minister of Foreign Affairs"),
        aide=seated(Role.DELEGATE, MEETING, "JP", "An aide of Japan"),
        tileuberdi=seated(Role.HEAD, MEETING, "KZ", "Mukhtar Tileuberdi", "Minister of Foreign Affairs"),
        kamilov=seated(Role.HEAD, MEETING, "UZ", "Abdulaziz Kamilov"),
        secretariat=seated(Role.SECRETARIAT, MEETING, "", "Secretariat"),
        note_taker=seated(Role.NOTE_TAKER, MEETING, "", "Note-taker"),
        observer=seated(Role.OBSERVER, MEETING, "", "Observer"),
        elsewhere=seated(Role.HEAD, "ca-us/2020-06-30", "US", "Michael Pompeo"),
    )

    for who, seat in STANDING:
        setattr(cast, who.replace("-", "_"), Actor(who, who, (seat,)))

    def play(act_name: str, meeting: str = MEETING, **body):
        actor = chair if meeting == MEETING else seated(Role.CHAIR, meeting, "JP")
        return app.door.perform(actor, act_name, Play(meeting=meeting, body=body)).entry

    cast.play = play
    items = [["health", "The health crisis", "public-health"], ["trade", "Trade and investment", "trade-investment"]]
    play("stage.set", states=STATES, items=items)
    play("item.opened", item="health", title="The health crisis")
    cast.japan_spoke = play(
        "floor.given", given="g1", delegation="JP", item="health", speaker="Toshimitsu Motegi"
    ).number
    cast.kazakhstan_spoke = play("floor.given", given="g2", delegation="KZ", item="health").number
    return cast


@pytest.fixture
def pledge(stage):
    """Japan's pledge, as it was made."""
    return stage.app.door.perform(stage.motegi, "pledge.made", PLEDGE).entry


PLEDGE = {
    "meeting": MEETING,
    "title": "Grants for medical equipment",
    "summary": "Grants for medical equipment such as X-ray machines, for the five countries.",
    "to": ["UZ", "KZ", "KG", "TJ", "TM"],
    "amount": {"value": 2_000_000_000, "currency": "JPY", "qualifier": "nearly", "as_said": "nearly 2 billion yen"},
    "due": "2021",
}
