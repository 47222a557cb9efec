"""Whatever six delegations and a chair do in whatever order, the floor stays in order."""

from contextlib import suppress
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from suhbat.floor.models import FloorRequest, Intervention
from suhbat.floor.queries import room_state, time_ledger
from suhbat.floor.turn_clock import spoken
from suhbat.ground.clock import instant
from suhbat.ground.refusals import Refused

MEETING = "ca-japan/2020-08-11-special"
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
KINDS = ("speech", "reply", "point-of-order", "question")
state, kind = st.sampled_from(STATES), st.sampled_from(KINDS)
step = st.one_of(
    st.tuples(st.just("ask"), state, kind),
    st.tuples(st.just("withdraw"), state, st.just("")),
    st.tuples(st.just("next"), st.just(""), st.just("")),
    st.tuples(st.just("call"), state, kind),
    st.tuples(st.just("end"), state, st.just("")),
    st.tuples(st.just("wait"), st.integers(1, 400).map(str), st.just("")),
    st.tuples(
        st.just("chair"),
        st.sampled_from(
            ("floor.extended", "floor.opened_to_all", "floor.closed_to_all", "list.closed", "list.opened",
             "meeting.suspended", "meeting.resumed", "floor.ended")
        ),
        st.just(""),
    ),
    st.tuples(st.just("item"), st.sampled_from(("health", "trade", "future")), st.just("")),
    st.tuples(st.just("order"), st.sampled_from(("request", "protocol")), st.just("")),
)  # fmt: skip


@dataclass
class Wall:
    """Time on the floor as a clock on the wall would count it: from the entries alone."""

    total: int = 0
    running_since: object = None
    suspended: bool = False
    stack: list[str] = field(default_factory=list)

    def after(self, entry):
        if self.running_since is not None:
            elapsed = entry.time - self.running_since
            self.total += (elapsed.days * 86_400 + elapsed.seconds) * 1_000_000 + elapsed.microseconds
        ends = {turn["given"] for turn in entry.body.get("ends", [])}
        if entry.act == "floor.ended":
            ends.add(entry.body["given"])
        self.stack = [turn for turn in self.stack if turn not in ends]
        if entry.act == "floor.given":
            self.stack.append(entry.body["given"])
        if entry.act == "meeting.suspended":
            self.suspended = True
        if entry.act in {"meeting.resumed", "meeting.closed"}:
            self.suspended = False
        self.running_since = entry.time if self.stack and not self.suspended else None


def perform(acts, app, clock, action, subject, how):
    """Do one step and return its entry; None if it was refused or only passed time."""
    if action == "wait":
        clock.forward(seconds=int(subject))
        return None
    actor, name, inputs = "chair", subject, {}
    if action == "ask":
        actor, name, inputs = subject.lower(), "floor.requested", {"kind": how}
    elif action == "end":
        actor, name = subject.lower(), "floor.ended"
    elif action == "call":
        name, inputs = "floor.given", {"delegation": subject, "kind": how}
    elif action == "item":
        name, inputs = "item.opened", {"item": subject}
    elif action == "order":
        name, inputs = "list.ordered", {"order": subject}
    elif action in {"withdraw", "next"}:
        with app.database.reading() as session:
            room = room_state(session, MEETING)
            requests = room.waiting if action == "next" else room.waiting_of(subject)
            if not requests:
                return None
            actor, inputs = (subject.lower() if action == "withdraw" else "chair"), {"request": requests[0].id}
        name = "floor.given" if action == "next" else "floor.request_withdrawn"
    with suppress(Refused):
        acts(actor, name, **inputs)
        return acts.last.entry
    return None


def check(app, wall, at, request_ids):
    with app.database.reading() as session:
        turns = list(session.scalars(select(Intervention)))
        running = [turn for turn in turns if turn.since is not None]
        assert len(running) <= 1, "one speaks at a time"
        room = room_state(session, MEETING)
        if running:
            assert room.holder is running[0]
            assert room.meeting.status == "open"
        elif room.meeting.status == "open":
            assert not room.turns, "whoever has the floor of an open meeting has a running clock"
        assert [turn.id for turn in room.turns] == wall.stack
        assert all(turn.spoken >= 0 and spoken(turn, at) >= turn.spoken for turn in turns)
        assert all(instant(turn.ended) >= instant(turn.began) for turn in turns if turn.ended)
        assert sum(row.spoken for row in time_ledger(session, MEETING, at)) == room.spent(at)
        requests = list(session.scalars(select(FloorRequest)))
        assert {request.id for request in requests} == request_ids, "no request is lost"
        waiting = {request.id for request in requests if request.status == "waiting"}
        assert {request.id for request in room.requests} == waiting
        granted = {turn.request for turn in turns if turn.request}
        assert {request.id for request in requests if request.status == "given"} == granted
        return room.spent(at)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(step, max_size=30))
def test_the_floor_stays_in_order(make_conference, steps):
    with make_conference() as (acts, app, clock):
        wall, request_ids = Wall(), set()
        acts("chair", "meeting.opened")
        acts("chair", "item.opened", item="health")
        for action, subject, how in steps:
            entry = perform(acts, app, clock, action, subject, how)
            if entry is None:
                continue
            wall.after(entry)
            if entry.act == "floor.requested":
                request_ids.add(entry.body["request"])
            assert check(app, wall, entry.time, request_ids) == wall.total, "the ledger is the wall clock's time"
        acts("chair", "meeting.closed")
        wall.after(acts.last.entry)
        assert check(app, wall, clock(), request_ids) == wall.total
