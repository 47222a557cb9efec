"""Names of public holidays in the reader's language.

The library `holidays` provides the days, with names in English and in few of our languages. The translations are our
own, in `holiday_names.json`. The key `names` has each holiday by the library's English name; `states` has names that
differ in one state; `patterns` has forms around a name: observed on another day, the day before, a day off instead of
another day. `sources` lists the languages in which a name was found in a source; the others have to be confirmed by a
ministry. A holiday without a translation is shown in English.
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
"""The format of days in the library's English names: 01/05/2020 is 5 January."""


@dataclass(frozen=True)
class HolidayName:
    """The name of a holiday, without the word "estimated"."""

    text: str
    language: str
    """The reader's language, or English if there is no translation."""
    estimated: bool
    """Whether the day depends on the sighting of the moon."""


@cache
def _register() -> dict[str, dict[str, Any]]:
    register: dict[str, dict[str, Any]] = json.loads(
        (Path(__file__).parent / "holiday_names.json").read_text(encoding="utf-8")
    )
    return register


def holiday_name(state: str, english: str) -> HolidayName:
    """A holiday of a state in the reader's language, by the English name that the library gives it."""
    certain = _ESTIMATED.sub("", english)
    translated = _translated(state, certain, language())
    text = translated or _translated(state, certain, ENGLISH) or certain
    return HolidayName(text, language() if translated else ENGLISH, estimated=certain != english)


def _translated(state: str, english: str, reader: str) -> str:
    """The translation of a name or of a pattern with a name; "" if there is none."""
    register = _register()
    for names in (register["states"].get(state, {}), register["names"]):
        if name := names.get(english, {}).get(reader):
            return str(name)
    for pattern, translations in register["patterns"].items():
        filler = _filler(pattern, english)
        if filler and reader in translations and (values := _format_values(pattern, state, filler, reader)):
            return str(translations[reader]).format(**values)
    return ""


def _filler(pattern: str, english: str) -> str:
    """The text at the placeholder of a pattern; "" if the name does not match the pattern."""
    before, _, tail = pattern.partition("{")
    after = tail.partition("}")[2]
    if not (english.startswith(before) and english.endswith(after)):
        return ""
    return english[len(before) : len(english) - len(after)]


def _format_values(pattern: str, state: str, filler: str, reader: str) -> dict[str, str]:
    """The translated value of the placeholder, a day or a name; empty if there is no translation."""
    if "{day}" in pattern:
        day = datetime.strptime(filler, _AMERICAN_DAY).replace(tzinfo=UTC).date()
        return {"day": show_date(day.isoformat())}
    name = _translated(state, filler, reader)
    return {"name": name} if name else {}
