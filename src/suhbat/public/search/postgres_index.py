"""The search index on PostgreSQL full text search, in tables that all workers of an installation share.

The tables contain only facts of the almanac. They are in a schema of their own without migrations, and are created
again if they are missing. They are unlogged: PostgreSQL empties them after a crash. The table `stand` has the number of
the entry up to which the index is built. A worker with an older almanac reads the index, but does not write.

Words are stored in the vectors unchanged, with their positions: no dictionary of one language removes the endings of
words of another language.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from suhbat.ground.database import Database
from suhbat.public.search.index_interface import KINDS, MOST_FOUND, Groups, IndexedDocument, by_owner, tokens_of_group
from suhbat.public.search.search_documents import SearchDocument
from suhbat.public.search.tokenizer import GAP, parts_of

VERSION = "2"
"""The version of the tables and of the tokenizer. If it differs, everything is built again."""
PORTION = 200
"""Owners whose documents are written at once."""
_LOCK = 7_304_001
_LAST_PLACE = 16_383
"""The greatest word position in PostgreSQL. Later words are still found, but not as part of a run."""

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
        f"SELECT key FROM suhbat_search.paper WHERE {vector} @@ CAST(:asked AS tsquery) "  # noqa: S608  (constant names)
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
    """An index in PostgreSQL. Documents that are already stored unchanged are not written again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._names: tuple[int, Sequence[str]] = (-1, ())
        with database.transaction() as connection:
            _lock_writing(connection)
            if _version(connection) != VERSION:
                for statement in _TABLES.split(";"):
                    connection.execute(text(statement))
                connection.execute(text("INSERT INTO suhbat_search.stand VALUES (-1, :version)"), {"version": VERSION})

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Add documents and replace those of the same owners."""
        with self._database.transaction() as connection:
            _lock_writing(connection)
            _put(connection, documents)

    def drop(self, owners: Sequence[str]) -> None:
        """Remove the documents of these owners."""
        with self._database.transaction() as connection:
            _lock_writing(connection)
            _drop(connection, owners)

    def bring_to(
        self,
        entry: int,
        documents: Iterable[SearchDocument],
        removed_owners: Sequence[str],
        every_owner: Sequence[str] | None,
    ) -> None:
        """Update the index to an entry of the record in one transaction, unless another worker is ahead.

        `every_owner` is given on the first call of a process, so that documents of deleted owners are removed too.
        """
        with self._database.transaction() as connection:
            _lock_writing(connection)
            indexed_entry = connection.scalar(text("SELECT entry FROM suhbat_search.stand")) or -1
            if indexed_entry > entry:
                return
            if every_owner is not None:
                stored_owners = connection.scalars(text("SELECT owner FROM suhbat_search.owner")).all()
                removed_owners = [*removed_owners, *(set(stored_owners) - set(every_owner))]
            _drop(connection, removed_owners)
            _put(connection, documents)
            connection.execute(text("UPDATE suhbat_search.stand SET entry = :entry"), {"entry": entry})
            if every_owner is not None:  # so that queries are planned with current statistics
                connection.execute(text("ANALYZE suhbat_search.paper"))

    def find(self, words: Groups, kinds: Sequence[str], most: int = MOST_FOUND) -> list[str]:
        """Return the keys of matching documents, the best first."""
        if not words:
            return []
        whole, begun = _query(words, begun=False), _query(words, begun=True)
        limits = {"every": not kinds, "places": [KINDS.index(kind) for kind in kinds]}
        keys: dict[str, None] = {}
        with self._database.reading() as session:
            # For a single row, the planner would scan the whole table instead of using the GIN index.
            session.execute(text("SET LOCAL enable_seqscan = off"))
            # The widest of the four queries alone shows whether there is any match; for most words this is enough.
            if (any_key := session.scalar(_ANY, {"asked": begun, **limits})) is None or most == 1:
                return [any_key] if any_key else []
            session.execute(text("SET LOCAL enable_seqscan = on"))
            # The best matches are queried first, so that a query with many matches does not sort all of them.
            for vector, query in (("names", whole), ("names", begun), ("words", whole), ("words", begun)):
                keys_found = session.scalars(_FIND[vector], {"asked": query, "most": most + len(keys), **limits})
                keys.update(dict.fromkeys(keys_found))
                if len(keys) >= most:
                    break
        return list(islice(keys, most))

    def vocabulary(self) -> Sequence[str]:
        """Return the words of names; queried once for each state of the index."""
        with self._database.reading() as session:
            indexed_entry = session.scalar(text("SELECT entry FROM suhbat_search.stand")) or -1
            if self._names[0] != indexed_entry or indexed_entry < 0:
                names = session.scalars(text("SELECT DISTINCT unnest(names) FROM suhbat_search.owner"))
                self._names = indexed_entry, sorted(names)
        return self._names[1]


def _version(connection: Connection) -> str | None:
    """The version of the stored tables. None if there are none, or if a crash emptied them."""
    if connection.scalar(text("SELECT to_regclass('suhbat_search.stand')")) is None:
        return None
    version: str | None = connection.scalar(text("SELECT version FROM suhbat_search.stand"))
    return version


def _lock_writing(connection: Connection) -> None:
    """Take the lock for writing. Other workers wait until this transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _drop(connection: Connection, owners: Sequence[str]) -> None:
    for table in ("paper", "owner"):
        connection.execute(text(f"DELETE FROM suhbat_search.{table} WHERE owner = ANY(:of)"), {"of": list(owners)})  # noqa: S608  (constant names)


