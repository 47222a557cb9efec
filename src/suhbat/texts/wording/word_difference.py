"""The difference of two wordings, word by word.

Version 1: common beginning and end; then the words that occur once in both, in their longest rising order
(patience); between them the heaviest common subsequence, where words weigh more than spaces; then changes with only
spaces or punctuation between them become one, and a mere insertion or deletion stands as far right as it can.
The same two wordings always give the same difference: a better algorithm will be another version beside this one.
Version 2 compares words as version 1 does; it differs in how amendments are set (`nested_amendments`).
Version 3 is version 2 with a footnote as one word.
Version 4 is version 3 with more kinds of dates, sums and units as one word.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from suhbat.texts.wording.tokens import is_weak, tokens

NEWEST = 4
"""The version that new texts are compared by."""
MOST_CELLS = 40_000
"""Above this product of lengths, two passages without a common rare word count as completely different."""

Tokens = Sequence[str]
Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Words `start` up to `end` (exclusive) of the base give way to `words`; `start == end` is an insertion."""

    start: int
    end: int
    words: tuple[str, ...]

    def overlaps(self, other: "Edit") -> bool:
        """Whether both change the same words; two insertions at the same place do."""
        if self.start == self.end == other.start == other.end:
            return True
        return self.start < other.end and other.start < self.end


@lru_cache(maxsize=50_000)
def difference(base: str, wording: str, version: int = NEWEST) -> tuple[Edit, ...]:
    """The edits that turn `base` into `wording`."""
    return _VERSIONS[version](tokens(base, version), tokens(wording, version))


def applied(base: Tokens, edits: Iterable[Edit]) -> str:
    """The text after these edits, which must not overlap."""
    words: list[str] = []
    at = 0
    for edit in sorted(set(edits)):
        words += base[at : edit.start]
        words += edit.words
        at = edit.end
    words += base[at:]
    return "".join(words)


def _first(a: Tokens, b: Tokens) -> tuple[Edit, ...]:
    pairs: Pairs = []
    _match(a, b, 0, len(a), 0, len(b), pairs)
    return _slid(a, _joined(a, _edits(len(a), b, pairs)))


def _match(a: Tokens, b: Tokens, a0: int, a1: int, b0: int, b1: int, pairs: Pairs) -> None:
    """Append the matched pairs of two ranges, in order."""
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        pairs.append((a0, b0))
        a0, b0 = a0 + 1, b0 + 1
    tail: Pairs = []
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
        tail.append((a1, b1))
    if a0 < a1 and b0 < b1:
        anchors = _anchors(a, b, a0, a1, b0, b1)
        if anchors:
            for i, j in anchors:
                _match(a, b, a0, i, b0, j, pairs)
                pairs.append((i, j))
                a0, b0 = i + 1, j + 1
            _match(a, b, a0, a1, b0, b1, pairs)
        else:
            pairs += _heaviest(a, b, a0, a1, b0, b1)
    pairs += reversed(tail)


def _anchors(a: Tokens, b: Tokens, a0: int, a1: int, b0: int, b1: int) -> Pairs:
    """Words that occur once in both ranges, as many of them as keep their order."""
    in_a, in_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    where = {word: j for j, word in enumerate(b[b0:b1], b0) if in_b[word] == 1}
    pairs = [
        (i, where[word])
        for i, word in enumerate(a[a0:a1], a0)
        if in_a[word] == 1 and word in where and not is_weak(word)
    ]
    return rising(pairs)


def rising(pairs: Pairs) -> Pairs:
    """The longest run of pairs whose second numbers rise."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_i, j) in enumerate(pairs):
        place = bisect_left(tops, j)
        before.append(last[place - 1] if place else -1)
        if place == len(tops):
            tops.append(j)
            last.append(n)
        else:
            tops[place], last[place] = j, n
    chosen: Pairs = []
    n = last[-1] if last else -1
    while n >= 0:
        chosen.append(pairs[n])
        n = before[n]
    return chosen[::-1]


def _heaviest(a: Tokens, b: Tokens, a0: int, a1: int, b0: int, b1: int) -> Pairs:
    """The heaviest common subsequence of two short ranges."""
    rows, columns = a1 - a0, b1 - b0
    if rows * columns > MOST_CELLS:
        return []
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        word, row, below = a[a0 + i], best[i], best[i + 1]
        weight = 1 if is_weak(word) else 3 + len(word)
        for j in range(columns - 1, -1, -1):
            most = max(below[j], row[j + 1])
            if word == b[b0 + j] and below[j + 1] + weight > most:
                most = below[j + 1] + weight
            row[j] = most
    pairs: Pairs = []
    i = j = 0
    while i < rows and j < columns:
        if a[a0 + i] == b[b0 + j] and best[i][j] > max(best[i + 1][j], best[i][j + 1]):
            pairs.append((a0 + i, b0 + j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _edits(length: int, b: Tokens, pairs: Pairs) -> list[Edit]:
    """What lies between the matched words."""
    edits: list[Edit] = []
    at_a = at_b = 0
    for i, j in [*pairs, (length, len(b))]:
        if i > at_a or j > at_b:
            edits.append(Edit(at_a, i, tuple(b[at_b:j])))
        at_a, at_b = i + 1, j + 1
    return edits


def _joined(a: Tokens, edits: list[Edit]) -> list[Edit]:
    """Changes with only spaces or punctuation between them become one."""
    joined: list[Edit] = []
    for edit in edits:
        if joined and all(is_weak(word) for word in a[joined[-1].end : edit.start]):
            last = joined.pop()
            joined.append(Edit(last.start, edit.end, (*last.words, *a[last.end : edit.start], *edit.words)))
        else:
            joined.append(edit)
    return joined


def _slid(a: Tokens, edits: list[Edit]) -> tuple[Edit, ...]:
    """A mere insertion or deletion moves right while it says the same, but not into the next change."""
    slid: list[Edit] = []
    for n, edit in enumerate(edits):
        limit = edits[n + 1].start if n + 1 < len(edits) else len(a)
        start, end, words = edit.start, edit.end, edit.words
        if start == end:
            while start < limit and words and a[start] == words[0]:
                words = (*words[1:], words[0])
                start = end = start + 1
        elif not words:
            while end < limit and a[start] == a[end]:
                start, end = start + 1, end + 1
        last = slid[-1] if slid else None
        if last is not None and last.start == last.end == start == end:
            slid[-1] = Edit(start, end, (*last.words, *words))  # both now stand in one place: one insertion
        else:
            slid.append(Edit(start, end, words))
    return tuple(slid)


_VERSIONS: dict[int, Callable[[Tokens, Tokens], tuple[Edit, ...]]] = {1: _first, 2: _first, 3: _first, 4: _first}
