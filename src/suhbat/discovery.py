"""Which files of a package are found by their name, and what is done with each: the one table of it.

Whoever adds such a file to a package has nothing else to write down. `Use` says how a file takes part; a name that two
packages want is refused at import (`suhbat.ground.register`).
"""

from collections.abc import Callable, Coroutine, Iterator
from enum import Enum
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment
from litestar import Router

from suhbat.acts.app import App
from suhbat.ground.packages import module_of, packages
from suhbat.ground.register import Register, add_once

if TYPE_CHECKING:
    import argparse

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names it no other way)

Chore = Callable[[App], Coroutine[Any, Any, None]]


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
    "choices": Use.REGISTERS,
    "panels": Use.REGISTERS,
    "queries": Use.REGISTERS,
    "pages": Use.ROUTES,
    "media_pages": Use.ROUTES,
    "api": Use.ROUTES,
    "template_helpers": Use.HELPERS,
    "chores": Use.CHORES,
    "cli": Use.COMMANDS,
}
"""By its name in a package, what is done with a file; of one package they are looked at in this order."""


def of_use(use: Use) -> Iterator[ModuleType]:
    """Every package's files of one use, imported, package by package."""
    names = [name for name, known in FILES.items() if known is use]
    for package in packages():
        for name in names:
            if (module := module_of(package, name)) is not None:
                yield module


def load_packages() -> None:
    """Import what registers, so that acts, effects, phrases, choices and panels are whole."""
    for _module in of_use(Use.REGISTERS):
        pass


def routers(app: App) -> list[Router]:
    """What every package answers."""
    made: list[Router] = []
    for module in of_use(Use.ROUTES):
        routes = module.routes
        made += [routes] if isinstance(routes, Router) else routes(app)
    return made


def install_helpers(templates: Environment) -> None:
    """Give templates what packages have for them."""
    templates.filters = Register("filters of templates", templates.filters)
    templates.globals = Register("names in templates", cast("dict[str, Any]", templates.globals))
    for module in of_use(Use.HELPERS):
        module.install(templates)


def chores() -> list[Chore]:
    """What packages do beside answering requests."""
    found: list[Chore] = []
    for module in of_use(Use.CHORES):
        for chore in module.CHORES:
            add_once(found, chore, "the chores")
    return found


def add_commands(commands: "Commands") -> None:
    """Give the command line what packages have for it."""
    for module in of_use(Use.COMMANDS):
        module.add(commands)
