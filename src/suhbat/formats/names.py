"""How states and organisations are called: a register of our own, because CLDR's names are not diplomatic.

`states.json` holds for each code the short and the formal name in as many of the house's languages as are known,
its capital as it was called at the time, and the capital's time zone. Names are the states' own usage: Kyrgyz
Republic, Кыргызстан, キルギス. A language that lacks a name falls back on its neighbour's, then on English.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from suhbat.formats.collation import sort_key
from suhbat.ground.language import language as present_language

FALLBACK = {"kk": "ru", "ky": "ru", "tg": "ru"}
"""Where a name is missing, the language that its reader most likely reads; English after it."""


@cache
def register() -> dict[str, dict[str, Any]]:
    """All states and organisations by code."""
    held: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "states.json").read_text(encoding="utf-8"))
    return held


def is_known(code: str) -> bool:
    """Whether the register has this code."""
    return code in register()


def state_name(code: str, language: str = "") -> str:
    """The short name of a state in a language (the reader's, if none is given); its code where it is unknown."""
    return _form(code, language or present_language(), "short")


def formal_name(code: str, language: str = "") -> str:
    """The formal name of a state: Kyrgyz Republic, Кыргызская Республика, キルギス共和国."""
    return _form(code, language or present_language(), "formal")


def protocol_order(codes: Iterable[str], language: str = "", *, host: str = "") -> list[str]:
    """Delegations in alphabetical order of their short names in one language; the host before all if one is named.

    Alphabetical order in an agreed language is the practice of the United Nations and of treaties. English is the
    order of a meeting unless its convener names another; without a language, the reader's own.
    """
    chosen = language or present_language()
    return sorted(set(codes), key=lambda code: (code != host, sort_key(_sorted_by(code, chosen), chosen), code))


def zone_of(code: str) -> str:
    """The time zone of a state's capital, or of an organisation's seat; empty where it is unknown."""
    return str(register().get(code, {}).get("zone", ""))


def capital_of(code: str, day: str) -> str:
    """The capital as it was called on a day (ISO date): Nur-Sultan in 2020, Astana before and since."""
    for named in register().get(code, {}).get("capital", []):
        if named.get("since", "") <= day <= named.get("until", "9999"):
            return str(named["city"])
    return ""


def _form(code: str, language: str, form: str) -> str:
    return str(_names(code, language).get(form, code))


def _sorted_by(code: str, language: str) -> str:
    names = _names(code, language)
    return str(names.get("reading") or names.get("short", code))


def _names(code: str, language: str) -> dict[str, str]:
    names: dict[str, dict[str, str]] = register().get(code, {}).get("names", {})
    for tried in (language, FALLBACK.get(language, "en"), "en"):
        if tried in names:
            return names[tried]
    return {}
