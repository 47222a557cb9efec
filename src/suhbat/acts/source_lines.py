"""Where an act is written: file and line of its input, its body, its guard, its rule, its effects and its phrase."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from suhbat.acts.live import ENDS
from suhbat.acts.registry import FOLLOWS, FURTHER, GUARDS, REGISTRY
from suhbat.ground.packages import FOLDER


def places_of(name: str) -> Iterator[tuple[str, str]]:
    """What there is of an act, and its `file:line` as an editor opens it from where one stands."""
    known = REGISTRY[name]
    parts: list[tuple[str, Callable[..., Any] | None]] = [
        ("input", known.input_type),
        ("body", known.body_type),
        ("guard", GUARDS.get(name)),
        ("rule", known.decide),
        ("effect", known.effect),
        *(("further effect", effect) for effect in FURTHER.get(name, ())),
        ("phrase", known.phrase),
        *(("follows", follow) for follow in FOLLOWS.get(name, ())),
        ("ends lines", ENDS.get(name)),
    ]
    for what, code in parts:
        if code is not None:
            yield what, _address(code)


def _address(code: Callable[..., Any]) -> str:
    code = inspect.unwrap(code)
    file = Path(inspect.getsourcefile(code) or "?").resolve()
    _, line = inspect.getsourcelines(code)
    for top in (Path.cwd(), FOLDER.parent):
        if file.is_relative_to(top):
            return f"{file.relative_to(top)}:{line}"
    return f"{file}:{line}"
