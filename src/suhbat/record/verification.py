"""Recompute all numbers, hashes and roots of the record, and name the first entry that does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.record.checkpoints import Checkpoint
from suhbat.record.hashing import Frontier, leaf_content, leaf_hash
from suhbat.record.models import EntryRow, Head
from suhbat.record.reading import entry_of


@dataclass(frozen=True)
class Verdict:
    """The result of a check: the number of entries that fit, their root, and the first fault, if any."""

    entries: int
    root: str
    fault: str = ""


PAGE = 1000


def verify(session: Session, earlier: Checkpoint | None = None) -> Verdict:
    """Check the record from its first entry: numbers without gaps, hashes of contents, roots of the tree, the head.

    A person who can write to the database can also compute every hash again. An `earlier` checkpoint that was saved
    elsewhere shows this: the root at its size must be its root.
    """
    frontier = Frontier()
    try:
        for row in _rows(session):
            fitting = frontier.size
            if fault := _fault_of(row, frontier, earlier):
                return Verdict(fitting, "", fault)
    except _UnreadableError as number:
        return Verdict(frontier.size, "", f"entry {number}: it cannot be read")
    if fault := _fault_of_end(session, frontier, earlier):
        return Verdict(frontier.size, "", fault)
    return Verdict(frontier.size, frontier.root().hex())


def _fault_of(row: EntryRow, frontier: Frontier, earlier: Checkpoint | None) -> str:
    """What is wrong with an entry. If nothing is, its leaf is added to the tree."""
    expected = frontier.size + 1
    if row.number != expected:
        return f"entry {expected} is missing" if row.number > expected else f"entry {row.number} is none of the record"
    if fault := _fault_inside(row):
        return f"entry {row.number}: {fault}"
    frontier.add(row.hash)
    if frontier.root() != row.root:
        return f"entry {row.number}: the tree up to here does not have its root"
    if earlier and earlier.size == expected and earlier.root != row.root:
        return f"entry {row.number} or one before it: not the record of the checkpoint"
    return ""


def _fault_inside(row: EntryRow) -> str:
    try:
        leaf = leaf_hash(leaf_content(entry_of(row), row.salt))
    except Exception as fault:  # noqa: BLE001  (any exception means that it is no valid entry)
        return f"it cannot be read ({type(fault).__name__})"
    if leaf != row.hash:
        return "its content does not have its hash"
    if row.released_by is not None and (row.audience == "public" or row.released_by <= row.number):
        return f"entry {row.released_by} cannot have made it public"
    return ""


def _fault_of_end(session: Session, frontier: Frontier, earlier: Checkpoint | None) -> str:
    head = session.get(Head, 1)
    counted = head.size if head else 0
    if counted != frontier.size:
        return f"the head counts {counted} entries, there are {frontier.size}"
    if head and head.frontier != frontier.packed():
        return "the head does not fit the entries"
    if earlier and earlier.size > frontier.size:
        return f"the checkpoint counts {earlier.size} entries, there are {frontier.size}"
    return ""


def _rows(session: Session) -> Iterator[EntryRow]:
    """Every row in order, a page at a time. Each page is removed from the session before the next is read."""
    last = -(2**63)
    while page := _page(session, last, PAGE):
        yield from page
        last = page[-1].number
        for row in page:
            if row not in session.dirty:
                session.expunge(row)


def _page(session: Session, last: int, limit: int) -> list[EntryRow]:
    query = select(EntryRow).where(EntryRow.number > last).order_by(EntryRow.number).limit(limit)
    try:
        return list(session.scalars(query))
    except ValueError:  # one body that is no JSON makes its page unreadable: read smaller pages to find it
        if limit > 1:
            return _page(session, last, limit // 2)
        number = session.scalar(select(func.min(EntryRow.number)).where(EntryRow.number > last))
        raise _UnreadableError(number) from None


class _UnreadableError(Exception):
    """A row has no readable entry. The argument is its number."""
