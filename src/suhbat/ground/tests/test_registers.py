"""A name that two packages register is refused at once, and neither replaces the other."""

import pytest

from suhbat.ground.register import Register, TwiceError, add_once


def test_a_name_is_registered_once():
    bells: Register[int] = Register("bells")
    bells["small"] = 1
    with pytest.raises(TwiceError, match="two bells are called small"):
        bells["small"] = 2
    with pytest.raises(TwiceError, match="two bells are called small"):
        bells.update({"large": 3}, small=2)
    assert bells == {"small": 1, "large": 3}


def test_initial_names_cannot_be_registered_again():
    filters: Register[str] = Register("filters", {"upper": "the framework's"})
    with pytest.raises(TwiceError, match="two filters are called upper"):
        filters.update(upper="ours")
    filters.update(lower="ours")
    assert filters == {"upper": "the framework's", "lower": "ours"}


def test_a_deleted_name_can_be_registered_again():
    bells: Register[int] = Register("bells")
    bells["small"] = 1
    del bells["small"]
    bells["small"] = 2
    assert bells["small"] == 2


def test_a_function_is_added_once():
    def ring() -> None: ...

    def toll() -> None: ...

    functions = [ring]
    add_once(functions, toll, "what is done")
    with pytest.raises(TwiceError, match="ring stands twice among what is done"):
        add_once(functions, ring, "what is done")
    assert functions == [ring, toll]
