"""The index of one process: SQLite's FTS5 in memory. Nothing to migrate, nothing to repair, nothing to wait for."""

import sqlite3
from collections.abc import Iterable, Sequence
from threading import Lock

from suhbat.public.documents import Paper
from suhbat.public.index import KINDS, MOST_FOUND, Cut, Groups, by_owner
from suhbat.public.spelling import parts_of

PORTION = 200
"""Owners whose papers are put in at once, so that a question need not wait long for its turn."""
_FIND = """
SELECT told.key FROM paper JOIN told ON told.rowid = paper.rowid WHERE paper MATCH :begun{kinds}
ORDER BY CASE WHEN paper.rowid IN (SELECT rowid FROM paper WHERE paper MATCH :named) THEN 0
              WHEN paper.rowid IN (SELECT rowid FROM paper WHERE paper MATCH :named_begun) THEN 1
              WHEN paper.rowid IN (SELECT rowid FROM paper WHERE paper MATCH :whole) THEN 2 ELSE 3 END,
         told.place, told.day DESC, told.key LIMIT {most}
"""


class MemoryIndex:
    """FTS5 in memory. The words alone are kept in it, not the texts."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.executescript(
            "CREATE VIRTUAL TABLE paper USING fts5(names, text, "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '|'\", prefix='2 3');"
            "CREATE TABLE told(owner TEXT, key TEXT, place INTEGER, day INTEGER); CREATE INDEX owned ON told(owner);"
        )
        self._names: dict[str, frozenset[str]] = {}
        self._every_name: frozenset[str] | None = None

    def put(self, papers: Iterable[Paper]) -> None:
        """Add papers, in place of those of the same owners."""
        for portion in by_owner(papers, PORTION):
            self.drop(list(portion))
            with self._lock, self._base:
                for owner, mine in portion.items():
                    self._put(owner, mine)

    def _put(self, owner: str, mine: Sequence[Cut]) -> None:
        for each in mine:
            told = (owner, each.key, each.place, each.day)
            row = self._base.execute("INSERT INTO told VALUES (?, ?, ?, ?)", told).lastrowid
            words = (row, " ".join(each.names), " ".join(each.text))
            self._base.execute("INSERT INTO paper(rowid, names, text) VALUES (?, ?, ?)", words)
        if spellings := {word for each in mine for word in each.spellings}:
            self._names[owner] = frozenset(spellings)

    def drop(self, owners: Sequence[str]) -> None:
        """Take out what stands and falls with these."""
        with self._lock, self._base:
            for owner in owners:
                self._base.execute("DELETE FROM paper WHERE rowid IN (SELECT rowid FROM told WHERE owner=?)", (owner,))
                self._base.execute("DELETE FROM told WHERE owner = ?", (owner,))
                self._names.pop(owner, None)
            self._every_name = None

    def find(self, words: Groups, kinds: Sequence[str]) -> list[str]:
        """Keys, the best first."""
        if not words:
            return []
        whole, begun = _match(words, ""), _match(words, " *")
        asked = {"begun": begun, "whole": whole, "named": f"names : ({whole})", "named_begun": f"names : ({begun})"}
        places = ",".join(str(KINDS.index(kind)) for kind in kinds)
        which = f" AND told.place IN ({places})" if kinds else ""
        with self._lock:
            return [key for (key,) in self._base.execute(_FIND.format(kinds=which, most=MOST_FOUND), asked)]

    def vocabulary(self) -> frozenset[str]:
        """Words of names."""
        with self._lock:
            if self._every_name is None:
                self._every_name = frozenset().union(*self._names.values()) if self._names else frozenset()
            return self._every_name


def _match(words: Groups, end: str) -> str:
    """The groups as FTS5 takes them; words have no sign that means anything to it."""
    return " AND ".join("(" + " OR ".join(f'"{" ".join(parts_of(word))}"{end}' for word in group) + ")"
                        for group in words)  # fmt: skip