def _put(connection: Connection, documents: Iterable[SearchDocument]) -> None:
    """Write the documents of those owners whose words differ from the stored ones."""
    for portion in by_owner(documents, PORTION):
        query = text("SELECT owner, print FROM suhbat_search.owner WHERE owner = ANY(:of)")
        stored_digests = {row.owner: row.print for row in connection.execute(query, {"of": list(portion)})}
        changed = {
            owner: of_owner for owner, of_owner in portion.items() if stored_digests.get(owner) != _digest(of_owner)
        }
        if not changed:
            continue
        _drop(connection, list(changed))
        connection.execute(
            text(_WRITE),
            [_row(document) for of_owner in changed.values() for document in of_owner],
        )
        connection.execute(
            text("INSERT INTO suhbat_search.owner VALUES (:owner, :print, :names)"),
            [
                {
                    "owner": owner,
                    "print": _digest(of_owner),
                    "names": sorted({word for document in of_owner for word in document.spellings}),
                }
                for owner, of_owner in changed.items()
            ],
        )


def _digest(documents: Sequence[IndexedDocument]) -> str:
    return hashlib.sha256(repr(documents).encode()).hexdigest()[:32]


def _row(document: IndexedDocument) -> dict[str, Any]:
    # The gap keeps a run of characters from continuing from the names into the text.
    words = {"names": _vector(document.names), "words": _vector([*document.names, GAP, *document.text])}
    return {"key": document.key, "owner": document.owner, "place": document.place, "day": document.day, **words}


def _vector(words: Sequence[str]) -> str:
    positions: dict[str, list[str]] = {}
    for position, word in enumerate(words, 1):
        if word != GAP:
            positions.setdefault(word, []).append(str(min(position, _LAST_PLACE)))
    return " ".join(f"'{word}':{','.join(word_positions[:250])}" for word, word_positions in positions.items())


def _query(words: Groups, *, begun: bool) -> str:
    """The groups as a tsquery. Words and tokens contain no character with a meaning in a tsquery."""
    return " & ".join(f"({' | '.join(_alternatives(group, begun=begun))})" for group in words)


def _alternatives(group: Sequence[str], *, begun: bool) -> list[str]:
    return [
        *(_run(word, ":*" if begun else "") for word in group),
        *(f"'{token}'" for token in tokens_of_group(group, begun=begun)),
    ]


def _run(word: str, suffix: str) -> str:
    """A word, or the characters of a run one after another. The last one may be a prefix, as in FTS5."""
    *first, last = parts_of(word)
    return "(" + " <-> ".join([*(f"'{part}'" for part in first), f"'{last}'{suffix}"]) + ")"
