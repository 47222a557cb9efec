"""The framework's application, built once in a run and used for the installation of one test after another."""

from typing import Any

from litestar import Litestar

from suhbat.acts.app import App
from suhbat.application import front_of, make_pages
from suhbat.ground.middleware import Front


class InTurn(App):
    """Stands for the installation of the present test: every attribute is that of the present `App`."""

    def __init__(self, present: App) -> None:
        object.__setattr__(self, "present", present)

    def __getattribute__(self, name: str) -> Any:
        present: App = object.__getattribute__(self, "present")
        return object.__getattribute__(self, name) if name.startswith("__") else getattr(present, name)


BUILT: dict[bool, tuple[InTurn, Litestar]] = {}
"""By whether rehearsals are switched on: some routes exist only then."""


def front_in_turn(app: App) -> Front:
    """What `front_of` returns, but around an application that was built for an earlier test."""
    kind = app.settings.rehearsal
    if kind not in BUILT:
        stand = InTurn(app)
        pages = make_pages(stand)
        # Handlers need the `App` itself: the framework checks the class of what it passes on.
        provider: Any = pages.dependencies["app"]
        provider.dependency = lambda: object.__getattribute__(stand, "present")
        BUILT[kind] = stand, pages
    stand, pages = BUILT[kind]
    object.__setattr__(stand, "present", app)
    requests: Any = pages.stores.get("rate_limit")
    requests._store.clear()  # this test has sent no request yet
    return front_of(app, pages)
