"""The index of a house on PostgreSQL: its full text, in tables beside the house's own, shared by all workers.

The tables hold nothing but what the almanac tells, are in a schema of their own that no migration knows, are not
logged (a server that lost its power empties them) and are made anew where they are missing. `stand` says as of which
entry they are; a worker whose almanac is older looks, but does not write.

Words are put into the vectors as they are, with their places: no dictionary of one language cuts the endings off the
words of another.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from suhbat.ground.database import Database
from suhbat.public.search.documents import Paper
from suhbat.public.search.index import KINDS, MOST_FOUND, Cut, Groups, by_owner, marks_of
from suhbat.public.search.tokenizer import GAP, parts_of

VERSION = "2"
"""Of the tables and of the way words are cut: another one makes everything anew."""
PORTION = 200
"""Owners whose papers are written at once."""
_LOCK = 7_304_001
_LAST_PLACE = 16_383
"""PostgreSQL's last place of a word in a text; what stands behind it is still found, but not as part of a run."""

_TABLES = """
DROP SCHEMA IF EXISTS suhbat_search CASCADE;
CREATE SCHEMA suhbat_search;
CREATE UNLOGGED TABLE suhbat_search.paper(
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, owner text NOT NULL,
  place smallint NOT NULL, day integer NOT NULL, names tsvector NOT NULL, words tsvector NOT NULL);
CREATE INDEX paper_owner ON suhbat_search.paper(owner);
CREATE INDEX paper_names ON suhbat_search.paper USING gin(names);
CREATE INDEX paper_words ON suhbat_search.paper USING gin(words);
CREATE UNLOGGED TABLE suhbat_search.owner(owner text PRIMARY KEY, print text NOT NULL, names text[]);
CREATE UNLOGGED TABLE suhbat_search.stand(entry integer NOT NULL, version text NOT NULL)
"""
_FIND = {
    vector: text(
        f"SELECT key FROM suhbat_search.paper WHERE {vector} @@ CAST(:asked AS tsquery) "  # noqa: S608  (names of our own)
        'AND (:every OR place = ANY(:places)) ORDER BY place, day DESC, key COLLATE "C" LIMIT :most'
    )
    for vector in ("names", "words")
}
_ANY = text(
    "SELECT key FROM suhbat_search.paper WHERE words @@ CAST(:asked AS tsquery) "
    "AND (:every OR place = ANY(:places)) LIMIT 1"
)
_WRITE = """
INSERT INTO suhbat_search.paper(key, owner, place, day, names, words)
VALUES (:key, :owner, :place, :day, CAST(:names AS tsvector), CAST(:words AS tsvector))
"""


class PostgresIndex:
    """PostgreSQL's full text. `fresh` papers that stand there already are not written again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: tuple[int, Sequence[str]] = (-1, ())
        with database.transaction() as connection:
            _take_turn(connection)
            if _version(connection) != VERSION:
                for statement in _TABLES.split(";"):
                    connection.execute(text(statement))
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
            if whole is not None:  # so that questions are planned for what stands there now
                connection.execute(text("ANALYZE suhbat_search.paper"))

    def find(self, words: Groups, kinds: Sequence[str], most: int = MOST_FOUND) -> list[str]:
        """Keys, the best first."""
        if not words:
            return []
        whole, begun = _query(words, begun=False), _query(words, begun=True)
        limits = {"every": not kinds, "places": [KINDS.index(kind) for kind in kinds]}
        keys: dict[str, None] = {}
        with self._database.reading() as session:
            # Where one is wanted, the planner would rather look through all papers than ask the index of words.
            session.execute(text("SET LOCAL enable_seqscan = off"))
            # Whether there is anything at all, the widest of the four tells alone; no more is asked of most words.
            if (any_ := session.scalar(_ANY, {"asked": begun, **limits})) is None or most == 1:
                return [any_] if any_ else []
            session.execute(text("SET LOCAL enable_seqscan = on"))
            # The best come first, so that what fits half the record is not all put in order for the few that are shown.
            for vector, asked in (("names", whole), ("names", begun), ("words", whole), ("words", begun)):
                found = session.scalars(_FIND[vector], {"asked": asked, "most": most + len(keys), **limits})
                keys.update(dict.fromkeys(found))
                if len(keys) >= most:
                    break
        return list(islice(keys, most))

    def vocabulary(self) -> Sequence[str]:
        """Words of names; looked up once for each stand of the index."""
        with self._database.reading() as session:
            stand = session.scalar(text("SELECT entry FROM suhbat_search.stand")) or -1
            if self._names[0] != stand or stand < 0:
                found = session.scalars(text("SELECT DISTINCT unnest(names) FROM suhbat_search.owner"))
                self._names = stand, sorted(found)
        return self._names[1]


def _version(connection: Connection) -> str | None:
    """Of the tables that are there. None where there are none, or where a server that lost its power emptied them."""
    if connection.scalar(text("SELECT to_regclass('suhbat_search.stand')")) is None:
        return None
    found: str | None = connection.scalar(text("SELECT version FROM suhbat_search.stand"))
    return found


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
            text(_WRITE),
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
    # A gap: no run of signs goes on from the names into the text.
    words = {"names": _vector(each.names), "words": _vector([*each.names, GAP, *each.text])}
    return {"key": each.key, "owner": each.owner, "place": each.place, "day": each.day, **words}


def _vector(words: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for at, word in enumerate(words, 1):
        if word != GAP:
            places.setdefault(word, []).append(str(min(at, _LAST_PLACE)))
    return " ".join(f"'{word}':{','.join(found[:250])}" for word, found in places.items())


def _query(words: Groups, *, begun: bool) -> str:
    """The groups as a tsquery; words and marks have no sign that means anything to it."""
    return " & ".join(f"({' | '.join(_ways(group, begun=begun))})" for group in words)


def _ways(group: Sequence[str], *, begun: bool) -> list[str]:
    return [
        *(_run(word, ":*" if begun else "") for word in group),
        *(f"'{mark}'" for mark in marks_of(group, begun=begun)),
    ]


def _run(word: str, end: str) -> str:
    """A word, or a run of signs one after another. The last may be begun only, as in FTS5."""
    *first, last = parts_of(word)
    return "(" + " <-> ".join([*(f"'{each}'" for each in first), f"'{last}'{end}"]) + ")"
