"""The rooms of the house, and their files by name: a room is a package of `suhbat`, and there is no list of them."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import suhbat

FOLDER = Path(next(iter(suhbat.__path__)))


@cache
def rooms() -> tuple[str, ...]:
    """The names of all rooms, in the order of the alphabet."""
    return tuple(sorted(room.name for room in pkgutil.iter_modules(suhbat.__path__) if room.ispkg))


@cache
def module_of(room: str, file: str) -> ModuleType | None:
    """A room's file of this name, imported; None where the room has none."""
    there = (FOLDER / room / f"{file}.py").exists() or (FOLDER / room / file / "__init__.py").exists()
    return importlib.import_module(f"suhbat.{room}.{file}") if there else None


def modules(file: str) -> Iterator[ModuleType]:
    """Every room's file of this name, imported."""
    for room in rooms():
        if (module := module_of(room, file)) is not None:
            yield module
