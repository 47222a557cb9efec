"""A bell that anyone may ring, for tests of the door itself."""

from typing import Annotated, Any

import pytest
from msgspec import Meta

from suhbat.acts import Decision, InMeeting, Occasion, Role, act
from suhbat.acts.registry import REGISTRY


class Tone(InMeeting, frozen=True, kw_only=True):
    times: int = 1
    note: Annotated[str, Meta(max_length=100_000)] = ""
    people: tuple[str, ...] = ()
    more: dict[str, object] | None = None


@pytest.fixture
def open_bell():
    """An act for anyone, to test HTTP requests without a seat."""

    @act("bell.struck", "Strike the bell", by={Role.ANYONE}, audience="public")
    def strike(occasion: Occasion, inputs: Tone) -> Decision[Any]:
        """Anyone strikes the bell; struck thirteen times, it breaks."""
        if inputs.times == 13:
            raise ZeroDivisionError("a secret of the server")
        return Decision({"times": inputs.times, "note": inputs.note, "people": inputs.people, "more": inputs.more})

    yield
    del REGISTRY["bell.struck"]
