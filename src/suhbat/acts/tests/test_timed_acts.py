"""What is due is performed in the order of time, once; what fails stops nothing else."""

from datetime import datetime, timedelta

import pytest

from suhbat.acts import Input, Occasion, Role, act
from suhbat.acts.app import App
from suhbat.acts.registry import REGISTRY
from suhbat.acts.timed_acts import LOOK, TIMED, Due, perform_due, timed
from suhbat.ground.clock import instant, stamp
from suhbat.ground.refusals import out_of_order
from suhbat.record.reading import entries_after


class Strike(Input, frozen=True, kw_only=True):
    at: str


@pytest.fixture
def tower():
    """A clock tower: each of its strokes is an act of the system. It stays until the record is rebuilt."""
    tower = Tower()

    @act("bell.struck", "Strike", by={Role.SYSTEM}, audience="public")
    def strike(occasion: Occasion, inputs: Strike) -> dict[str, str]:
        """The bell strikes each hour once; one of its hammers is broken."""
        if inputs.at in tower.broken:
            raise ZeroDivisionError
        if inputs.at in tower.struck or instant(inputs.at) > occasion.now:
            raise out_of_order("It has struck.")
        return {"at": inputs.at}

    @timed("bell.struck")
    def strokes(_session, _now):
        for at in tower.planned:
            yield Due(at, {"at": stamp(at)})

    yield tower
    del REGISTRY["bell.struck"], TIMED["bell.struck"]


@pytest.fixture
def bells(tower, app):
    tower.app = app
    return tower


class Tower:
    app: App

    def __init__(self) -> None:
        self.planned: list[datetime] = []
        self.broken: set[str] = set()

    @property
    def struck(self) -> list[str]:
        with self.app.database.reading() as session:
            return [entry.body["at"] for entry in entries_after(session, 0) if entry.act == "bell.struck"]


def test_what_is_due_is_performed_in_the_order_of_time_and_once(bells, clock):
    begin = clock.at
    bells.planned = [begin + timedelta(seconds=20), begin - timedelta(hours=1), begin - timedelta(hours=2)]
    assert perform_due(bells.app) == 0, "it looks again at once: something may have become due by that"
    assert bells.struck == [stamp(begin - timedelta(hours=2)), stamp(begin - timedelta(hours=1))]
    assert 0 < perform_due(bells.app) < 20, "the next look is when the next is due"
    assert len(bells.struck) == 2
    clock.forward(seconds=20)
    perform_due(bells.app)
    assert len(bells.struck) == 3
    assert perform_due(bells.app) == LOOK


def test_an_act_that_fails_is_logged_and_stops_no_other(bells, clock, caplog):
    bells.planned = [clock.at - timedelta(hours=2), clock.at - timedelta(hours=1)]
    bells.broken = {stamp(bells.planned[0])}
    perform_due(bells.app)
    assert bells.struck == [stamp(bells.planned[1])]
    assert "bell.struck was due and failed" in caplog.text
    assert perform_due(bells.app) == LOOK, "what fails is not tried in a busy loop"
    bells.broken = set()
    perform_due(bells.app)
    assert len(bells.struck) == 2


def test_whatever_is_timed_is_done_by_the_system():
    assert {"presence.noted", "silence.held", "silence.reminded", "standing.lapsed", "standing.tested"} == set(TIMED)
    assert all(Role.SYSTEM in REGISTRY[name].by for name in TIMED)
