"""The search index behind one seam: what is put in, and what is found. It is made from the almanac and never kept.

`MemoryIndex` is SQLite's FTS5 in the process's own memory: nothing to migrate, nothing to repair, and it is brought
up to date meeting by meeting as the almanac is. Letters of scripts without spaces between words are indexed one by one.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Protocol

from suhbat.public.documents import Paper

MOST_FOUND = 3000
_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
RANK = (
    "bm25(paper, 6.0, 5.0, 1.0, 0.6) * CASE kind WHEN 'state' THEN 6 WHEN 'format' THEN 5 WHEN 'topic' THEN 4 "
    "WHEN 'person' THEN 3 WHEN 'meeting' THEN 1.3 ELSE 1 END"
)
"""Smaller is better: a word in a title weighs more than in a text, and the thing itself more than what tells of it."""


class Index(Protocol):
    """What search needs of an index."""

    def put(self, papers: Iterable[Paper]) -> None:
        """Add papers."""

    def drop(self, owners: Sequence[str]) -> None:
        """Take out what stands and falls with these."""

    def find(self, words: Sequence[Sequence[str]], kinds: Sequence[str]) -> list[str]:
        """Keys of papers that have, for each group of words, one that begins with one of them; the best first."""

    def vocabulary(self) -> frozenset[str]:
        """Words of names: what a mistyped word may have meant."""


def words_of(text: str) -> list[str]:
    """The words of a text as they are looked for."""
    return [word.casefold() for word in _WORD.findall(_CJK.sub(r" \1 ", text))]


def _spaced(text: str) -> str:
    return _CJK.sub(r" \1 ", text)


class MemoryIndex:
    """FTS5 in memory."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.executescript(
            "CREATE VIRTUAL TABLE paper USING fts5(title, names, body, also, key UNINDEXED, kind UNINDEXED, "
            "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3');"
            "CREATE TABLE own(owner TEXT, row INTEGER); CREATE INDEX own_owner ON own(owner);"
        )
        self._names: dict[str, frozenset[str]] = {}
        self._every_name: frozenset[str] | None = None

    def put(self, papers: Iterable[Paper]) -> None:
        """Add papers."""
        with self._lock, self._base:
            for each in papers:
                texts = (_spaced(each.title), _spaced(each.names), _spaced(each.text), _spaced(each.also))
                row = self._base.execute(
                    "INSERT INTO paper(title, names, body, also, key, kind) VALUES (?, ?, ?, ?, ?, ?)",
                    (*texts, each.key, each.kind),
                ).lastrowid
                self._base.execute("INSERT INTO own VALUES (?, ?)", (each.owner, row))
                if each.names:
                    self._names[each.owner] = self._names.get(each.owner, frozenset()) | set(words_of(each.names))
            self._every_name = None

    def drop(self, owners: Sequence[str]) -> None:
        """Take out what stands and falls with these."""
        with self._lock, self._base:
            for owner in owners:
                self._base.execute("DELETE FROM paper WHERE rowid IN (SELECT row FROM own WHERE owner = ?)", (owner,))
                self._base.execute("DELETE FROM own WHERE owner = ?", (owner,))
                self._names.pop(owner, None)
            self._every_name = None

    def find(self, words: Sequence[Sequence[str]], kinds: Sequence[str]) -> list[str]:
        """Keys, the best first."""
        match = " AND ".join("(" + " OR ".join(f'"{word}" *' for word in group) + ")" for group in words)
        if not match:
            return []
        which = f" AND kind IN ({','.join('?' * len(kinds))})" if kinds else ""
        query = f"SELECT key FROM paper WHERE paper MATCH ?{which} ORDER BY {RANK} LIMIT {MOST_FOUND}"  # noqa: S608  (no value stands in it)
        with self._lock:
            return [key for (key,) in self._base.execute(query, (match, *kinds))]

    def vocabulary(self) -> frozenset[str]:
        """Words of names."""
        with self._lock:
            if self._every_name is None:
                self._every_name = frozenset().union(*self._names.values()) if self._names else frozenset()
            return self._every_name


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
