"""The packages of `suhbat`, and their files by name. They are found in the file system; there is no list."""

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
    """The names of all packages, in alphabetical order."""
    return tuple(sorted(package.name for package in pkgutil.iter_modules(suhbat.__path__) if package.ispkg))


@cache
def module_of(package: str, file: str) -> ModuleType | None:
    """The module of this name in a package, imported; None if the package has none."""
    exists = (FOLDER / package / f"{file}.py").exists() or (FOLDER / package / file / "__init__.py").exists()
    return importlib.import_module(f"suhbat.{package}.{file}") if exists else None


def modules(file: str) -> Iterator[ModuleType]:
    """The module of this name of every package that has one, imported."""
    for package in packages():
        if (module := module_of(package, file)) is not None:
            yield module
