"""The framework's application, built once in a run: each test's house stands behind it in its turn."""

from typing import Any

from litestar import Litestar

from suhbat.acts.house import House
from suhbat.application import front_of, make_pages
from suhbat.ground.middleware import Front


class InTurn(House):
    """The house of the test that is on. The application knows no other, and asks it for everything."""

    def __init__(self, present: House) -> None:
        object.__setattr__(self, "present", present)

    def __getattribute__(self, name: str) -> Any:
        present: House = object.__getattribute__(self, "present")
        return object.__getattribute__(self, name) if name.startswith("__") else getattr(present, name)


BUILT: dict[bool, tuple[InTurn, Litestar]] = {}
"""By whether it is for rehearsals: of those some routes are."""


def front_in_turn(house: House) -> Front:
    """What `front_of` makes, around an application that was built for a house of an earlier test."""
    kind = house.settings.rehearsal
    if kind not in BUILT:
        stand = InTurn(house)
        pages = make_pages(stand)
        # A handler is given the very house: the framework takes no other class for it.
        given: Any = pages.dependencies["house"]
        given.dependency = lambda: object.__getattribute__(stand, "present")
        BUILT[kind] = stand, pages
    stand, pages = BUILT[kind]
    object.__setattr__(stand, "present", house)
    asked: Any = pages.stores.get("rate_limit")
    asked._store.clear()  # nobody has asked for anything yet
    return front_of(house, pages)
