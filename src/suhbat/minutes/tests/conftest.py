"""The conference of 11 August 2020, held by the acts of other packages, as the content of a summary record."""

from typing import Any

import pytest
from tests.convened_meeting import seated

from suhbat.acts import Decision, Input, Occasion, Role, Seat
from suhbat.acts.registry import REGISTRY, Act
from suhbat.acts.roles_and_seats import Actor
from suhbat.formats.models import Format
from suhbat.ground.language import lazy
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.people.models import Person, SeatRow

MEETING = "ca-japan/2020-08-11-special-video-conference"
HEADS = {
    "JP": "Toshimitsu Motegi", "KZ": "Mukhtar Tileuberdi", "KG": "Chingiz Aidarbekov",
    "TJ": "Sirojiddin Muhriddin", "TM": "Rashid Meredov", "UZ": "Abdulaziz Kamilov",
}  # fmt: skip
RUSSIAN = "Экономические и технологические возможности Японии представляют большой интерес."
JAPANESE = "日本は中央アジア諸国の発展の触媒であり続けます。"
TAJIK = "Ҷумҳурии Тоҷикистон: ҳамкорӣ дар соҳаи тандурустӣ, ғамхорӣ ба шаҳрвандон, қӯшиши муштарак."
SEATS = [
    *((f"head-{state.lower()}", "head", state) for state in HEADS),
    ("chair", "chair", "JP"), ("secretariat", "secretariat", ""), ("note-taker", "note-taker", ""),
    ("observer", "observer", ""),
]  # fmt: skip


class Nothing(Input, frozen=True, kw_only=True):
    meeting: str = MEETING


def _stage(session, entry) -> None:
    session.add(Format(id="ca-japan", name="Central Asia plus Japan", kind="n-plus-one"))
    session.flush()
    meeting = Meeting(
        id=MEETING, format="ca-japan", title="Special Video Conference of the Foreign Ministers", level="ministerial",
        mode="video", starts="2020-08-11", ends="2020-08-11", opens_at="2020-08-11T09:00:00.000000Z",
        closes_at="2020-08-11T11:00:00.000000Z", zone="Asia/Tokyo", status="convened", chair_state="JP",
        chair_name=HEADS["JP"], chair_office="Minister of Foreign Affairs", released=True,
    )  # fmt: skip
    meeting.delegations = [
        Delegation(state=state, position=n, head_name=name, head_office="Minister of Foreign Affairs")
        for n, (state, name) in enumerate(HEADS.items())
    ]
    meeting.agenda = [
        AgendaItem(id="health", position=0, title="The health crisis", topic="public-health"),
        AgendaItem(id="trade", position=1, title="Trade and investment", topic="trade-investment"),
    ]
    session.add(meeting)
    for person, role, state in SEATS:
        session.add(Person(id=person, name=HEADS.get(state, person)))
        session.flush()
        session.add(SeatRow(id=f"s-{person}", person=person, role=role, place=MEETING, state=state))


@pytest.fixture(autouse=True)
def staging(monkeypatch):
    """An act that sets up the meeting. It stays registered until the record is rebuilt."""

    def rule(_occasion: Occasion, inputs: Nothing) -> Decision[Any]:
        return Decision({})

    stage = Act("stage.set", lazy("Stage"), frozenset({Role.SYSTEM}), "public", Nothing, rule, effect=_stage)
    monkeypatch.setitem(REGISTRY, "stage.set", stage)


@pytest.fixture
def without_two_heads(monkeypatch):
    """Nobody is named as head of two delegations."""
    for state in ("TM", "TJ"):
        monkeypatch.setitem(HEADS, state, "")


class Conference:
    """The people of the conference: `acts("head-kz", "floor.requested", …)`."""

    def __init__(self, app) -> None:
        self.app = app
        office = "Minister of Foreign Affairs"
        self.people = {
            name: seated(Role(role), MEETING, state, HEADS.get(state, name), office if state else "")
            for name, role, state in SEATS
        }
        self.people["elsewhere"] = seated(Role.HEAD, "ca-us/2020-06-30", "US", "Michael Pompeo")
        system = Actor("staging", "Staging", (Seat(Role.SYSTEM),))
        app.door.perform(system, "stage.set", Nothing())

    def __call__(self, name: str, act: str, **inputs):
        """Perform an act and return its entry."""
        return self.app.door.perform(self.people[name], act, {"meeting": MEETING, **inputs}).entry


@pytest.fixture
def acts(app):
    return Conference(app)


@pytest.fixture
def in_session(acts):
    """The conference up to its last speaker; the meeting is still open."""
    acts("chair", "meeting.opened", present=list(HEADS))
    acts("chair", "item.opened", item="health")
    first_turn = acts("chair", "floor.given", delegation="JP")
    acts("head-jp", "pledge.made", title="Grants for medical equipment", to=["KZ", "KG", "TJ", "TM", "UZ"],
         amount={"value": 2_000_000_000, "currency": "JPY", "qualifier": "nearly",
                 "as_said": "nearly 2 billion yen"})  # fmt: skip
    acts("note-taker", "summary.noted", given_entry=first_turn.number, text="A first, hurried summary.")
    acts("note-taker", "summary.noted", given_entry=first_turn.number, text="Japan is a catalyst for the region.")
    acts("head-jp", "statement.filed", language="ja", title="茂木大臣の発言", text=JAPANESE)
    acts("head-kz", "statement.filed", item="trade", language="ru", title="Заявление Казахстана", text=RUSSIAN)
    acts("head-uz", "statement.filed", item="trade", language="en", title="Never spoken", text="A SECRET DRAFT")
    acts("chair", "item.opened", item="trade")
    acts("chair", "floor.given", delegation="KZ")
    acts("head-kz", "announcement.made", title="Joint projects", to=["JP"])
    acts("head-kz", "floor.ended")
    acts("chair", "floor.given", delegation="TJ", kind="reply")
    acts("head-tj", "statement.filed", language="tg", title="Изҳорот", text=TAJIK)
    acts("note-taker", "recommendation.made", title="Agro-industrial projects with Japanese firms")
    return acts


@pytest.fixture
def closed(in_session):
    """The conference, closed; its summary record is drafted."""
    in_session("chair", "meeting.closed")
    return in_session


@pytest.fixture
def confirmed(closed):
    """Japan's pledge and the meeting's recommendation are confirmed; Kazakhstan's announcement is not."""
    for person, name in (
        ("head-jp", "grants-for-medical-equipment"),
        ("chair", "agro-industrial-projects-with-japanese-firms"),
    ):
        number = next(
            entry.number
            for entry in everything(closed.app)
            if (entry.body.get("outcome") or {}).get("id", "").endswith(name)
        )
        closed(person, "outcome.confirmed", outcome=f"{MEETING}#{name}", changed=number)
    return closed


@pytest.fixture
def agreed(confirmed):
    """All six delegations agree to the present version."""
    for state in HEADS:
        confirmed(f"head-{state.lower()}", "minutes.agreed", version=version_of(confirmed.app))
    return confirmed


def everything(app):
    from suhbat.record.reading import entries_after

    with app.database.reading() as session:
        return entries_after(session, 0)


def version_of(app) -> int:
    from suhbat.minutes.minutes_agreement import minutes_of

    with app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        return minutes.version
