"""The names of the public record's formats in the languages of the interface; `format_names.json` is keyed by id.

The English name is in the format's own file and is not repeated. For other languages a name of the table is used first,
because names of one kind are written in one way («Центральная Азия — Китай»); then a name of the file; then English.
"""

from collections.abc import Mapping
from typing import Any

from suhbat.formats.collation import sort_key
from suhbat.formats.name_tables import name_table
from suhbat.formats.state_names import ENGLISH
from suhbat.ground.language import language as present_language


def format_names() -> dict[str, dict[str, Any]]:
    """The names of formats by id and language: `full`, `short` if one is in use, and for Japanese a `reading`."""
    return name_table("format_names.json")


def format_name(code: str, name: str, native_names: Mapping[str, str], language: str = "") -> str:
    """A format's name in a language (the reader's if empty). `name` is English; `native_names` are in its file."""
    target = language or present_language()
    if target == ENGLISH:
        return name
    return str(_name(code, target).get("full") or native_names.get(target) or name)


def short_format_name(code: str, name: str, native_names: Mapping[str, str], language: str = "") -> str:
    """A format's short name if one is in use, such as ШОС or C5+1; else its full name."""
    return str(_name(code, language).get("short") or format_name(code, name, native_names, language))


def format_language(code: str, native_names: Mapping[str, str], language: str = "") -> str:
    """The language of the result of `format_name`: the requested one, or English. A page marks the name with it."""
    target = language or present_language()
    return target if _name(code, target) or native_names.get(target) else ENGLISH


def format_sort_key(code: str, name: str, native_names: Mapping[str, str], language: str = "") -> tuple[int | str, ...]:
    """A key that sorts formats by full name in a language's alphabetical order; in Japanese by their reading."""
    reading = _name(code, language).get("reading")
    return sort_key(reading or format_name(code, name, native_names, language), language or present_language())


def _name(code: str, language: str) -> dict[str, str]:
    name: dict[str, str] = format_names().get(code, {}).get(language or present_language(), {})
    return name
