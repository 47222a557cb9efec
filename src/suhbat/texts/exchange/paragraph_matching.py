"""Which paragraph of a Word file is which of ours: by the mark it carries, or else by likeness."""

from collections import Counter, defaultdict
from difflib import SequenceMatcher

from suhbat.texts.exchange.docx_import import File, FileParagraph
from suhbat.texts.wording.tokens import is_weak, tokens

_ALIKE = 0.55
"""How similar a paragraph without a mark has to be to one of ours to match it."""
_CANDIDATES = 4
"""Paragraphs that share the most words are compared letter by letter, no more."""
_LONGEST = 16_000
"""Letters of a paragraph beyond which it can be none of ours."""


def matched(file: File, our_wordings: dict[str, str]) -> list[tuple[FileParagraph, str]]:
    """Each paragraph of the file with the id of our paragraph that it matches; empty where it matches none.

    `our_wordings` are our paragraphs' wordings by id. A mark decides; without it, likeness in the order of the file.
    """
    marked_ids = {paragraph.mark.rpartition("_")[0] for paragraph in file.paragraphs if paragraph.mark}
    likeness = _Likeness(
        {
            paragraph_id: words
            for paragraph_id, words in our_wordings.items()
            if paragraph_id not in marked_ids and words
        }
    )
    pairs: list[tuple[FileParagraph, str]] = []
    for paragraph in file.paragraphs:
        paragraph_id = paragraph.mark.rpartition("_")[0]
        pairs.append((paragraph, paragraph_id if paragraph_id in our_wordings else likeness.take(paragraph.base())))
    return pairs


class _Likeness:
    """Our paragraphs that no mark names, in their order; each is matched once at most, in that order."""

    def __init__(self, free: dict[str, str]) -> None:
        self._free = free
        self._place = {name: n for n, name in enumerate(free)}
        self._from = 0
        self._paragraphs_with: dict[str, list[str]] = defaultdict(list)
        for name, words in free.items():
            for word in {token for token in tokens(words) if not is_weak(token)}:
                self._paragraphs_with[word].append(name)

    def take(self, base: str) -> str:
        """The id of the most similar paragraph after the last match; empty where none is similar enough."""
        if not base or len(base) > _LONGEST:
            return ""
        shared: Counter[str] = Counter()
        for word in {token for token in tokens(base) if not is_weak(token)}:
            shared.update(name for name in self._paragraphs_with.get(word, ()) if self._place[name] >= self._from)
        best, best_id = _ALIKE, ""
        for name, _ in sorted(shared.items(), key=lambda pair: (-pair[1], self._place[pair[0]]))[:_CANDIDATES]:
            likeness = SequenceMatcher(None, base, self._free[name], autojunk=False)
            if likeness.quick_ratio() > best and (ratio := likeness.ratio()) > best:
                best, best_id = ratio, name
        if best_id:
            self._from = self._place[best_id] + 1
        return best_id
