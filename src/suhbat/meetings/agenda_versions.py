"""Versions of an agenda: what one says, and what changed between two."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from suhbat.meetings.agenda import numbered
from suhbat.meetings.models import AgendaItem, AgendaRelease


class ReleasedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item as a version of the agenda keeps it."""

    id: str
    number: str
    """As printed: 1, 1.1, 2."""
    parent: str | None
    """The id of the item that it stands under."""
    title: str
    topic: str
    minutes: int
    """Time foreseen; 0 if none is."""
    note: str


class AgendaChange(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is different in a version against the one before."""

    kind: str
    """`added`, `removed`, `renamed`, `retimed`, `described` or `moved`."""
    number: str
    """The item's number in the new version; of one that was removed, in the old."""
    title: str
    was: str
    """The title, the minutes or the number before; empty where the kind says it all."""


def snapshot(items: Sequence[AgendaItem]) -> list[ReleasedItem]:
    """The agenda as a version of it keeps it."""
    return [
        ReleasedItem(
            id=line.item.id,
            number=line.number,
            parent=line.item.parent,
            title=line.item.title,
            topic=line.item.topic,
            minutes=line.item.minutes,
            note=line.item.note,
        )
        for line in numbered(items)
    ]


def items_of(version: AgendaRelease | None) -> list[ReleasedItem]:
    """The items of a version; none where there is no version yet."""
    return msgspec.convert(version.items, list[ReleasedItem]) if version else []


def changes_between(before: Sequence[ReleasedItem], after: Sequence[ReleasedItem]) -> list[AgendaChange]:
    """What is different in a version against the one before, item by item, in the new order; removals at the end."""
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    common_before = [item.id for item in before if item.id in new]
    common_after = [item.id for item in after if item.id in old]
    matcher = SequenceMatcher(None, common_before, common_after, autojunk=False)
    stayed = {common_before[block.a + n] for block in matcher.get_matching_blocks() for n in range(block.size)}
    changes: list[AgendaChange] = []
    for item in after:
        was = old.get(item.id)
        if was is None:
            changes.append(_change("added", item))
            continue
        if was.title != item.title:
            changes.append(_change("renamed", item, was.title))
        if was.minutes != item.minutes:
            changes.append(_change("retimed", item, str(was.minutes)))
        if was.note != item.note or was.topic != item.topic:
            changes.append(_change("described", item))
        if item.id not in stayed or was.parent != item.parent:
            changes.append(_change("moved", item, was.number))
    return changes + [_change("removed", item) for item in before if item.id not in new]


def _change(kind: str, item: ReleasedItem, was: str = "") -> AgendaChange:
    return AgendaChange(kind=kind, number=item.number, title=item.title, was=was)
