"""How the formats of the public record are called in the languages of the house; `format_names.json` is keyed by id.

English is the name that the format's own file gives, and is not repeated. A name of the table comes first, because
names of one kind are written in one way («Центральная Азия — Китай»); then what the file tells; English at last.
"""

from collections.abc import Mapping
from typing import Any

from suhbat.formats.collation import sort_key
from suhbat.formats.name_tables import name_table
from suhbat.formats.names import ENGLISH
from suhbat.ground.language import language as present_language


def format_names() -> dict[str, dict[str, Any]]:
    """The names of formats by id and language: `full`, where usage has one `short`, and for Japanese a `reading`."""
    return name_table("format_names.json")


def format_name(code: str, name: str, native_names: Mapping[str, str], language: str = "") -> str:
    """A format in a language (the reader's, if none is given); `name` is English, `native_names` the file's own."""
    chosen = language or present_language()
    if chosen == ENGLISH:
        return name
    return str(_name(code, chosen).get("full") or native_names.get(chosen) or name)


def short_format_name(code: str, name: str, native_names: Mapping[str, str], language: str = "") -> str:
    """What a format is called for short, where usage has such a name: ШОС, C5+1; else its full name."""
    return str(_name(code, language).get("short") or format_name(code, name, native_names, language))


def format_language(code: str, native_names: Mapping[str, str], language: str = "") -> str:
    """The language in which `format_name` answers: the one asked for, or English, so that a page can mark it."""
    chosen = language or present_language()
    return chosen if _name(code, chosen) or native_names.get(chosen) else ENGLISH


def format_sort_key(code: str, name: str, native_names: Mapping[str, str], language: str = "") -> tuple[int | str, ...]:
    """A key that sorts formats by full name in a language's alphabetical order; Japanese by its reading."""
    reading = _name(code, language).get("reading")
    return sort_key(reading or format_name(code, name, native_names, language), language or present_language())


def _name(code: str, language: str) -> dict[str, str]:
    name: dict[str, str] = format_names().get(code, {}).get(language or present_language(), {})
    return name
