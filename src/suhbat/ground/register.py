"""Registers: what rooms contribute by name. A name that is taken is refused at import; nothing replaces another's."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


class TwiceError(RuntimeError):
    """Two parts of the house want the same name."""


class Register(dict[str, T]):
    """By name, what was registered; `things` says in a refusal what they are."""

    def __init__(self, things: str, known: dict[str, T] | None = None) -> None:
        super().__init__(known or {})
        self.things = things

    def __setitem__(self, name: str, thing: T) -> None:
        if name in self:
            raise TwiceError(f"two {self.things} are called {name}")
        super().__setitem__(name, thing)

    def update(self, *given: Any, **named: T) -> None:
        """Register several; dict's own way would replace without a word."""
        for name, thing in dict(*given, **named).items():
            self[name] = thing


def add_once(held: list[F], function: F, things: str) -> None:
    """Put a function beside others of its kind; the same one twice would do its work twice."""
    if any(_address(each) == _address(function) for each in held):
        raise TwiceError(f"{_address(function)} stands twice among {things}")
    held.append(function)


def _address(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
