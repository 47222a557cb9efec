"""The search index of one process: SQLite's FTS5 in memory. It needs no migrations and no repair."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from sys import intern
from threading import Lock

from suhbat.public.search.index_interface import KINDS, MOST_FOUND, Groups, IndexedDocument, by_owner, tokens_of_group
from suhbat.public.search.search_documents import SearchDocument
from suhbat.public.search.tokenizer import parts_of

PORTION = 200
"""Owners whose documents are added at once; a small number, so that queries do not wait long for the lock."""
_FIND = """
SELECT paper.rowid, keys.key FROM paper CROSS JOIN keys ON keys.rowid = paper.rowid
WHERE paper MATCH ? AND paper.rowid BETWEEN ? AND ? ORDER BY paper.rowid LIMIT ?
"""
_SERIAL = 1_000_000_000
_LATEST = 99_999_999
_OF_KIND = (_LATEST + 1) * _SERIAL
"""Row numbers are in the order of results, so that FTS5 returns the first of many matches without reading all: by kind,
then the newest day, then the order of insertion."""


class MemoryIndex:
    """An index with FTS5 in memory. It stores the words, not the texts."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.executescript(
            "CREATE VIRTUAL TABLE paper USING fts5(names, text, "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '|'\", prefix='2 3');"
            "CREATE TABLE keys(rowid INTEGER PRIMARY KEY, owner TEXT, key TEXT); CREATE INDEX owned ON keys(owner);"
        )
        self._serial = 0
        self._names: dict[str, tuple[str, ...]] = {}
        self._every_name: Sequence[str] | None = None

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Add documents and replace those of the same owners."""
        for portion in by_owner(documents, PORTION):
            self.drop(list(portion))
            with self._lock, self._base:
                self._put(portion)

    def _put(self, portion: dict[str, list[IndexedDocument]]) -> None:
        rows = [(self._row(document), owner, document) for owner, of_owner in portion.items() for document in of_owner]
        # FTS5 inserts rows much faster in rising order.
        rows.sort(key=itemgetter(0))
        self._base.executemany(
            "INSERT INTO keys VALUES (?, ?, ?)", ((row, owner, document.key) for row, owner, document in rows)
        )
        self._base.executemany(
            "INSERT INTO paper(rowid, names, text) VALUES (?, ?, ?)",
            ((row, " ".join(document.names), " ".join(document.text)) for row, _owner, document in rows),
        )
        for owner, of_owner in portion.items():
            if spellings := {word for document in of_owner for word in document.spellings}:
                self._names[owner] = tuple(map(intern, spellings))

    def _row(self, document: IndexedDocument) -> int:
        self._serial += 1
        return document.place * _OF_KIND + (_LATEST - document.day) * _SERIAL + self._serial

    def drop(self, owners: Sequence[str]) -> None:
        """Remove the documents of these owners."""
        with self._lock, self._base:
            for owner in owners:
                self._base.execute("DELETE FROM paper WHERE rowid IN (SELECT rowid FROM keys WHERE owner=?)", (owner,))
                self._base.execute("DELETE FROM keys WHERE owner = ?", (owner,))
                self._names.pop(owner, None)
            self._every_name = None

    def find(self, words: Groups, kinds: Sequence[str], most: int = MOST_FOUND) -> list[str]:
        """Return the keys of matching documents, the best first."""
        if not words:
            return []
        whole, begun = _match(words, begun=False), _match(words, begun=True)
        places = [KINDS.index(kind) for kind in kinds] or [0, len(KINDS) - 1]
        bounds = (min(places) * _OF_KIND, (max(places) + 1) * _OF_KIND - 1)
        keys: dict[str, None] = {}
        with self._lock:
            for match in (f"names : ({whole})", f"names : ({begun})", whole, begun):
                rows = self._base.execute(_FIND, (match, *bounds, most + len(keys))).fetchall()
                # Documents of the same kind and day are in the order of their keys, as in every index.
                keys.update(dict.fromkeys(key for _row, key in sorted(rows, key=_by_day_and_key)))
                if len(keys) >= most:
                    break
        return list(islice(keys, most))

    def vocabulary(self) -> Sequence[str]:
        """Return the words of names."""
        with self._lock:
            if self._every_name is None:
                self._every_name = sorted(set().union(*self._names.values()))
            return self._every_name


def _by_day_and_key(row: tuple[int, str]) -> tuple[int, str]:
    return row[0] // _SERIAL, row[1]


def _match(words: Groups, *, begun: bool) -> str:
    """The groups as an FTS5 query. Words and tokens contain no character with a meaning in FTS5."""
    return " AND ".join(f"({' OR '.join(_alternatives(group, begun=begun))})" for group in words)


def _alternatives(group: Sequence[str], *, begun: bool) -> list[str]:
    suffix = " *" if begun else ""
    tokens = [f'"{token}"' for token in tokens_of_group(group, begun=begun)]
    return [*(f'"{" ".join(parts_of(word))}"{suffix}' for word in group), *tokens]
