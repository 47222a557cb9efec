"""The framework's application, built once in a run: each test's house stands behind it in its turn."""

from typing import Any

from litestar import Litestar

from suhbat.acts.app import App
from suhbat.application import front_of, make_pages
from suhbat.ground.middleware import Front


class InTurn(App):
    """The house of the test that is on. The application knows no other, and asks it for everything."""

    def __init__(self, present: App) -> None:
        object.__setattr__(self, "present", present)

    def __getattribute__(self, name: str) -> Any:
        present: App = object.__getattribute__(self, "present")
        return object.__getattribute__(self, name) if name.startswith("__") else getattr(present, name)


BUILT: dict[bool, tuple[InTurn, Litestar]] = {}
"""By whether it is for rehearsals: of those some routes are."""


def front_in_turn(app: App) -> Front:
    """What `front_of` makes, around an application that was built for a house of an earlier test."""
    kind = app.settings.rehearsal
    if kind not in BUILT:
        stand = InTurn(app)
        pages = make_pages(stand)
        # A handler is given the very house: the framework takes no other class for it.
        given: Any = pages.dependencies["app"]
        given.dependency = lambda: object.__getattribute__(stand, "present")
        BUILT[kind] = stand, pages
    stand, pages = BUILT[kind]
    object.__setattr__(stand, "present", app)
    asked: Any = pages.stores.get("rate_limit")
    asked._store.clear()  # nobody has asked for anything yet
    return front_of(app, pages)
