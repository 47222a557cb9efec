"""The names of languages in the reader's language, alone and in phrases such as "in English".

Menus in which readers look for their own language show its own name (`LANGUAGES`); sentences and labels use this
module. `language_names.json` has, by reader's language and code, a `name`, spelt as within a sentence, and the form
`within` for "in English". A name's `source` is CLDR or a reader of the texts; a name without a source is to be
confirmed by that language's ministry. `other` is the form for a language that the table does not have: with its name
by CLDR.
"""

import json
from functools import cache
from pathlib import Path

from suhbat.ground.language import language as present_language
from suhbat.ground.text_languages import cldr_name


@cache
def _names() -> dict[str, dict[str, dict[str, str]]]:
    tables: dict[str, dict[str, dict[str, str]]] = json.loads(
        (Path(__file__).parent / "language_names.json").read_text(encoding="utf-8")
    )
    return tables


def language_name(code: str, language: str = "") -> str:
    """The name of a language, in the given language or the reader's: Russian, русский, ロシア語, rus tili.

    It is spelt as within a sentence, after a colon or in brackets. `capital` makes it a label.
    """
    return _form(code, language or present_language(), "name")


def in_language(code: str, language: str = "") -> str:
    """The phrase for a language in which something is written: in Russian, на русском языке, ロシア語で, rus tilida."""
    return _form(code, language or present_language(), "within")


def language_label(code: str) -> str:
    """The name of a language as a label, as in a menu: Russian, Русский, Rus tili."""
    return capital(language_name(code))


def capital(words: str) -> str:
    """The same words with a capital at the beginning, for a sentence or a label."""
    return words[:1].upper() + words[1:]


def _form(code: str, language: str, form: str) -> str:
    names = _names()[language]
    return names[code][form] if code in names else names["other"][form].format(code=cldr_name(code, language))
