"""The names of cities in the languages of the interface; `cities.json` is keyed by the English spelling.

It has the cities of the public record and all capitals of the register, also under former names: Nur-Sultan stays
Nur-Sultan, in each language's form. Names are in the nominative: a page puts them after a colon or a comma.
"""

from typing import Any

from suhbat.formats.collation import sort_key
from suhbat.formats.name_tables import name_table
from suhbat.formats.state_names import ENGLISH
from suhbat.ground.language import language as present_language


def cities() -> dict[str, dict[str, Any]]:
    """By English spelling of a city: its names by language."""
    return name_table("cities.json")


def city_name(city: str, language: str = "") -> str:
    """The name of a city in the given language or the reader's; unchanged (English) if the city is unknown."""
    return str(_name(city, language).get("name", city))


def city_language(city: str, language: str = "") -> str:
    """The language of the result of `city_name`: the requested one, or English. A page marks the name with it."""
    return (language or present_language()) if _name(city, language) else ENGLISH


def city_sort_key(city: str, language: str = "") -> tuple[int | str, ...]:
    """A key that sorts cities in a language's alphabetical order; in Japanese by their reading."""
    name = _name(city, language)
    return sort_key(str(name.get("reading") or name.get("name", city)), language or present_language())


def _name(city: str, language: str) -> dict[str, str]:
    name: dict[str, str] = cities().get(city, {}).get(language or present_language(), {})
    return name
