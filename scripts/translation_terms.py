"""Terms that a language has decided on: `src/suhbat/locale/terms.json`, and where a translation breaks them.

A row of the table is an English term with its word in each language and the word's source. `found` is where English
texts have the term; a term without it is there for people alone. Of a language, `wrong` is what must not stand in the
translation of such a text, `right` that of which one must, `except` the English texts that go without; `choice` are
the words between which native speakers have to choose, `also` is another word, for what the `note` says. `found`,
`wrong` and `right` are regular expressions, small and capital letters alike.
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
    """Every term that a translation says with a word which was decided against, or without the one decided on."""
    english = translation_forms.CARRIED.sub(" ", " ".join(translation_forms.english(message)))
    for term in table():
        word = term["words"].get(code, {})
        if "found" not in term or translation_catalogues.one_id(message) in word.get("except", ()):
            continue
        if re.search(term["found"], english, re.IGNORECASE):
            yield from _broken(term["english"], word, message)


def _broken(english: str, word: dict[str, Any], message: Message) -> Iterator[str]:
    for form in translation_forms.said(message):
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
