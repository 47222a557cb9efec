"""The tokenizer of the search, the same for every index: folds letters and splits scripts without spaces.

Folding: lower case; Latin letters without diacritics and `ё` as `е`, as people type them; full-width forms as normal
ones; without the apostrophe of Uzbek `oʻ` and `gʻ`, which has half a dozen forms. Japanese and Chinese are indexed
character by character and searched as a run of characters, so that 水資源 is found without a
dictionary.
"""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_WORD = 60
SHORTEST_FORGIVEN, SURELY_FORGIVEN = 4, 6
"""Word lengths: from the first one on, spelling errors are corrected; from the second one on, also two errors."""
GAP = "|"
"""Separates two runs of characters: 日本 日本国 does not contain 本日."""
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+", re.UNICODE)
_CJK_CHARACTER = re.compile(rf"[{_CJK}]")
_UZBEK_APOSTROPHE = re.compile("(?<=[og])[ʻʼ‘’'`](?=[^\\W_])")


def _plain(code: int) -> str | None:
    """A Latin letter without diacritics; None for a diacritic itself. Other scripts are unchanged: й is not и."""
    parts = unicodedata.normalize("NFD", chr(code))
    return "".join(part for part in parts if not unicodedata.combining(part)) or None


_LATIN = (*range(0x00C0, 0x0250), *range(0x0300, 0x0370), *range(0x1E00, 0x1F00))
_LETTERS = {code: _plain(code) for code in _LATIN} | str.maketrans({"ı": "i", "ё": "е", "ø": "o", "đ": "d", "ł": "l"})


def fold(text: str) -> str:
    """Fold a text, so that its words can be compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return _UZBEK_APOSTROPHE.sub("", text.lower())


def words_of(text: str) -> list[str]:
    """The words of a text in order; a run of Japanese or Chinese characters is one word."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def index_terms(text: str) -> list[str]:
    """The terms of a text for an index: its words, CJK characters one by one, with `GAP` between two runs."""
    terms: list[str] = []
    for word in words_of(text):
        if terms and _CJK_CHARACTER.match(word) and _CJK_CHARACTER.match(terms[-1]):
            terms.append(GAP)
        terms += parts_of(word)
    return terms


def parts_of(word: str) -> list[str]:
    """The characters of a run, or the word itself."""
    return list(word) if is_run(word) else [word]


def is_run(word: str) -> bool:
    """Whether a word is a run of Japanese or Chinese characters."""
    return bool(_CJK_CHARACTER.match(word))


def similar_words(word: str, vocabulary: Sequence[str]) -> list[str]:
    """Spelling suggestions: words of names with at most two typing errors, the closest first.

    An error is an additional, missing or wrong letter, or two swapped letters. In a word of four or five letters, two
    errors are half of the word, so names with two errors count only if none has one error, and then only two of them.
    """
    if len(word) < SHORTEST_FORGIVEN:
        return []
    matches = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=2, limit=None)
    close = sorted((errors, _distance(word, other), other) for other, errors, _position in matches)
    if len(word) < SURELY_FORGIVEN:
        one_error = [match for match in close if match[0] < 2]  # noqa: PLR2004  (one error)
        close = one_error or [match for match in close if len(match[2]) >= SHORTEST_FORGIVEN][:2]
    return [other for _errors, _distance_to_word, other in close[:5]]


def _distance(word: str, other: str) -> tuple[bool, int, bool]:
    """How different two words are, apart from typing errors: people know the first letter and the length of a name."""
    return word[0] != other[0], abs(len(word) - len(other)), word[-1] != other[-1]
