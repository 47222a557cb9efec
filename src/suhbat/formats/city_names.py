"""How cities are called in the languages of the house; `cities.json` is keyed by their English spelling.

It has the cities of the public record, all capitals of the register and what they were called before: Nur-Sultan
stays Nur-Sultan, in each language's form. Names stand in the nominative: a page puts them after a colon or a comma.
"""

from typing import Any

from suhbat.formats.collation import sort_key
from suhbat.formats.name_tables import name_table
from suhbat.formats.state_names import ENGLISH
from suhbat.ground.language import language as present_language


def cities() -> dict[str, dict[str, Any]]:
    """All cities by their English spelling, and of each the name by language."""
    return name_table("cities.json")


def city_name(city: str, language: str = "") -> str:
    """A city in a language (the reader's, if none is given); as it was given, which is English, where unknown."""
    return str(_name(city, language).get("name", city))


def city_language(city: str, language: str = "") -> str:
    """The language in which `city_name` answers: the one asked for, or English, so that a page can mark it."""
    return (language or present_language()) if _name(city, language) else ENGLISH


def city_sort_key(city: str, language: str = "") -> tuple[int | str, ...]:
    """A key that sorts cities in a language's alphabetical order; Japanese by its reading."""
    name = _name(city, language)
    return sort_key(str(name.get("reading") or name.get("name", city)), language or present_language())


def _name(city: str, language: str) -> dict[str, str]:
    name: dict[str, str] = cities().get(city, {}).get(language or present_language(), {})
    return name
