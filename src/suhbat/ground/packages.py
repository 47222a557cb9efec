"""The packages of `suhbat`, and their files by name; there is no list of them."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import suhbat

FOLDER = Path(next(iter(suhbat.__path__)))


@cache
def packages() -> tuple[str, ...]:
    """The names of all packages, in the order of the alphabet."""
    return tuple(sorted(package.name for package in pkgutil.iter_modules(suhbat.__path__) if package.ispkg))


@cache
def module_of(package: str, file: str) -> ModuleType | None:
    """A package's file of this name, imported; None where the package has none."""
    there = (FOLDER / package / f"{file}.py").exists() or (FOLDER / package / file / "__init__.py").exists()
    return importlib.import_module(f"suhbat.{package}.{file}") if there else None


def modules(file: str) -> Iterator[ModuleType]:
    """Every package's file of this name, imported."""
    for package in packages():
        if (module := module_of(package, file)) is not None:
            yield module
