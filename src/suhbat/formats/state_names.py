"""The names of states and organisations: a register of our own, because CLDR's names are not diplomatic.

`states.json` has the states of the public record, `further_states.json` all other members and observers of the United
Nations by their names there, and well-known organisations; an administrator adds others by hand. The tables have for
each code the short and the formal name in the interface languages, each with its source, the capital with its names
over time, and the capital's time zone. Names are the states' own usage: Kyrgyz Republic, Кыргызстан, キルギス. If a
language has no name, English is used; `name_language` says so, and a page marks the name.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from suhbat.formats.collation import sort_key
from suhbat.formats.name_tables import name_table
from suhbat.ground.language import language as present_language

ENGLISH = "en"


SHIPPED = ("states.json", "further_states.json")
"""The tables of names that come with the program."""
_added: dict[str, dict[str, Any]] = {}
"""What was added by hand, as `set_added` has it; in this process, for all readers."""


def register() -> dict[str, dict[str, Any]]:
    """All states and organisations by code, each with its `zone`, its `capital`s and its `names` by language.

    A name has the forms `short` and `formal`, in Japanese also a `reading`, and `former` for a name used before,
    by which the search still finds the state. The sources are left out, so that all forms are names.
    """
    return _added or _shipped()


def recorded() -> list[str]:
    """The codes of the states and organisations that the public record names."""
    return list(name_table("states.json"))


def set_added(parties: Mapping[str, dict[str, Any]]) -> None:
    """Put parties into the register that were added by hand: by code `zone` and `names`. Others are taken out."""
    global _added  # noqa: PLW0603  (the register is one for the process)
    _added = _shipped() | {code: {"capital": [], **party} for code, party in parties.items()} if parties else {}


@cache
def _shipped() -> dict[str, dict[str, Any]]:
    return {
        code: state | {"names": _without_sources(state["names"])}
        for file in SHIPPED
        for code, state in name_table(file).items()
    }


def _without_sources(names: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {
        language: {form: words for form, words in name.items() if form != "source"} for language, name in names.items()
    }


def is_known(code: str) -> bool:
    """Whether the register has this code."""
    return code in register()


def state_name(code: str, language: str = "") -> str:
    """The short name of a state in the given language or the reader's; its code if it is unknown."""
    return _form(code, language or present_language(), "short")


def formal_name(code: str, language: str = "") -> str:
    """The formal name of a state: Kyrgyz Republic, Кыргызская Республика, キルギス共和国."""
    return _form(code, language or present_language(), "formal")


def name_language(code: str, language: str = "") -> str:
    """The language of a state's names for this reader: the reader's own, or English if that has no name.

    Empty if the register has no name at all. Then the code is shown, which is in no language.
    """
    names = register().get(code, {}).get("names", {})
    return next((candidate for candidate in (language or present_language(), ENGLISH) if candidate in names), "")


def state_sort_key(code: str, language: str = "") -> tuple[int | str, ...]:
    """A key that sorts codes by short name in a language's alphabetical order; in Japanese by their reading."""
    target = language or present_language()
    names = _names(code, target)
    return sort_key(str(names.get("reading") or names.get("short", code)), target)


def protocol_order(codes: Iterable[str], language: str = "", *, host: str = "") -> list[str]:
    """Delegations in alphabetical order of their short names in one language; the host first if it is named.

    Alphabetical order in an agreed language is the practice of the United Nations and of treaties. English is the
    order of a meeting unless its convener names another; without a language, the reader's own.
    """
    target = language or present_language()
    return sorted(set(codes), key=lambda code: (code != host, state_sort_key(code, target), code))


def zone_of(code: str) -> str:
    """The time zone of a state's capital, or of an organisation's seat; empty if it is unknown."""
    return str(register().get(code, {}).get("zone", ""))


def capital_of(code: str, day: str) -> str:
    """The name of the capital on a day (ISO date): Nur-Sultan in 2020, Astana before and after."""
    for capital in register().get(code, {}).get("capital", []):
        if capital.get("since", "") <= day <= capital.get("until", "9999"):
            return str(capital["city"])
    return ""


def _form(code: str, language: str, form: str) -> str:
    return str(_names(code, language).get(form, code))


def _names(code: str, language: str) -> dict[str, str]:
    names: dict[str, dict[str, str]] = register().get(code, {}).get("names", {})
    return names.get(name_language(code, language), {})
