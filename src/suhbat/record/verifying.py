"""Recompute everything the record claims, and name the first entry that does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.record.hashing import Frontier, leaf_content, leaf_hash
from suhbat.record.models import EntryRow, Head
from suhbat.record.reading import value


@dataclass(frozen=True)
class Verdict:
    """What the check found: how many entries fit, the root over them, and the first fault, if any."""

    entries: int
    root: str
    fault: str = ""


PAGE = 1000


def _rows(session: Session) -> Iterator[EntryRow]:
    """Every row in order, a page at a time, each page forgotten before the next."""
    last = -(2**63)
    while page := list(
        session.scalars(select(EntryRow).where(EntryRow.number > last).order_by(EntryRow.number).limit(PAGE))
    ):
        yield from page
        last = page[-1].number
        for row in page:
            if row not in session.dirty:
                session.expunge(row)


def verify(session: Session) -> Verdict:
    """Walk the record from its first entry: numbers without gaps, hashes of contents, roots of the tree, the head."""
    frontier = Frontier()
    for row in _rows(session):
        expected = frontier.size + 1
        if row.number != expected:
            return Verdict(frontier.size, frontier.root().hex(), f"entry {expected} is missing")
        leaf = leaf_hash(leaf_content(value(row), row.salt))
        frontier.add(leaf)
        if leaf != row.hash:
            return Verdict(expected - 1, "", f"entry {row.number}: its content does not have its hash")
        if frontier.root() != row.root:
            return Verdict(expected - 1, "", f"entry {row.number}: the tree up to here does not have its root")
    head = session.get(Head, 1)
    if (head.size if head else 0) != frontier.size:
        return Verdict(
            frontier.size, "", f"the head counts {head.size if head else 0} entries, there are {frontier.size}"
        )
    if head and head.frontier != frontier.packed():
        return Verdict(frontier.size, "", "the head does not fit the entries")
    return Verdict(frontier.size, frontier.root().hex())
