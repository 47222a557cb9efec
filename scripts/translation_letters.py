"""Words with letters of another language: a Latin `a` in a Russian word, `'` for an Uzbek `ʻ`, `ы` in Tajik."""

import re
from collections.abc import Iterator

from babel.messages import Message
from scripts import translation_forms

from suhbat.formats.collation import ALPHABETS

WORD = re.compile(r"[^\W\d_]+")
LATIN, CYRILLIC = re.compile("[A-Za-zÀ-ɏ]"), re.compile("[Ѐ-ӿ]")
WRITTEN_IN = {code: LATIN if code in {"tk", "uz"} else CYRILLIC for code in ALPHABETS}
MORE_LETTERS = {"uz": {"ʼ"}, "ru": {"ё"}, "kk": {"ё"}, "ky": {"ё"}, "tg": {"ё"}}
"""Letters that have no place in the alphabetical order."""
APOSTROPHES = re.compile(r"(?<=[A-Za-z])['’‘`´](?=[A-Za-z])|(?<=[OoGg])['’‘`´ʼ]|(?<![OoGg])ʻ")
"""Uzbek has ʻ after o and g, which makes another letter of them, and ʼ elsewhere; typewriters' and quotation marks
are neither."""


def faults(code: str, message: Message) -> Iterator[str]:
    """Every word that mixes alphabets or has letters of another language."""
    for form in translation_forms.translated(message):
        words = translation_forms.bare(form)
        if code == "uz" and (wrong := APOSTROPHES.search(words)):
            yield f"the apostrophe {wrong.group()!r} in {form!r}"
        for word in WORD.findall(words):
            if LATIN.search(word) and CYRILLIC.search(word):
                yield f"two alphabets in {word!r}"
            elif strange := _strange(code, word):
                yield f"{word!r} has {', '.join(strange)}, which are not in the language"


def _strange(code: str, word: str) -> list[str]:
    """The letters of a word that are not in its language; none for a Latin word in a Cyrillic text."""
    if code not in ALPHABETS:
        return sorted(set(CYRILLIC.findall(word)))
    if code in {"tk", "uz"} and CYRILLIC.search(word):
        return sorted(set(CYRILLIC.findall(word)))
    if not WRITTEN_IN[code].search(word):
        return []
    if word.startswith(translation_forms.names()):
        return []  # a name with an ending: Wordda
    return sorted(set(word.casefold()) - set("".join(ALPHABETS[code])) - MORE_LETTERS.get(code, set()))
