"""Offices of state in the reader's language: one register for the public record, meetings, the room and all papers.

`offices.json` holds each single office by the English title that the record gives it, in the other seven languages, as
it stands within a sentence: `министр иностранных дел`, `Еуропалық комиссия төрағасының орынбасары`. Its `sources` say
for which languages the name was seen on a ministry's page or in the press; a name without a source there is to be
confirmed by that language's ministry. Where a state's own word joins two offices otherwise than the rule, the table
holds the title whole, as 国務委員兼外交部長.

A title of several offices is told where each of them is known. Whatever else a person has typed stays as it is.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from suhbat.acts.actors import ROLE_NAMES
from suhbat.ground.language import language

SPELT_IN = "en"
"""The language in which the record spells offices."""
BETWEEN = {"ja": "兼"}
"""What stands between two offices of one person where it is no comma."""


@cache
def register() -> dict[str, dict[str, Any]]:
    """All offices by their English title."""
    held: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "offices.json").read_text(encoding="utf-8"))
    return held


def office(title: str) -> str:
    """A title in the reader's language, or as it is spelt where one of its offices is not known."""
    return office_in_words(title) or title


def office_in_words(title: str) -> str | None:
    """A title in the reader's language; None where one of its offices is not known in it.

    An entry whose actor bears no office names the actor's seat instead, so those names are told as well.
    """
    reader = language()
    if reader == SPELT_IN:
        return title
    for seat in ROLE_NAMES.values():
        if seat.message == title:
            return str(seat)
    told = office_within(title)
    return told[:1].upper() + told[1:] or None


def office_within(title: str) -> str:
    """A title as it stands behind a name: Иванов, министр иностранных дел; empty where the register lacks one of it."""
    return BETWEEN.get(language(), ", ").join(register()[each][language()] for each in single_offices(title))


def single_offices(title: str) -> list[str]:
    """The offices that a title joins with commas, each as the register has it; none where one of them is not known.

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
    """The language in which a reader sees a title that is not told in his own; empty where it is.

    `spelt_in` is the language of the title itself, empty where nobody knows it, as with what a person has typed.
    """
    return "" if spelt_in == language() or office_in_words(title) else spelt_in
