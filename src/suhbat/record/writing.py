"""Appending to the record, inside the transaction of the act itself."""

import secrets
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid
from suhbat.record.entries import LONGEST, Entry
from suhbat.record.hashing import SIZE, Frontier, canonical, leaf_content, leaf_hash
from suhbat.record.models import EntryRow, Head


def lock_head(session: Session) -> Head:
    """Take the record's head for this transaction. SQLite holds its write lock already; PostgreSQL locks the row."""
    head = session.scalar(select(Head).where(Head.id == 1).with_for_update())
    if head is None:
        head = Head(id=1, size=0, frontier=b"")
        session.add(head)
        session.flush()
    return head


def append(session: Session, head: Head, entry: Entry, key: str | None) -> Entry:
    """Give the entry the next number and write it down. Numbers have no gaps: a failed act takes its number back."""
    entry = replace(entry, number=head.size + 1)
    if len(canonical(entry.content())) > LONGEST:
        raise invalid(body=lazy("This is too long for one entry of the record; file it as a paper."))
    salt = b"" if entry.audience == "public" else secrets.token_bytes(SIZE)
    leaf = leaf_hash(leaf_content(entry, salt))
    frontier = Frontier(head.size, head.frontier)
    frontier.add(leaf)
    head.size, head.frontier = frontier.size, frontier.packed()
    session.add(
        EntryRow(
            number=entry.number,
            format=entry.format,
            meeting=entry.meeting,
            act=entry.act,
            actor=entry.actor,
            name=entry.name,
            office=entry.office,
            delegation=entry.delegation,
            time=stamp(entry.time),
            audience=entry.audience,
            body=entry.body,
            salt=salt,
            hash=leaf,
            root=frontier.root(),
            key=key,
        )
    )
    return entry


def release(session: Session, numbers: Iterable[int], by: int) -> None:
    """Mark closed entries as made public by a later entry. Their leaves stay; salt and content may now be shown."""
    session.execute(
        update(EntryRow)
        .where(EntryRow.number.in_(list(numbers)), EntryRow.released_by.is_(None))
        .values(released_by=by)
    )
