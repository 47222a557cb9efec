"""Placing items of an agenda: which item a form means, and the order of all that an entry keeps."""

from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_found
from suhbat.meetings.agenda import Tree
from suhbat.meetings.models import AgendaItem, Meeting

Order = list[tuple[str, str | None]]
"""Every item by its id and the id of the one it stands under, in the order of the tree."""


def fresh(meeting: Meeting, seen: int) -> None:
    """Refuse a form that shows an older agenda."""
    if meeting.agenda_changed != seen:
        raise conflict()


def item_in(meeting: Meeting, item: str) -> AgendaItem:
    """An item of a meeting's agenda by its id."""
    for agenda_item in meeting.agenda:
        if agenda_item.id == item:
            return agenda_item
    raise not_found(lazy("There is no such item on this agenda."))


def item_seen(meeting: Meeting, item: str, seen: int) -> AgendaItem:
    """The same for a form that may show an older agenda: an item that is gone since was somebody's change."""
    if all(agenda_item.id != item for agenda_item in meeting.agenda):
        fresh(meeting, seen)
    return item_in(meeting, item)


def named_in(tree: Tree, item: str, field: str) -> AgendaItem:
    """An item that a field of a form names beside the one it is about."""
    for row in tree.values():
        for agenda_item in row:
            if agenda_item.id == item:
                return agenda_item
    raise invalid(**{field: lazy("There is no such item on this agenda.")})


def depth_of(tree: Tree, item: str) -> int:
    """The level on which an item stands, 1 at the top."""
    parents = {agenda_item.id: agenda_item.parent for row in tree.values() for agenda_item in row}
    depth, parent = 1, parents[item]
    while parent:
        depth, parent = depth + 1, parents[parent]
    return depth


def family_of(tree: Tree, item: str) -> set[str]:
    """An item and all that stand under it."""
    return {item}.union(*(family_of(tree, lower.id) for lower in tree.get(item, [])))


def order_with(tree: Tree, item: str, under: str | None, before: str | None) -> Order:
    """Every item and its parent, in the order of the tree, with one of them at its new place."""
    rows = {parent: [agenda_item.id for agenda_item in row if agenda_item.id != item] for parent, row in tree.items()}
    row = rows.setdefault(under, [])
    row.insert(row.index(before) if before else len(row), item)

    def walk(parent: str | None) -> Order:
        return [pair for lower in rows.get(parent, []) for pair in ((lower, parent), *walk(lower))]

    return walk(None)


def set_order(meeting: Meeting, order: Order, entry: int) -> None:
    """Put the items where an entry says they stand."""
    places = {item: (n, parent) for n, (item, parent) in enumerate(order)}
    for item in meeting.agenda:
        item.position, item.parent = places[item.id]
    meeting.agenda_changed = entry
