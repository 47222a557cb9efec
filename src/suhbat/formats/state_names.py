"""How states and organisations are called: a register of our own, because CLDR's names are not diplomatic.

`states.json` holds for each code the short and the formal name in the house's languages, each with its source, its
capital as it was called at the time, and the capital's time zone. Names are the states' own usage: Kyrgyz Republic,
Кыргызстан, キルギス. A language that lacks a name falls back on English, which `name_language` tells: a page marks it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from suhbat.formats.collation import sort_key
from suhbat.formats.name_tables import name_table
from suhbat.ground.language import language as present_language

ENGLISH = "en"


@cache
def register() -> dict[str, dict[str, Any]]:
    """All states and organisations by code; of each its `zone`, its `capital`s and its `names` by language.

    A name has the forms `short` and `formal`, in Japanese also a `reading`, and `former` where the house once used
    another, by which it is still found; its source stays in the table, so that
    whoever takes all forms, as the search does, takes names only.
    """
    return {
        code: state | {"names": _without_sources(state["names"])} for code, state in name_table("states.json").items()
    }


def _without_sources(names: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {
        language: {form: words for form, words in name.items() if form != "source"} for language, name in names.items()
    }


def is_known(code: str) -> bool:
    """Whether the register has this code."""
    return code in register()


def state_name(code: str, language: str = "") -> str:
    """The short name of a state in a language (the reader's, if none is given); its code where it is unknown."""
    return _form(code, language or present_language(), "short")


def formal_name(code: str, language: str = "") -> str:
    """The formal name of a state: Kyrgyz Republic, Кыргызская Республика, キルギス共和国."""
    return _form(code, language or present_language(), "formal")


def name_language(code: str, language: str = "") -> str:
    """The language in which a state's names are given to this reader: the reader's own, or English where that lacks.

    Empty where the register has no name at all: then the code stands for it, which is of no language.
    """
    names = register().get(code, {}).get("names", {})
    return next((tried for tried in (language or present_language(), ENGLISH) if tried in names), "")


def state_sort_key(code: str, language: str = "") -> tuple[int | str, ...]:
    """A key that sorts codes by short name in a language's alphabetical order; Japanese by its reading."""
    chosen = language or present_language()
    names = _names(code, chosen)
    return sort_key(str(names.get("reading") or names.get("short", code)), chosen)


def protocol_order(codes: Iterable[str], language: str = "", *, host: str = "") -> list[str]:
    """Delegations in alphabetical order of their short names in one language; the host before all if one is named.

    Alphabetical order in an agreed language is the practice of the United Nations and of treaties. English is the
    order of a meeting unless its convener names another; without a language, the reader's own.
    """
    chosen = language or present_language()
    return sorted(set(codes), key=lambda code: (code != host, state_sort_key(code, chosen), code))


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


def _names(code: str, language: str) -> dict[str, str]:
    names: dict[str, dict[str, str]] = register().get(code, {}).get("names", {})
    return names.get(name_language(code, language), {})
