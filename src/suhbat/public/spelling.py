"""How texts become words that can be looked for, the same for every index: letters folded, scripts without spaces cut.

Small letters; Latin letters without their marks and `ё` as `е`, as people type them; full-width forms as plain ones;
the apostrophe of Uzbek `oʻ` and `gʻ`, which has half a dozen shapes, left out. Japanese and Chinese are indexed sign by
sign and looked for as a run of signs, so that 水資源 is found within any sentence without a dictionary.
"""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_WORD = 60
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
    return list(word) if _SIGNS.match(word) else [word]


def near(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Words of names with at most two typing errors (one in a short word), the nearest first."""
    forgiven = 2 if len(word) > 5 else 1 if len(word) > 3 else 0  # noqa: PLR2004  (a short word is soon another)
    close = (other for other in vocabulary if abs(len(other) - len(word)) <= forgiven)
    found = [(steps, other) for other in close if (steps := distance(word, other, forgiven)) <= forgiven]
    return [other for _steps, other in sorted(found)[:5]]


def distance(one: str, other: str, most: int) -> int:
    """Typing errors between two words: a letter too many, missing, wrong, or two exchanged; `most + 1` if more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        previous, before_that = row, before
        row = [n]
        for m, its in enumerate(other, 1):
            cost = min(previous[m] + 1, row[m - 1] + 1, previous[m - 1] + (letter != its))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == its:
                cost = min(cost, before_that[m - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = previous
    return row[-1]
