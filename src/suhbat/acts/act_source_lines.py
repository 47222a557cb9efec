"""Where an act is defined: file and line of its input, body, guard, rule, effects, phrase and notice."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from suhbat.acts.live_streams import ENDS
from suhbat.acts.notices import TELLERS
from suhbat.acts.registry import FOLLOWS, FURTHER, GUARDS, REGISTRY
from suhbat.ground.packages import FOLDER


def source_addresses(name: str) -> Iterator[tuple[str, str]]:
    """The parts of an act, each with its `file:line`, relative to the working directory if possible."""
    act = REGISTRY[name]
    parts: list[tuple[str, Callable[..., Any] | None]] = [
        ("input", act.input_type),
        ("body", act.body_type),
        ("guard", GUARDS.get(name)),
        ("rule", act.decide),
        ("effect", act.effect),
        *(("further effect", effect) for effect in FURTHER.get(name, ())),
        ("phrase", act.phrase),
        ("notice", TELLERS.get(name)),
        *(("follows", follow) for follow in FOLLOWS.get(name, ())),
        ("ends lines", ENDS.get(name)),
    ]
    for part, code in parts:
        if code is not None:
            yield part, _address(code)


def _address(code: Callable[..., Any]) -> str:
    code = inspect.unwrap(code)
    file = Path(inspect.getsourcefile(code) or "?").resolve()
    _, line = inspect.getsourcelines(code)
    for top in (Path.cwd(), FOLDER.parent):
        if file.is_relative_to(top):
            return f"{file.relative_to(top)}:{line}"
    return f"{file}:{line}"
