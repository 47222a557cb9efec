"""Which files of a room are found by their name, and what is done with each: the one table of it.

Whoever adds such a file to a room has nothing else to write down. `Use` says how a file takes part; a name that two
rooms want is refused at import (`suhbat.ground.registers`).
"""

from collections.abc import Callable, Coroutine, Iterator
from enum import Enum
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment
from litestar import Router

from suhbat.acts.house import House
from suhbat.ground.registers import Register, add_once
from suhbat.ground.rooms import module_of, rooms

if TYPE_CHECKING:
    import argparse

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names it no other way)

Chore = Callable[[House], Coroutine[Any, Any, None]]


class Use(Enum):
    """What is done with a file."""

    REGISTERS = "imported, for what its decorators register"
    TABLES = "imported, for its tables (`ground.migrations.every_table`)"
    ROUTES = "`routes` is a router, or makes routers of a house: what the house answers"
    HELPERS = "`install` gives templates their filters and functions"
    CHORES = "`CHORES` are run for as long as the house stands"
    COMMANDS = "`add` adds to the command line"


FILES: dict[str, Use] = {
    "models": Use.TABLES,
    "acts": Use.REGISTERS,
    "effects": Use.REGISTERS,
    "phrases": Use.REGISTERS,
    "choices": Use.REGISTERS,
    "panels": Use.REGISTERS,
    "places": Use.REGISTERS,
    "relations": Use.REGISTERS,
    "pages": Use.ROUTES,
    "media_pages": Use.ROUTES,
    "api": Use.ROUTES,
    "template_helpers": Use.HELPERS,
    "chores": Use.CHORES,
    "cli": Use.COMMANDS,
}
"""By its name in a room, what is done with a file; of one room they are looked at in this order."""


def of_use(use: Use) -> Iterator[ModuleType]:
    """Every room's files of one use, imported, room by room."""
    names = [name for name, known in FILES.items() if known is use]
    for room in rooms():
        for name in names:
            if (module := module_of(room, name)) is not None:
                yield module


def load_rooms() -> None:
    """Import what registers, so that acts, effects, phrases, choices and panels are whole."""
    for _module in of_use(Use.REGISTERS):
        pass


def routers(house: House) -> list[Router]:
    """What every room answers."""
    made: list[Router] = []
    for module in of_use(Use.ROUTES):
        routes = module.routes
        made += [routes] if isinstance(routes, Router) else routes(house)
    return made


def install_helpers(templates: Environment) -> None:
    """Give templates what rooms have for them."""
    templates.filters = Register("filters of templates", templates.filters)
    templates.globals = Register("names in templates", cast("dict[str, Any]", templates.globals))
    for module in of_use(Use.HELPERS):
        module.install(templates)


def chores() -> list[Chore]:
    """What rooms do beside answering requests."""
    found: list[Chore] = []
    for module in of_use(Use.CHORES):
        for chore in module.CHORES:
            add_once(found, chore, "the chores")
    return found


def add_commands(commands: "Commands") -> None:
    """Give the command line what rooms have for it."""
    for module in of_use(Use.COMMANDS):
        module.add(commands)
