"""The index of a house on PostgreSQL: its full text, in tables beside the house's own, shared by all workers.

The tables hold nothing but what the almanac tells, are in a schema of their own that no migration knows, are not
logged (a server that lost its power empties them) and are made anew where they are missing. `stand` says as of which
entry they are; a worker whose almanac is older looks, but does not write.

Words are put into the vectors as they are, with places and weights (A: title and names, D: the rest): no dictionary
of one language cuts the endings off the words of another.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from suhbat.ground.database import Database
from suhbat.public.documents import Paper
from suhbat.public.index import KINDS, MOST_FOUND, Cut, Groups, by_owner
from suhbat.public.spelling import GAP, parts_of

VERSION = "1"
"""Of the tables and of the way words are cut: another one makes everything anew."""
PORTION = 200
"""Owners whose papers are written at once."""
_LOCK = 7_304_001
_LAST_PLACE = 16_383
"""PostgreSQL's last place of a word in a text; what stands behind it is still found, but not as part of a run."""

_TABLES = """
CREATE SCHEMA IF NOT EXISTS suhbat_search;
CREATE UNLOGGED TABLE IF NOT EXISTS suhbat_search.paper(
  key text PRIMARY KEY, owner text NOT NULL, place smallint NOT NULL, day integer NOT NULL, words tsvector NOT NULL);
CREATE INDEX IF NOT EXISTS paper_owner ON suhbat_search.paper(owner);
CREATE INDEX IF NOT EXISTS paper_words ON suhbat_search.paper USING gin(words);
CREATE UNLOGGED TABLE IF NOT EXISTS suhbat_search.owner(owner text PRIMARY KEY, print text NOT NULL, names text[]);
CREATE UNLOGGED TABLE IF NOT EXISTS suhbat_search.stand(entry integer NOT NULL, version text NOT NULL);
"""
_FIND = """
SELECT key FROM suhbat_search.paper,
  (SELECT CAST(:begun AS tsquery) AS begun, CAST(:named AS tsquery) AS named,
          CAST(:named_begun AS tsquery) AS named_begun, CAST(:whole AS tsquery) AS whole) AS asked
WHERE words @@ CAST(:begun AS tsquery) AND (:every OR place = ANY(:places))
ORDER BY CASE WHEN words @@ named THEN 0 WHEN words @@ named_begun THEN 1 WHEN words @@ whole THEN 2 ELSE 3 END,
         place, day DESC, key COLLATE "C" LIMIT :most
"""


