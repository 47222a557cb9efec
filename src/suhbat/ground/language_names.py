"""What languages are called in the reader's language, and how a sentence says in which one something is written.

Menus in which a reader looks for his own language show its own name (`LANGUAGES`); sentences and labels say it here.
`language_names.json` holds by reader's language and code a `name`, spelt as within a sentence, and the form `within`
that stands for "in English". A name's `source` is CLDR or a reader of the texts; one without is to be confirmed by
that language's ministry. `other` is what is said of a language whose name is not held: its code.
"""

import json
from functools import cache
from pathlib import Path

from suhbat.ground.language import language as present_language


@cache
def _names() -> dict[str, dict[str, dict[str, str]]]:
    held: dict[str, dict[str, dict[str, str]]] = json.loads(
        (Path(__file__).parent / "language_names.json").read_text(encoding="utf-8")
    )
    return held


def language_name(code: str, language: str = "") -> str:
    """A language's name in a language (the reader's, if none is given): Russian, русский, ロシア語, rus tili.

    It is spelt as within a sentence, behind a colon or in brackets; `capital` makes a label of it.
    """
    return _form(code, language or present_language(), "name")


def in_language(code: str, language: str = "") -> str:
    """In which language something is said or written: in Russian, на русском языке, ロシア語で, rus tilida."""
    return _form(code, language or present_language(), "within")


def language_label(code: str) -> str:
    """A language's name where it stands alone, as in a menu: Russian, Русский, Rus tili."""
    return capital(language_name(code))


def capital(words: str) -> str:
    """The same words where a sentence or a label begins with them."""
    return words[:1].upper() + words[1:]


def _form(code: str, language: str, form: str) -> str:
    names = _names()[language]
    return names[code][form] if code in names else names["other"][form].format(code=code)
