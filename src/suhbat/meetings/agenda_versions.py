"""Versions of an agenda: their items, and the changes between two versions."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import msgspec

from suhbat.meetings.agenda import numbered_items
from suhbat.meetings.models import AgendaItem, AgendaRelease


class ReleasedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item in a released version of the agenda."""

    id: str
    number: str
    """As printed: 1, 1.1, 2."""
    parent: str | None
    """The id of the parent item."""
    title: str
    topic: str
    minutes: int
    """The planned time; 0 if none was set."""
    note: str


class AgendaChange(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between a version and the version before."""

    kind: str
    """`added`, `removed`, `renamed`, `retimed`, `described` or `moved`."""
    number: str
    """The item's number in the new version; for a removed item, in the old version."""
    title: str
    was: str
    """The old title, minutes or number; empty if the kind alone is enough."""


def snapshot(items: Sequence[AgendaItem]) -> list[ReleasedItem]:
    """The agenda as the items of a version."""
    return [
        ReleasedItem(
            id=row.item.id,
            number=row.number,
            parent=row.item.parent,
            title=row.item.title,
            topic=row.item.topic,
            minutes=row.item.minutes,
            note=row.item.note,
        )
        for row in numbered_items(items)
    ]


def working_copy(released: Sequence[ReleasedItem], known: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items of a version as those of the agenda itself; where one of them is known, it is brought up to date."""
    by_id = {item.id: item for item in known}
    items = []
    for position, row in enumerate(released):
        item = by_id.get(row.id) or AgendaItem(id=row.id)
        item.parent, item.position, item.title = row.parent, position, row.title
        item.topic, item.minutes, item.note = row.topic, row.minutes, row.note
        items.append(item)
    return items


def items_of(version: AgendaRelease | None) -> list[ReleasedItem]:
    """The items of a version; an empty list without a version."""
    return msgspec.convert(version.items, list[ReleasedItem]) if version else []


def changes_between(before: Sequence[ReleasedItem], after: Sequence[ReleasedItem]) -> list[AgendaChange]:
    """The changes of a version since the version before, in the new order; removed items are at the end."""
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    common_before = [item.id for item in before if item.id in new]
    common_after = [item.id for item in after if item.id in old]
    matcher = SequenceMatcher(None, common_before, common_after, autojunk=False)
    unmoved = {common_before[block.a + n] for block in matcher.get_matching_blocks() for n in range(block.size)}
    changes: list[AgendaChange] = []
    for item in after:
        old_item = old.get(item.id)
        if old_item is None:
            changes.append(_change("added", item))
            continue
        if old_item.title != item.title:
            changes.append(_change("renamed", item, old_item.title))
        if old_item.minutes != item.minutes:
            changes.append(_change("retimed", item, str(old_item.minutes)))
        if old_item.note != item.note or old_item.topic != item.topic:
            changes.append(_change("described", item))
        if item.id not in unmoved or old_item.parent != item.parent:
            changes.append(_change("moved", item, old_item.number))
    return changes + [_change("removed", item) for item in before if item.id not in new]


def _change(kind: str, item: ReleasedItem, was: str = "") -> AgendaChange:
    return AgendaChange(kind=kind, number=item.number, title=item.title, was=was)
