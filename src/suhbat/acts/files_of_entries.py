"""The files that entries name by their hash: check that each exists and is unchanged."""

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
    """The result of a check of the files: how many are named by entries, the faults, and how many no entry names."""

    named: int = 0
    faults: list[str] = field(default_factory=list)
    unnamed: int = 0


def check_files(session: Session, data: Path) -> Files:
    """Hash every file that an entry names. A file that no entry names is not a fault: its act may not be finished."""
    first = _first_naming(session)
    files = Files(named=len(first), unnamed=sum(name not in first for name in blobs.names(data)))
    for name, number in first.items():
        if fault := blobs.fault_of(data, name):
            files.faults.append(f"the file {name}, which entry {number} names, {fault}")
    return files


def is_named(session: Session, sha256: str) -> bool:
    """Whether an entry names the file of this hash."""
    entries = select(EntryRow.number).where(_takes_a_file(), cast(EntryRow.body, Text).contains(sha256))
    return session.scalar(entries.limit(1)) is not None


def _first_naming(session: Session) -> dict[str, int]:
    """For each file that entries name: the number of the first such entry."""
    first: dict[str, int] = {}
    query = select(EntryRow.number, EntryRow.body).where(_takes_a_file()).order_by(EntryRow.number)
    for number, body in session.execute(query.execution_options(yield_per=1000)):
        for name in _hashes(body):
            first.setdefault(name, number)
    return first


def _takes_a_file() -> Any:
    return EntryRow.act.in_([name for name, act in REGISTRY.items() if takes_files(act.input_type)])


def _hashes(value: Any) -> Iterator[str]:
    """Every hash of a file in an entry's body, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "sha256" and isinstance(inner, str):
                yield inner
            else:
                yield from _hashes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _hashes(inner)