class PostgresIndex:
    """PostgreSQL's full text. `fresh` papers that stand there already are not written again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: tuple[int, frozenset[str]] = (-1, frozenset())
        with database.transaction() as connection:
            _take_turn(connection)
            for statement in _TABLES.split(";"):
                if statement.strip():
                    connection.execute(text(statement))
            if connection.scalar(text("SELECT version FROM suhbat_search.stand")) != VERSION:
                connection.execute(text("TRUNCATE suhbat_search.paper, suhbat_search.owner, suhbat_search.stand"))
                connection.execute(text("INSERT INTO suhbat_search.stand VALUES (-1, :version)"), {"version": VERSION})

    def put(self, papers: Iterable[Paper]) -> None:
        """Add papers, in place of those of the same owners."""
        with self._database.transaction() as connection:
            _take_turn(connection)
            _put(connection, papers)

    def drop(self, owners: Sequence[str]) -> None:
        """Take out what stands and falls with these."""
        with self._database.transaction() as connection:
            _take_turn(connection)
            _drop(connection, owners)

    def bring_to(self, entry: int, papers: Iterable[Paper], gone: Sequence[str], whole: Sequence[str] | None) -> None:
        """Put and drop as of an entry of the record, in one go, unless another worker has come further.

        `whole`: every owner there is; given at first, so that what a worker of yesterday left behind goes too.
        """
        with self._database.transaction() as connection:
            _take_turn(connection)
            stand = connection.scalar(text("SELECT entry FROM suhbat_search.stand")) or -1
            if stand > entry:
                return
            if whole is not None:
                there = connection.scalars(text("SELECT owner FROM suhbat_search.owner")).all()
                gone = [*gone, *(set(there) - set(whole))]
            _drop(connection, gone)
            _put(connection, papers)
            connection.execute(text("UPDATE suhbat_search.stand SET entry = :entry"), {"entry": entry})

    def find(self, words: Groups, kinds: Sequence[str]) -> list[str]:
        """Keys, the best first."""
        if not words:
            return []
        asked = {
            "begun": _query(words, ":*"), "named": _query(words, ":A"), "named_begun": _query(words, ":*A"),
            "whole": _query(words, ""), "every": not kinds, "places": [KINDS.index(kind) for kind in kinds],
            "most": MOST_FOUND,
        }  # fmt: skip
        with self._database.reading() as session:
            return list(session.scalars(text(_FIND), asked))

    def vocabulary(self) -> frozenset[str]:
        """Words of names; looked up once for each stand of the index."""
        with self._database.reading() as session:
            stand = session.scalar(text("SELECT entry FROM suhbat_search.stand")) or -1
            if self._names[0] != stand or stand < 0:
                found = session.scalars(text("SELECT DISTINCT unnest(names) FROM suhbat_search.owner"))
                self._names = stand, frozenset(found)
        return self._names[1]


def _take_turn(connection: Connection) -> None:
    """One worker at a time writes; the others wait for the end of its transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _drop(connection: Connection, owners: Sequence[str]) -> None:
    for table in ("paper", "owner"):
        connection.execute(text(f"DELETE FROM suhbat_search.{table} WHERE owner = ANY(:of)"), {"of": list(owners)})  # noqa: S608  (names of our own)


def _put(connection: Connection, papers: Iterable[Paper]) -> None:
    """Write the papers of those owners whose words are others than those that stand there."""
    for portion in by_owner(papers, PORTION):
        query = text("SELECT owner, print FROM suhbat_search.owner WHERE owner = ANY(:of)")
        held = {row.owner: row.print for row in connection.execute(query, {"of": list(portion)})}
        changed = {owner: mine for owner, mine in portion.items() if held.get(owner) != _print(mine)}
        if not changed:
            continue
        _drop(connection, list(changed))
        connection.execute(
            text("INSERT INTO suhbat_search.paper VALUES (:key, :owner, :place, :day, CAST(:words AS tsvector))"),
            [_row(each) for mine in changed.values() for each in mine],
        )
        connection.execute(
            text("INSERT INTO suhbat_search.owner VALUES (:owner, :print, :names)"),
            [
                {"owner": owner, "print": _print(mine), "names": sorted({w for each in mine for w in each.spellings})}
                for owner, mine in changed.items()
            ],
        )


def _print(cuts: Sequence[Cut]) -> str:
    return hashlib.sha256(repr(cuts).encode()).hexdigest()[:32]


def _row(each: Cut) -> dict[str, Any]:
    places: dict[str, list[str]] = {}
    at = 0
    for words, weight in ((each.names, "A"), (each.text, "")):
        for word in words:
            at += 1
            if word != GAP:
                places.setdefault(word, []).append(f"{min(at, _LAST_PLACE)}{weight}")
        at += 1  # no run of signs goes on from the names into the text
    vector = " ".join(f"'{word}':{','.join(found[:250])}" for word, found in places.items())
    return {"key": each.key, "owner": each.owner, "place": each.place, "day": each.day, "words": vector}


def _query(words: Groups, end: str) -> str:
    """The groups as a tsquery; words have no sign that means anything to it."""
    return " & ".join("(" + " | ".join(_run(word, end) for word in group) + ")" for group in words)


def _run(word: str, end: str) -> str:
    """A word, or a run of signs one after another. The last may be begun only, as in FTS5."""
    *first, last = parts_of(word)
    whole = end.replace("*", "") if end.replace("*", "") != ":" else ""
    return "(" + " <-> ".join([*(f"'{each}'{whole}" for each in first), f"'{last}'{end}"]) + ")"
