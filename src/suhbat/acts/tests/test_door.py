"""The door, tested with a small act of its own: a bell that the chair rings."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import BOTH
from sqlalchemy import select
from tests.convened_meeting import seated

from suhbat.acts import Decision, InMeeting, Occasion, Role, act, follow, further_effect
from suhbat.acts.registry import FOLLOWS, FURTHER, REGISTRY
from suhbat.acts.roles_and_seats import PUBLIC_READER
from suhbat.ground.refusals import Kind, Refused, out_of_order
from suhbat.record.models import EntryRow
from suhbat.record.reading import entries_after, of_place
from suhbat.record.verification import verify

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)
MEETING = "ca-japan/2020-08-11-special"


class Ring(InMeeting, frozen=True, kw_only=True):
    times: int = 1


class Told(InMeeting, frozen=True, kw_only=True):
    bells: list[int]


@pytest.fixture(autouse=True)
def bell():
    @act("bell.rung", "Ring the bell", by={Role.CHAIR})
    def ring(occasion: Occasion, inputs: Ring) -> Decision[Any]:
        """The chair rings the bell, at most three times; twice is for anyone to hear."""
        if inputs.times > 3:
            raise out_of_order("Three times at most.")
        return Decision({"times": inputs.times}, "public" if inputs.times == 2 else "", reply={"heard": True})

    @act("bells.told", "Tell of the bells", by={Role.CHAIR}, audience="public")
    def tell(occasion: Occasion, inputs: Told) -> Decision[Any]:
        """The chair tells anyone of some bells."""
        return Decision({}, releases=tuple(inputs.bells))

    yield
    del REGISTRY["bell.rung"], REGISTRY["bells.told"]


@pytest.fixture
def chair():
    return seated(Role.CHAIR, MEETING, "JP", "Toshimitsu Motegi", "Minister of Foreign Affairs")


def test_an_act_leaves_an_entry_with_person_time_and_body(app, chair):
    done = app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=2))
    with app.database.reading() as session:
        (entry,) = of_place(session, MEETING, chair.scope(MEETING))
    assert entry == done.entry
    assert (entry.number, entry.format, entry.delegation, entry.office) == (
        1, "ca-japan", "JP", "Minister of Foreign Affairs",
    )  # fmt: skip
    assert entry.body == {"times": 2}
    assert done.reply == {"heard": True}


def test_an_entry_for_participants_is_hidden_from_the_public_and_from_other_meetings(app, chair):
    app.door.perform(chair, "bell.rung", Ring(meeting=MEETING))
    elsewhere = seated(Role.CHAIR, "ca-us/2020-06-30", "US")
    with app.database.reading() as session:
        assert len(of_place(session, MEETING, chair.scope(MEETING))) == 1
        assert of_place(session, MEETING, PUBLIC_READER.scope(MEETING)) == []
        assert of_place(session, MEETING, elsewhere.scope(MEETING)) == []


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        ({"meeting": MEETING, "times": 4}, Kind.OUT_OF_ORDER),
        ({"meeting": MEETING, "times": "many"}, Kind.INVALID),
        ({"times": 1}, Kind.INVALID),
        ({"meeting": MEETING, "loud": True}, Kind.INVALID),
        ({"meeting": "ca-us/other"}, Kind.NOT_ALLOWED),
    ],
)
def test_a_refused_act_says_why_and_leaves_nothing(app, chair, inputs, kind):
    with pytest.raises(Refused) as refusal:
        app.door.perform(chair, "bell.rung", inputs)
    assert refusal.value.kind == kind
    with app.database.reading() as session:
        assert entries_after(session, 0) == []


def test_the_same_form_sent_twice_acts_once(app, chair):
    first = app.door.perform(chair, "bell.rung", Ring(meeting=MEETING), key="form-1")
    again = app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=3), key="form-1")
    assert again.repeated
    assert again.entry == first.entry


def test_numbers_have_no_gaps_when_sixty_acts_run_at_once_and_some_are_refused(app, chair):
    def ring(n: int) -> bool:
        try:
            app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=4 if n % 5 == 0 else 1))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        rung = list(pool.map(ring, range(60)))
    with app.database.reading() as session:
        numbers = [entry.number for entry in entries_after(session, 0)]
        assert numbers == list(range(1, rung.count(True) + 1))
        assert not verify(session).fault


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda row: setattr(row, "body", {"times": 3}), "entry 2: its content does not have its hash"),
        (
            lambda row: setattr(row, "time", "2020-08-11T06:00:09.000000Z"),
            "entry 2: its content does not have its hash",
        ),
        (lambda row: setattr(row, "number", 9), "entry 2 is missing"),
    ],
)
def test_verify_names_the_first_entry_that_was_tampered_with(app, chair, spoil, fault):
    for _ in range(3):
        app.door.perform(chair, "bell.rung", Ring(meeting=MEETING))
    with app.database.reading() as session:
        spoil(session.scalar(select(EntryRow).where(EntryRow.number == 2)))
        assert verify(session).fault == fault


@pytest.fixture
def echo():
    @act("echo.heard", "Hear the echo", by={Role.SYSTEM})
    def hear(occasion: Occasion, inputs: Ring) -> Decision[Any]:
        """The server hears the echo of a bell that rang once or twice."""
        if inputs.times > 2:
            raise out_of_order("Too loud.")
        return Decision({"times": inputs.times})

    @follow("bell.rung")
    def after_the_bell(_session, entry):
        yield "echo.heard", Ring(meeting=entry.meeting)
        yield "echo.heard", Ring(meeting=entry.meeting, times=entry.body["times"])

    yield
    del REGISTRY["echo.heard"], FOLLOWS["bell.rung"]


def test_the_system_performs_the_following_acts_and_listeners_get_all_in_order(echo, app, chair):
    entries: list = []
    app.door.listeners.append(entries.extend)
    done = app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=2))
    assert (done.entry.act, done.entry.number) == ("bell.rung", 1)
    assert [(entry.number, entry.act, entry.actor) for entry in entries] == [
        (1, "bell.rung", "chair-jp"), (2, "echo.heard", "system"), (3, "echo.heard", "system"),
    ]  # fmt: skip


def test_a_following_act_that_fails_leaves_the_first_act_and_nothing_half_done(echo, app, chair):
    app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=3))
    app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=1))
    with app.database.reading() as session:
        assert [entry.act for entry in entries_after(session, 0)] == [
            "bell.rung",
            "bell.rung",
            "echo.heard",
            "echo.heard",
        ]
        assert not verify(session).fault


def test_another_package_may_add_an_effect(app, chair):
    numbers = []
    further_effect("bell.rung")(lambda _session, entry: numbers.append(entry.number))
    app.door.perform(chair, "bell.rung", Ring(meeting=MEETING))
    del FURTHER["bell.rung"]
    assert numbers == [1]


def test_what_makes_entries_public_is_public_itself(app, chair, monkeypatch):
    closed = app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=1)).entry.number
    monkeypatch.setattr(REGISTRY["bells.told"], "audience", "participants")
    with pytest.raises(RuntimeError, match=r"bells\.told makes entries public"):
        app.door.perform(chair, "bells.told", Told(meeting=MEETING, bells=[closed]))
    with app.database.reading() as session:
        assert [row.number for row in session.scalars(select(EntryRow))] == [closed]


def test_a_public_entry_is_not_released_again(app, chair):
    public, closed = (
        app.door.perform(chair, "bell.rung", Ring(meeting=MEETING, times=times)).entry.number for times in (2, 1)
    )

    release = app.door.perform(chair, "bells.told", Told(meeting=MEETING, bells=[public, closed])).entry.number
    with app.database.reading() as session:
        rows = {row.number: row.released_by for row in session.scalars(select(EntryRow))}
        assert rows == {public: None, closed: release, release: None}
        assert not verify(session).fault
