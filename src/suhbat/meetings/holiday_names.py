"""Public holidays by name in the reader's language.

Days come from the library `holidays`, which names them in English and in few of the house's languages. The names here
are our own: `holiday_names.json` holds under `names` each holiday by the library's English name, under `states` what
one state calls otherwise, and under `patterns` what is said around a name: observed on another day, the day before,
a day off in place of another. `sources` say for which languages a name was seen; one without is to be confirmed by
that language's ministry. A holiday that is not held there, or not in the reader's language, keeps its English name.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from suhbat.ground.dates import show_date
from suhbat.ground.language import language

ENGLISH = "en"
_ESTIMATED = re.compile(r" \(estimated\)$|, estimated(?=\)$)")
_AMERICAN_DAY = "%m/%d/%Y"
"""How the library writes days inside English names: 01/05/2020 is the fifth of January."""


@dataclass(frozen=True)
class HolidayName:
    """What a day is called, without a word on whether it is certain."""

    text: str
    language: str
    """The reader's, or English where the house has no word."""
    estimated: bool
    """Whether it hangs on the sighting of the moon."""


@cache
def _register() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads(
        (Path(__file__).parent / "holiday_names.json").read_text(encoding="utf-8")
    )
    return table


def holiday_name(state: str, english: str) -> HolidayName:
    """A holiday of a state in the reader's language, by the English name that the library gives it."""
    certain = _ESTIMATED.sub("", english)
    translated = _translated(state, certain, language())
    text = translated or _translated(state, certain, ENGLISH) or certain
    return HolidayName(text, language() if translated else ENGLISH, estimated=certain != english)


def _translated(state: str, english: str, reader: str) -> str:
    """The name, or the name within one of the patterns; empty where one of them is not known."""
    register = _register()
    for names in (register["states"].get(state, {}), register["names"]):
        if name := names.get(english, {}).get(reader):
            return str(name)
    for pattern, around in register["patterns"].items():
        inner = _inside(pattern, english)
        if inner and reader in around and (filled := _filling(pattern, state, inner, reader)):
            return str(around[reader]).format(**filled)
    return ""


def _inside(pattern: str, english: str) -> str:
    """What stands in the place that a pattern leaves open; empty where the name is of another pattern."""
    before, _, rest = pattern.partition("{")
    after = rest.partition("}")[2]
    if not (english.startswith(before) and english.endswith(after)):
        return ""
    return english[len(before) : len(english) - len(after)]


def _filling(pattern: str, state: str, inner: str, reader: str) -> dict[str, str]:
    """A day as the reader writes it, or a name that is known; nothing where it is not."""
    if "{day}" in pattern:
        day = datetime.strptime(inner, _AMERICAN_DAY).replace(tzinfo=UTC).date()
        return {"day": show_date(day.isoformat())}
    name = _translated(state, inner, reader)
    return {"name": name} if name else {}
