"""The agreed terms of each language (`src/suhbat/locale/terms.json`), and translations that do not use them.

A row of the table is an English term with its word in each language and the source of the word. `found` matches the
English texts that have the term; a term without it is for people alone. For each language: `wrong` must not stand in
the translation of such a text, one of `right` must, and `except` are English texts without the term. `choice` are
words between which native speakers have to choose; `also` is another word, for the case in the `note`. `found`,
`wrong` and `right` are regular expressions that ignore case.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from babel.messages import Message
from scripts import translation_catalogues, translation_forms

TABLE = translation_catalogues.LOCALE / "terms.json"


def faults(code: str, message: Message) -> Iterator[str]:
    """Every term for which a translation uses a rejected word, or not the agreed one."""
    english = translation_forms.CARRIED.sub(" ", " ".join(translation_forms.english(message)))
    for term in table():
        word = term["words"].get(code, {})
        if "found" not in term or translation_catalogues.one_id(message) in word.get("except", ()):
            continue
        if re.search(term["found"], english, re.IGNORECASE):
            yield from _broken(term["english"], word, message)


def _broken(english: str, word: dict[str, Any], message: Message) -> Iterator[str]:
    for form in translation_forms.translated(message):
        for pattern in word.get("wrong", ()):
            if wrong := re.search(pattern, form, re.IGNORECASE):
                yield f"{english!r} is {word['word']}, not {wrong.group()!r}: {form!r}"
        if "right" in word and not any(re.search(pattern, form, re.IGNORECASE) for pattern in word["right"]):
            yield f"{english!r} is {word['word']}, which is not in {form!r}"


@cache
def table() -> list[dict[str, Any]]:
    """The table of terms."""
    rows: list[dict[str, Any]] = json.loads(TABLE.read_text("utf-8"))
    return rows
