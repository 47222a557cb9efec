"""How texts become words that can be looked for, the same for every index: letters folded, scripts without spaces cut.

Small letters; Latin letters without their marks and `ё` as `е`, as people type them; full-width forms as plain ones;
the apostrophe of Uzbek `oʻ` and `gʻ`, which has half a dozen shapes, left out. Japanese and Chinese are indexed sign by
sign and looked for as a run of signs, so that 水資源 is found within any sentence without a dictionary.
"""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_WORD = 60
SHORTEST_FORGIVEN, SURELY_FORGIVEN = 4, 6
"""Letters of a word from which on errors are forgiven at all, and from which on two are as soon as one."""
GAP = "|"
"""Stands where one run of signs ends and the next begins: 日本 日本国 holds no 本日."""
_SIGN = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGN}]+|[^\W_{_SIGN}]+", re.UNICODE)
_SIGNS = re.compile(rf"[{_SIGN}]")
_TURNED = re.compile("(?<=[og])[ʻʼ‘’'`](?=[^\\W_])")


def _plain(code: int) -> str | None:
    """A Latin letter without its marks; the marks themselves are nothing. No other script is touched: й is no и."""
    parts = unicodedata.normalize("NFD", chr(code))
    return "".join(part for part in parts if not unicodedata.combining(part)) or None


_LATIN = (*range(0x00C0, 0x0250), *range(0x0300, 0x0370), *range(0x1E00, 0x1F00))
_LETTERS = {code: _plain(code) for code in _LATIN} | str.maketrans({"ı": "i", "ё": "е", "ø": "o", "đ": "d", "ł": "l"})


def folded(text: str) -> str:
    """A text as its words are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return _TURNED.sub("", text.lower())


def words_of(text: str) -> list[str]:
    """The words of a text in their order; a run of Japanese or Chinese signs is one."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def terms_of(text: str) -> list[str]:
    """What of a text is put into an index: its words, signs one by one, with `GAP` between two runs of signs."""
    made: list[str] = []
    for word in words_of(text):
        if made and _SIGNS.match(word) and _SIGNS.match(made[-1]):
            made.append(GAP)
        made += parts_of(word)
    return made


def parts_of(word: str) -> list[str]:
    """The signs of a run of signs, or the word itself."""
    return list(word) if is_run(word) else [word]


def is_run(word: str) -> bool:
    """Whether a word is a run of Japanese or Chinese signs."""
    return bool(_SIGNS.match(word))


def near(word: str, vocabulary: Sequence[str]) -> list[str]:
    """Words of names with at most two typing errors, the nearest first: those that a mistyped word may have meant.

    An error is a letter too many, missing or wrong, or two exchanged. In a word of four or five letters two errors are
    half of it: they are forgiven where no name is nearer, and then to the two names that are likest.
    """
    if len(word) < SHORTEST_FORGIVEN:
        return []
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=2, limit=None)
    close = sorted((errors, _unlike(word, other), other) for other, errors, _at in found)
    if len(word) < SURELY_FORGIVEN:
        once = [each for each in close if each[0] < 2]  # noqa: PLR2004  (one error)
        close = once or [each for each in close if len(each[2]) >= SHORTEST_FORGIVEN][:2]
    return [other for _errors, _unlike_it, other in close[:5]]


def _unlike(word: str, other: str) -> tuple[bool, int, bool]:
    """How little a name looks like a word, apart from its errors: people begin a name right and know how long it is."""
    return word[0] != other[0], abs(len(word) - len(other)), word[-1] != other[-1]
