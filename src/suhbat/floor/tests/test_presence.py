"""Who is in the room: whoever comes and goes while the meeting is open stands in the record, once."""

import pytest
from sqlalchemy import select

from suhbat.acts.registry import say
from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.acts.timed_acts import perform_due
from suhbat.ground.clock import stamp
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Attendance
from suhbat.record.open_lines import OpenLines
from suhbat.record.reading import entries_after

MEETING = "ca-japan/2020-08-11-special"


class Room:
    """The room of the conference, served by two processes."""

    def __init__(self, app, clock):
        self.app, self.clock = app, clock
        self.workers = [app.lines, OpenLines(app.database, clock)]
        self.lines: list[dict[str, str]] = [{}, {}]

    def comes(self, person, worker=0):
        """A browser of this person opens its line to one of the two processes."""
        assert self.workers[worker].open(MEETING, f"p-{person}", person, {"person": person})
        self.lines[worker][person] = f"p-{person}"

    def loses(self, person, worker=0):
        self.workers[worker].lose(MEETING, self.lines[worker].pop(person))
        self.workers[worker].write_waiting()

    def after(self, seconds):
        """Time passes with a pulse every fifteen seconds; what is due is done."""
        while seconds > 0:
            self.clock.forward(seconds=min(14, seconds))
            seconds -= 15
            for worker, lines in zip(self.workers, self.lines, strict=True):
                worker.pulse([(MEETING, peer) for peer in lines.values()])
            perform_due(self.app)

    @property
    def noted(self):
        """The persons of each entry: who came, who went."""
        return [
            ([each["person"] for each in entry.body["came"]], [each["person"] for each in entry.body["went"]])
            for entry in self.entries
        ]

    @property
    def entries(self):
        with self.app.database.reading() as session:
            return [entry for entry in entries_after(session, 0) if entry.act == "presence.noted"]

    def stays(self):
        with self.app.database.reading() as session:
            rows = session.scalars(select(Attendance).order_by(Attendance.id)).all()
            session.expunge_all()
            return rows


@pytest.fixture
def room(app, clock):
    return Room(app, clock)


def test_whoever_is_there_at_the_opening_comes_later_or_leaves_is_noted(room, acts):
    room.comes("head-jp")
    room.comes("head-kz", worker=1)
    room.comes("secretariat")
    room.after(30)
    assert room.noted == [], "the meeting is not open yet"
    acts("chair", "meeting.opened")
    assert room.noted == [(["head-jp", "head-kz", "secretariat"], [])]
    room.comes("head-uz", worker=1)
    room.after(5)
    assert room.noted[1:] == [(["head-uz"], [])]
    lost = stamp(room.clock.at)
    room.loses("head-uz", worker=1)
    room.after(45)
    assert len(room.noted) == 2, "the line may come back"
    room.after(30)
    assert room.noted[2:] == [([], ["head-uz"])]
    assert lost <= room.stays()[3].went < stamp(room.clock.at), "as of the moment at which the line was lost"
    assert "Uzbekistan" in say(room.entries[-1])
    acts("chair", "meeting.closed")
    assert {stay.went for stay in room.stays()[:3]} == {stamp(acts.last.entry.time)}
    room.comes("head-tm")
    room.after(90)
    assert len(room.noted) == 3, "the meeting is closed"


def test_a_line_that_comes_back_within_a_minute_leaves_no_entry_at_whichever_process(room, acts):
    room.comes("head-kz")
    acts("chair", "meeting.opened")
    room.loses("head-kz")
    room.after(40)
    room.comes("head-kz", worker=1)
    room.after(120)
    assert room.noted == [(["head-kz"], [])]
    assert [stay.went for stay in room.stays()] == [None]


def test_those_of_a_process_that_died_have_left_unless_another_process_has_them(room, acts):
    room.comes("head-kz", worker=1)
    room.comes("head-uz", worker=1)
    room.comes("head-jp")
    acts("chair", "meeting.opened")
    room.lines[1].clear()
    dead = room.workers.pop()
    room.lines.pop()
    room.comes("head-uz")
    room.after(90)
    assert dead.worker != room.workers[0].worker
    assert room.noted[1:] == [([], ["head-kz"])]


def test_nobody_has_left_because_all_servers_slept(room, acts):
    room.comes("head-kz")
    room.comes("head-uz", worker=1)
    acts("chair", "meeting.opened")
    room.clock.forward(hours=2)
    room.after(60)
    assert room.noted == [(["head-kz", "head-uz"], [])]
    room.clock.forward(hours=2)
    again = OpenLines(room.app.database, room.clock)
    again.begin()
    assert perform_due(room.app) > 0
    assert len(room.noted) == 1, "after a start there is a minute to come back"


def test_two_processes_note_it_once_and_readers_are_not_noted(room, acts):
    acts("chair", "meeting.opened")
    assert room.workers[0].open(MEETING, "p-reader", "somebody without a seat", {})
    room.after(30)
    assert room.noted == []
    room.comes("head-kz")
    assert room.app.door.perform(SYSTEM, "presence.noted", {"meeting": MEETING}).entry.body["came"]
    with pytest.raises(Refused) as refusal:
        room.app.door.perform(SYSTEM, "presence.noted", {"meeting": MEETING})
    assert refusal.value.kind == Kind.OUT_OF_ORDER


def test_during_a_suspension_nobody_is_noted_and_afterwards_whoever_did_not_come_back(room, acts):
    room.comes("head-kz")
    room.comes("head-uz")
    acts("chair", "meeting.opened")
    acts("chair", "meeting.suspended")
    room.loses("head-kz")
    room.loses("head-uz")
    room.after(600)
    assert len(room.noted) == 1
    room.comes("head-uz")
    acts("chair", "meeting.resumed")
    room.after(5)
    assert room.noted[1:] == [([], ["head-kz"])]
