"""Registers: what packages contribute by name. A name that is used twice is refused at import."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


class TwiceError(RuntimeError):
    """Two parts of the application use the same name."""


class Register(dict[str, T]):
    """A dict in which every name can be set once. `plural` names its values in error messages."""

    def __init__(self, plural: str, initial: dict[str, T] | None = None) -> None:
        super().__init__(initial or {})
        self.plural = plural

    def __setitem__(self, name: str, value: T) -> None:
        if name in self:
            raise TwiceError(f"two {self.plural} are called {name}")
        super().__setitem__(name, value)

    def update(self, *mappings: Any, **named: T) -> None:
        """Register several; `dict.update` itself would replace values silently."""
        for name, value in dict(*mappings, **named).items():
            self[name] = value


def add_once(functions: list[F], function: F, plural: str) -> None:
    """Append a function to a list. It is refused if it is there already, since it would then run twice."""
    if any(_address(other) == _address(function) for other in functions):
        raise TwiceError(f"{_address(function)} stands twice among {plural}")
    functions.append(function)


def _address(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
