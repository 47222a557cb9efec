"""An act has one rule, one effect and one phrase. What other packages add to it is added once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from suhbat.acts import Input, Occasion, Role, act, effect, follow, further_effect, phrase
from suhbat.acts.cross_package_links import names, points_to
from suhbat.acts.forms import DRAWERS, PROVIDERS, choices, draws_field
from suhbat.acts.live_streams import ENDS, ends_lines
from suhbat.acts.live_views import LIVE_VIEWS, LiveView
from suhbat.acts.panels import PANELS, panel
from suhbat.acts.place_finders import FINDERS, knows_places
from suhbat.acts.registry import FOLLOWS, FURTHER, REGISTRY
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


def something(*_arguments: Any) -> Any:
    """A function to register."""


@pytest.mark.parametrize("register", [effect, phrase, further_effect, follow])
def test_each_part_of_an_act_is_registered_once(gong: None, register: Callable[[str], Callable[[Any], Any]]) -> None:
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
    (DRAWERS, draws_field),
    (ENDS, ends_lines),
    (PANELS, lambda name: panel(name, "room", "A panel", "acts/none.html")),
    (LIVE_VIEWS, lambda name: lambda kind: LIVE_VIEWS.update({name: kind})),
]


@pytest.mark.parametrize(("values", "register"), NAMED)
def test_every_other_register_refuses_a_name_that_is_in_use(values: Any, register: Any) -> None:
    before = dict(values)
    registered = LiveView(something, something, something) if values is LIVE_VIEWS else something
    register("gong")(registered)
    first = values["gong"]
    with pytest.raises(TwiceError, match="gong"):
        register("gong")(registered)
    assert values.pop("gong") is first
    assert values == before


def test_namers_pointers_and_finders_are_registered_once() -> None:
    from suhbat.acts import cross_package_links

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
    del cross_package_links._NAMERS["gong"], cross_package_links._POINTERS["gong"]
