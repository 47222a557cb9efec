"""The index of one process: SQLite's FTS5 in memory. Nothing to migrate, nothing to repair, nothing to wait for."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from sys import intern
from threading import Lock

from suhbat.public.search.documents import Paper
from suhbat.public.search.index import KINDS, MOST_FOUND, Cut, Groups, by_owner, marks_of
from suhbat.public.search.tokenizer import parts_of

PORTION = 200
"""Owners whose papers are put in at once, so that a question need not wait long for its turn."""
_FIND = """
SELECT paper.rowid, told.key FROM paper CROSS JOIN told ON told.rowid = paper.rowid
WHERE paper MATCH ? AND paper.rowid BETWEEN ? AND ? ORDER BY paper.rowid LIMIT ?
"""
_SERIAL = 1_000_000_000
_LATEST = 99_999_999
_OF_KIND = (_LATEST + 1) * _SERIAL
"""Numbers of rows stand in the order in which papers are found, so that FTS5 gives the first of many without looking at
all: by kind, then the newest day, then as they came."""


class MemoryIndex:
    """FTS5 in memory. The words alone are kept in it, not the texts."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.executescript(
            "CREATE VIRTUAL TABLE paper USING fts5(names, text, "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '|'\", prefix='2 3');"
            "CREATE TABLE told(rowid INTEGER PRIMARY KEY, owner TEXT, key TEXT); CREATE INDEX owned ON told(owner);"
        )
        self._serial = 0
        self._names: dict[str, tuple[str, ...]] = {}
        self._every_name: Sequence[str] | None = None

    def put(self, papers: Iterable[Paper]) -> None:
        """Add papers, in place of those of the same owners."""
        for portion in by_owner(papers, PORTION):
            self.drop(list(portion))
            with self._lock, self._base:
                self._put(portion)

    def _put(self, portion: dict[str, list[Cut]]) -> None:
        rows = [(self._row(each), owner, each) for owner, mine in portion.items() for each in mine]
        # FTS5 takes rows in rising order much faster.
        rows.sort(key=itemgetter(0))
        self._base.executemany(
            "INSERT INTO told VALUES (?, ?, ?)", ((row, owner, each.key) for row, owner, each in rows)
        )
        self._base.executemany(
            "INSERT INTO paper(rowid, names, text) VALUES (?, ?, ?)",
            ((row, " ".join(each.names), " ".join(each.text)) for row, _owner, each in rows),
        )
        for owner, mine in portion.items():
            if spellings := {word for each in mine for word in each.spellings}:
                self._names[owner] = tuple(map(intern, spellings))

    def _row(self, each: Cut) -> int:
        self._serial += 1
        return each.place * _OF_KIND + (_LATEST - each.day) * _SERIAL + self._serial

    def drop(self, owners: Sequence[str]) -> None:
        """Take out what stands and falls with these."""
        with self._lock, self._base:
            for owner in owners:
                self._base.execute("DELETE FROM paper WHERE rowid IN (SELECT rowid FROM told WHERE owner=?)", (owner,))
                self._base.execute("DELETE FROM told WHERE owner = ?", (owner,))
                self._names.pop(owner, None)
            self._every_name = None

    def find(self, words: Groups, kinds: Sequence[str], most: int = MOST_FOUND) -> list[str]:
        """Keys, the best first."""
        if not words:
            return []
        whole, begun = _match(words, begun=False), _match(words, begun=True)
        places = [KINDS.index(kind) for kind in kinds] or [0, len(KINDS) - 1]
        bounds = (min(places) * _OF_KIND, (max(places) + 1) * _OF_KIND - 1)
        keys: dict[str, None] = {}
        with self._lock:
            for match in (f"names : ({whole})", f"names : ({begun})", whole, begun):
                found = self._base.execute(_FIND, (match, *bounds, most + len(keys))).fetchall()
                # Of one kind and day, the order is that of the keys, as in every index.
                keys.update(dict.fromkeys(key for _row, key in sorted(found, key=_by_day_and_key)))
                if len(keys) >= most:
                    break
        return list(islice(keys, most))

    def vocabulary(self) -> Sequence[str]:
        """Words of names."""
        with self._lock:
            if self._every_name is None:
                self._every_name = sorted(set().union(*self._names.values()))
            return self._every_name


def _by_day_and_key(found: tuple[int, str]) -> tuple[int, str]:
    return found[0] // _SERIAL, found[1]


def _match(words: Groups, *, begun: bool) -> str:
    """The groups as FTS5 takes them; words and marks have no sign that means anything to it."""
    return " AND ".join(f"({' OR '.join(_ways(group, begun=begun))})" for group in words)


def _ways(group: Sequence[str], *, begun: bool) -> list[str]:
    end = " *" if begun else ""
    marks = [f'"{mark}"' for mark in marks_of(group, begun=begun)]
    return [*(f'"{" ".join(parts_of(word))}"{end}' for word in group), *marks]
