"""Appending to the record, inside the transaction of the act itself."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

import rfc8785
from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid
from suhbat.record.entries import LONGEST, Entry
from suhbat.record.hashing import SIZE, Frontier, canonical, closed_leaf, leaf_hash
from suhbat.record.models import EntryRow, Head

CHANNEL = "suhbat_entry"
"""PostgreSQL's channel on which a process notifies the others of new entries."""

_HEAD = select(Head.size, Head.frontier).where(Head.id == 1).with_for_update()
_FIRST = text("INSERT INTO record_head (id, size, frontier) VALUES (1, 0, :nothing) ON CONFLICT (id) DO NOTHING")
_INSERT = insert(EntryRow.__table__)  # type: ignore[arg-type]


class Pen:
    """The right to append entries: the record's head, locked for one transaction.

    SQLite's transaction holds the write lock already; PostgreSQL locks the head's row, so that numbers have no gaps
    and no duplicates whichever process writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        head = connection.execute(_HEAD).first()
        if head is None:
            connection.execute(_FIRST, {"nothing": b""})
            head = connection.execute(_HEAD).one()
        self.position: tuple[int, bytes] = (head[0], head[1])
        """Size of the record and its packed frontier. If an act is undone, the caller sets the earlier value again."""
        self._begun_at = self.position[0]

    @property
    def next_number(self) -> int:
        """The number of the next entry."""
        return self.position[0] + 1

    def append(self, session: Session, entry: Entry, key: str | None) -> Entry:
        """Give the entry the next number and write it. If the act fails, its number is used again."""
        entry = replace(entry, number=self.next_number)
        try:
            whole = canonical(entry.content())
        except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as fault:
            raise invalid(body=lazy("This holds something that cannot be written down.")) from fault
        if len(whole) > LONGEST:
            raise invalid(body=lazy("This is too long for one entry of the record; file it as a paper."))
        salt = b"" if entry.audience == "public" else secrets.token_bytes(SIZE)
        leaf = leaf_hash(closed_leaf(entry.number, salt, whole) if salt else whole)
        frontier = Frontier(*self.position)
        frontier.add(leaf)
        session.execute(
            _INSERT,
            {
                "number": entry.number,
                "format": entry.format,
                "meeting": entry.meeting,
                "act": entry.act,
                "actor": entry.actor,
                "name": entry.name,
                "office": entry.office,
                "delegation": entry.delegation,
                "time": stamp(entry.time),
                "audience": entry.audience,
                "body": entry.body,
                "salt": salt,
                "hash": leaf,
                "root": frontier.root(),
                "key": key,
                "released_by": None,
            },
        )
        self.position = (frontier.size, frontier.packed())
        return entry

    def lay_down(self) -> None:
        """Write the new head, and notify the other processes. This is the last step before the commit."""
        size, frontier = self.position
        if size == self._begun_at:
            return
        self._connection.execute(update(Head).where(Head.id == 1).values(size=size, frontier=frontier))
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("SELECT pg_notify(:channel, :size)"), {"channel": CHANNEL, "size": str(size)})


def release(session: Session, numbers: Iterable[int], by: int) -> None:
    """Mark closed entries as made public by a later entry. Those that are public already are skipped.

    Their leaves do not change; salt and content may now be shown.
    """
    session.execute(
        update(EntryRow)
        .where(EntryRow.number.in_(list(numbers)), EntryRow.released_by.is_(None), EntryRow.audience != "public")
        .values(released_by=by)
    )
