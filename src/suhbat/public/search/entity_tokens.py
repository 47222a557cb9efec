"""Marks: what a paper is about, as one sign in the index instead of its name in every language.

A pledge by Japan to six states would otherwise be put in under two hundred words, and a hundred times the record would
fill half a gigabyte with the names of a few states. The names stand here once; a word of a question is looked for as
itself or as the mark of whatever it means.
"""

from bisect import bisect_left, insort
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from suhbat.public.search.tokenizer import GAP, is_run, words_of

Meant = tuple[frozenset[str], frozenset[str]]
"""Marks of what a word names in full, and of what it names or begins to name."""

_lock = Lock()
_marks: dict[tuple[str, str], str] = {}
_words: list[tuple[str, str]] = []
"""Words and the marks that they name, in the order of the alphabet."""
_runs: list[tuple[str, str]] = []
"""The same of runs of Japanese or Chinese signs."""


def mark(kind: str, code: str, names: Callable[[str], str]) -> str:
    """The mark of a thing, such as the state `JP`; `names` tells by which words it is known, and is asked once."""
    made = _marks.get((kind, code))
    if made is None:
        # No word of a question has this sign in it: nobody can ask for a mark by its own name.
        made = GAP + kind + "".join(letter for letter in code.casefold() if letter.isalnum())
        found = {(word, made) for word in words_of(names(code))}
        with _lock:
            for each in found:
                insort(_runs if is_run(each[0]) else _words, each)
            _marks[kind, code] = made
            meant.cache_clear()
    return made


@lru_cache(maxsize=2048)
def meant(word: str) -> Meant:
    """The marks that a word may stand for."""
    with _lock:
        if is_run(word):
            inside = frozenset(mark for run, mark in _runs if word in run)
            return inside, inside
        whole, begun = set(), set()
        for at in range(bisect_left(_words, (word, "")), len(_words)):
            name, made = _words[at]
            if not name.startswith(word):
                break
            begun.add(made)
            if name == word:
                whole.add(made)
    return frozenset(whole), frozenset(begun)
