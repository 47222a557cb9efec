"""Which paragraph of a Word file is which of ours: by the mark it carries, or else by likeness."""

from collections import Counter, defaultdict
from difflib import SequenceMatcher

from suhbat.texts.exchange.docx_import import File, Read
from suhbat.texts.wording.tokens import is_weak, tokens

_ALIKE = 0.55
"""How like a paragraph without its mark has to be to one of ours to count as it."""
_CANDIDATES = 4
"""Paragraphs that share the most words are compared letter by letter, no more."""
_LONGEST = 16_000
"""Letters of a paragraph beyond which it can be none of ours."""


def matched(file: File, known: dict[str, str]) -> list[tuple[Read, str]]:
    """Each paragraph of the file with the id of ours that it is; empty where it is none.

    `known` are our paragraphs by id with their wording. A mark decides; without it, likeness in the given order.
    """
    taken = {read.mark.rpartition("_")[0] for read in file.paragraphs if read.mark}
    likeness = _Likeness({name: words for name, words in known.items() if name not in taken and words})
    made: list[tuple[Read, str]] = []
    for read in file.paragraphs:
        name = read.mark.rpartition("_")[0]
        made.append((read, name if name in known else likeness.take(read.base())))
    return made


class _Likeness:
    """Our paragraphs that no mark has named yet, in their order; taken one after another."""

    def __init__(self, free: dict[str, str]) -> None:
        self._free = free
        self._place = {name: n for n, name in enumerate(free)}
        self._from = 0
        self._holds: dict[str, list[str]] = defaultdict(list)
        for name, words in free.items():
            for word in {each for each in tokens(words) if not is_weak(each)}:
                self._holds[word].append(name)

    def take(self, base: str) -> str:
        """The likest of those behind the last that was taken."""
        if not base or len(base) > _LONGEST:
            return ""
        shared: Counter[str] = Counter()
        for word in {each for each in tokens(base) if not is_weak(each)}:
            shared.update(name for name in self._holds.get(word, ()) if self._place[name] >= self._from)
        best, found = _ALIKE, ""
        for name, _ in sorted(shared.items(), key=lambda each: (-each[1], self._place[each[0]]))[:_CANDIDATES]:
            likeness = SequenceMatcher(None, base, self._free[name], autojunk=False)
            if likeness.quick_ratio() > best and (ratio := likeness.ratio()) > best:
                best, found = ratio, name
        if found:
            self._from = self._place[found] + 1
        return found
