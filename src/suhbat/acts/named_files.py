"""The files that entries name by their hash: whether each is there, and is what it was."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from suhbat.acts.forms import takes_files
from suhbat.acts.registry import REGISTRY
from suhbat.record import blobs
from suhbat.record.models import EntryRow


@dataclass
class Files:
    """What a look at the files found: how many entries name, what is wrong with which, and how many nobody names."""

    named: int = 0
    faults: list[str] = field(default_factory=list)
    unnamed: int = 0


def look_at_files(session: Session, data: Path) -> Files:
    """Hash every file that an entry names. A file that no entry names is no fault: an act may be under way."""
    first = _first_naming(session)
    found = Files(named=len(first), unnamed=sum(name not in first for name in blobs.names(data)))
    for name, number in first.items():
        if fault := blobs.fault_of(data, name):
            found.faults.append(f"the file {name}, which entry {number} names, {fault}")
    return found


def is_named(session: Session, sha256: str) -> bool:
    """Whether an entry names the file of this hash."""
    named = select(EntryRow.number).where(_takes_a_file(), cast(EntryRow.body, Text).contains(sha256))
    return session.scalar(named.limit(1)) is not None


def _first_naming(session: Session) -> dict[str, int]:
    """Of each file that entries name, the number of the first that does."""
    first: dict[str, int] = {}
    query = select(EntryRow.number, EntryRow.body).where(_takes_a_file()).order_by(EntryRow.number)
    for number, body in session.execute(query.execution_options(yield_per=1000)):
        for name in _hashes(body):
            first.setdefault(name, number)
    return first


def _takes_a_file() -> Any:
    return EntryRow.act.in_([name for name, known in REGISTRY.items() if takes_files(known.wish)])


def _hashes(told: Any) -> Iterator[str]:
    """Every hash of a file in an entry's body, wherever the act put it."""
    if isinstance(told, dict):
        for name, each in told.items():
            if name == "sha256" and isinstance(each, str):
                yield each
            else:
                yield from _hashes(each)
    elif isinstance(told, list):
        for each in told:
            yield from _hashes(each)
