"""The table of the files that are found by their name in every package, and of what is done with each.

A new file with such a name needs no other change. `Use` says how a file is used. A name that two packages register is
refused at import (`suhbat.ground.register`).
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
    """How a file is used."""

    REGISTERS = "imported, for what its decorators register"
    TABLES = "imported, for its tables (`ground.migrations.every_table`)"
    ROUTES = "`routes` is a router, or makes routers for an application: the addresses that are served"
    HELPERS = "`install` gives templates their filters and functions"
    CHORES = "`CHORES` are background tasks, which run as long as the server runs"
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
"""By its name in a package: how a file is used. The files of one package are used in this order."""


def modules_of(use: Use) -> Iterator[ModuleType]:
    """The modules of one use, imported, package by package."""
    names = [name for name, file_use in FILES.items() if file_use is use]
    for package in packages():
        for name in names:
            if (module := module_of(package, name)) is not None:
                yield module


def load_packages() -> None:
    """Import all files with registrations, so that acts, effects, phrases, choices and panels are complete."""
    for _module in modules_of(Use.REGISTERS):
        pass


def routers(app: App) -> list[Router]:
    """The routers of every package."""
    all_routers: list[Router] = []
    for module in modules_of(Use.ROUTES):
        routes = module.routes
        all_routers += [routes] if isinstance(routes, Router) else routes(app)
    return all_routers


def install_helpers(templates: Environment) -> None:
    """Add the filters and functions of every package to the templates."""
    templates.filters = Register("filters of templates", templates.filters)
    templates.globals = Register("names in templates", cast("dict[str, Any]", templates.globals))
    for module in modules_of(Use.HELPERS):
        module.install(templates)


def chores() -> list[Chore]:
    """The background tasks of every package."""
    functions: list[Chore] = []
    for module in modules_of(Use.CHORES):
        for chore in module.CHORES:
            add_once(functions, chore, "the chores")
    return functions


def add_commands(commands: "Commands") -> None:
    """Add the commands of every package to the command line."""
    for module in modules_of(Use.COMMANDS):
        module.add(commands)
