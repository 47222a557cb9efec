"""Offices of state in the reader's language: one register for the public record, meetings and documents.

`offices.json` has each single office by the English title in the public record, in the other seven languages, spelt as
within a sentence: `министр иностранных дел`, `Еуропалық комиссия төрағасының орынбасары`. Its `sources` say for which
languages the name was seen on a ministry's page or in the press; a name without a source is to be confirmed by that
language's ministry. If a state joins two offices in another way than the rule, the table has the whole title, such as
国務委員兼外交部長.

A title of several offices is translated if each of them is known. Any other title stays as it was typed.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from suhbat.acts.roles_and_seats import ROLE_NAMES
from suhbat.ground.language import language

SPELT_IN = "en"
"""The language in which the record spells offices."""
BETWEEN = {"ja": "兼"}
"""What is between two offices of one person, if it is not a comma."""


@cache
def register() -> dict[str, dict[str, Any]]:
    """All offices, by English title."""
    offices: dict[str, dict[str, Any]] = json.loads(
        (Path(__file__).parent / "offices.json").read_text(encoding="utf-8")
    )
    return offices


def office(title: str) -> str:
    """A title in the reader's language; unchanged if one of its offices is not known."""
    return office_in_words(title) or title


def office_in_words(title: str) -> str | None:
    """A title in the reader's language; None if one of its offices is not known in it.

    An entry of an actor without an office names the actor's role instead, so the names of roles are translated too.
    """
    reader = language()
    if reader == SPELT_IN:
        return title
    for role_name in ROLE_NAMES.values():
        if role_name.message == title:
            return str(role_name)
    translated = office_within(title)
    return translated[:1].upper() + translated[1:] or None


def office_within(title: str) -> str:
    """A title spelt as after a name: Иванов, министр иностранных дел; empty if an office of it is not known."""
    return BETWEEN.get(language(), ", ").join(register()[single][language()] for single in single_offices(title))


def single_offices(title: str) -> list[str]:
    """The offices that a title joins with commas, each as in the register; empty if one of them is not known.

    The longest office is taken first, since some have commas themselves: Minister of Economy, Trade and Industry.
    """
    parts, singles = title.split(", "), []
    while parts:
        sizes = (size for size in range(len(parts), 0, -1) if ", ".join(parts[:size]) in register())
        if not (size := next(sizes, 0)):
            return []
        singles.append(", ".join(parts[:size]))
        parts = parts[size:]
    return singles


def office_language(title: str, spelt_in: str = SPELT_IN) -> str:
    """The language of a title that is not shown in the reader's language; empty if it is.

    `spelt_in` is the language of the title itself; empty if it is not known, as for a title that a person has typed.
    """
    return "" if spelt_in == language() or office_in_words(title) else spelt_in
