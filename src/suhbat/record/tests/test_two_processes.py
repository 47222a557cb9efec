"""Two processes on one database, such as a command beside the server: one record, one tail."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import BOTH
from tests.convened_meeting import seated

from suhbat.acts import Decision, InMeeting, Occasion, Role, act
from suhbat.acts.registry import REGISTRY
from suhbat.application import make_app
from suhbat.ground.refusals import Refused, out_of_order
from suhbat.record.process_notifications import watch
from suhbat.record.reading import entries_after
from suhbat.record.tail import Listener
from suhbat.record.verification import verify

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)
MEETING = "ca-japan/2020-08-11-special"
CHAIR = seated(Role.CHAIR, MEETING, "JP")


class Knock(InMeeting, frozen=True, kw_only=True):
    times: int = 1


@pytest.fixture(autouse=True)
def knocker():
    @act("door.knocked", "Knock", by={Role.CHAIR})
    def knock(occasion: Occasion, inputs: Knock) -> Decision[Any]:
        """The chair knocks, but not four times."""
        if inputs.times == 4:
            raise out_of_order("Not four times.")
        return Decision({"times": inputs.times})

    yield
    del REGISTRY["door.knocked"]


@pytest.fixture
def other(app, settings, clock):
    second_app = make_app(settings, clock)
    yield second_app
    second_app.database.close()


def test_both_write_at_once_without_gaps_or_duplicates(app, other):
    def knock(n):
        try:
            door = (app, other)[n % 2].door
            return door.perform(CHAIR, "door.knocked", Knock(meeting=MEETING, times=n % 6)).entry.number
        except Refused:
            return 0

    with ThreadPoolExecutor(16) as pool:
        numbers = sorted(filter(None, pool.map(knock, range(120))))
    assert numbers == list(range(1, 101))
    with app.database.reading() as session:
        assert [entry.number for entry in entries_after(session, 0)] == numbers
        assert not verify(session).fault


def test_the_same_key_in_both_is_one_act(app, other):
    def knock(n):
        door = (app, other)[n % 2].door
        return door.perform(CHAIR, "door.knocked", Knock(meeting=MEETING), key="one form").entry.number

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(knock, range(24))) == {1}


def test_entries_of_one_process_are_shown_by_the_other_in_order_and_once(app, other):
    app.door.perform(CHAIR, "door.knocked", Knock(meeting=MEETING))

    async def listen() -> list[int]:
        numbers: list[int] = []
        tail = other.tail
        tail.start(asyncio.get_running_loop(), 0)
        listener = Listener(MEETING, CHAIR.scope(MEETING), "en", "", "", {})
        tail.join(listener)
        watching = asyncio.create_task(watch(other.database, tail, other.lines))
        for n in range(30):
            door = (app, other)[n % 2].door
            await door.perform_soon(CHAIR, "door.knocked", Knock(meeting=MEETING))
        async with asyncio.timeout(20):
            while len(numbers) < 31:
                chunk = (await listener.take()).decode()
                numbers += [int(line[4:]) for line in chunk.splitlines() if line.startswith("id: ")]
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        return numbers

    assert asyncio.run(listen()) == list(range(1, 32))
