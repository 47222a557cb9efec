"""Replay of what one reader may see: the entries of a copy, and the tables that these entries alone make.

A mirror, a capital's copy and a new host after a loss have no more than this. So the effect of an entry needs only
entries that its own readers may see. An entry that was closed and then released is read as the evidence that it is;
what came of it is in the entry that released it, or follows from effects that are marked `on_release`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from suhbat.acts.door import apply
from suhbat.acts.roles_and_seats import Viewer
from suhbat.record.audiences import Scope
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of


@dataclass(frozen=True)
class NotShown:
    """An entry that the reader may see, and that takes no effect with what else the reader may see."""

    entry: Entry
    why: str
    """The fault in one line."""


@dataclass(frozen=True)
class Copied:
    """The result: the number of entries that the reader may see, and those without effect."""

    entries: int
    not_shown: list[NotShown]


class _Scopes:
    """What a reader may see at each place, worked out once for each."""

    def __init__(self, reader: Viewer) -> None:
        self._reader = reader
        self._by_place: dict[str, Scope] = {}

    def see(self, entry: Entry) -> bool:
        """Whether the reader may see an entry by its audience, released or not."""
        if (scope := self._by_place.get(entry.place)) is None:
            scope = self._by_place[entry.place] = self._reader.scope(entry.place)
        return scope.sees(entry.audience)


def replay_for(reader: Viewer, record: Session, copy: Session) -> Copied:
    """Write the entries that a reader may see into an empty database, and apply their effects in order.

    An entry that takes no effect is left in the copy's record, and is named in the result.
    """
    scopes = _Scopes(reader)
    visible = list(_copy_rows(record, copy, scopes))
    released: dict[int, list[Entry]] = defaultdict(list)
    for entry, released_by in visible:
        if released_by is not None and not scopes.see(entry):
            released[released_by].append(entry)
    not_shown = []
    for entry, _released_by in visible:
        if not scopes.see(entry):
            continue
        try:
            with copy.begin_nested():
                apply(copy, entry, released.get(entry.number, ()))
                copy.flush()
        except OSError:
            raise
        except Exception as fault:  # noqa: BLE001  (whatever an effect raises, the copy goes on without it)
            why = str(getattr(fault, "orig", fault)).partition("\n")[0]
            not_shown.append(NotShown(entry, f"{type(fault).__name__}: {why}"))
    return Copied(len(visible), not_shown)


def _copy_rows(record: Session, copy: Session, scopes: _Scopes) -> Iterator[tuple[Entry, int | None]]:
    """Copy the visible entries. Returns each with the entry that released it, which is marked once it is there too."""
    query = select(EntryRow).order_by(EntryRow.number).execution_options(yield_per=1000)
    marks = []
    for row in record.scalars(query):
        entry = entry_of(row)
        if row.released_by is not None or scopes.see(entry):
            values = {column.name: getattr(row, column.name) for column in EntryRow.__table__.columns}
            copy.execute(insert(EntryRow), {**values, "released_by": None})
            if row.released_by is not None:
                marks.append((row.number, row.released_by))
            yield entry, row.released_by
    for number, released_by in marks:
        copy.execute(update(EntryRow).where(EntryRow.number == number).values(released_by=released_by))
