"""An act has one rule, one effect and one phrase; what others add to it is added once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from suhbat.acts import Input, Occasion, Role, act, effect, follow, further_effect, phrase
from suhbat.acts.forms import DRAWERS, PROVIDERS, choices, drawn
from suhbat.acts.live import ENDS, ends_lines
from suhbat.acts.live_views import SCREENS, Screen
from suhbat.acts.panels import PANELS, panel
from suhbat.acts.registry import FOLLOWS, FURTHER, REGISTRY
from suhbat.acts.relations import names, points_to
from suhbat.acts.seat_places import FINDERS, knows_places
from suhbat.ground.register import TwiceError


@pytest.fixture
def gong() -> Iterator[None]:
    @act("gong.struck", "Strike the gong", by={Role.ANYONE})
    def strike(_occasion: Occasion, _inputs: Input) -> dict[str, Any]:
        """Anyone may."""
        return {}

    yield
    del REGISTRY["gong.struck"]
    for register in (FURTHER, FOLLOWS):
        register.pop("gong.struck", None)


def something(*_given: Any) -> Any:
    """Stands for whatever is registered."""


@pytest.mark.parametrize("register", [effect, phrase, further_effect, follow])
def test_what_belongs_to_an_act_is_told_once(gong: None, register: Callable[[str], Callable[[Any], Any]]) -> None:
    register("gong.struck")(something)
    with pytest.raises(TwiceError, match=r"gong\.struck"):
        register("gong.struck")(something)


def test_two_acts_of_one_name_are_refused(gong: None) -> None:
    with pytest.raises(TwiceError, match=r"two acts are called gong\.struck"):

        @act("gong.struck", "Strike it again", by={Role.ANYONE})
        def again(_occasion: Occasion, _inputs: Input) -> dict[str, Any]:
            """Anyone may, again."""
            return {}


NAMED: list[tuple[Any, Callable[[str], Callable[[Any], Any]]]] = [
    (PROVIDERS, choices),
    (DRAWERS, drawn),
    (ENDS, ends_lines),
    (PANELS, lambda name: panel(name, "room", "A panel", "acts/none.html")),
    (SCREENS, lambda name: lambda kind: SCREENS.update({name: kind})),
]


@pytest.mark.parametrize(("held", "register"), NAMED)
def test_every_other_register_refuses_a_name_that_is_taken(held: Any, register: Any) -> None:
    before = dict(held)
    thing = Screen(something, something, something) if held is SCREENS else something
    register("gong")(thing)
    kept = held["gong"]
    with pytest.raises(TwiceError, match="gong"):
        register("gong")(thing)
    assert held.pop("gong") is kept
    assert held == before


def test_who_knows_things_and_what_points_to_them_is_told_once() -> None:
    from suhbat.acts import relations

    names("gong")(something)
    points_to("gong")(something)
    knows_places(something)
    with pytest.raises(TwiceError):
        names("gong")(something)
    with pytest.raises(TwiceError):
        points_to("gong")(something)
    with pytest.raises(TwiceError):
        knows_places(something)
    FINDERS.remove(something)
    del relations._NAMERS["gong"], relations._POINTERS["gong"]
