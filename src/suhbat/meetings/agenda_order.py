"""The order of an agenda: an item at another place in the tree, and the order that an entry stores."""

from suhbat.meetings.agenda import Tree
from suhbat.meetings.models import Meeting

Order = list[tuple[str, str | None]]
"""The id of every item with the id of its parent, in the order of the tree."""


def depth_of(tree: Tree, item_id: str) -> int:
    """The level of an item; 1 at the top."""
    parents = {agenda_item.id: agenda_item.parent for row in tree.values() for agenda_item in row}
    depth, parent = 1, parents[item_id]
    while parent:
        depth, parent = depth + 1, parents[parent]
    return depth


def subtree_ids(tree: Tree, item_id: str) -> set[str]:
    """The ids of an item and of all items under it."""
    return {item_id}.union(*(subtree_ids(tree, child.id) for child in tree.get(item_id, [])))


def order_with(tree: Tree, item_id: str, under: str | None, before: str | None) -> Order:
    """The order with one item at a new place: under a parent, before a sibling or at the end."""
    ids_by_parent = {
        parent: [agenda_item.id for agenda_item in children if agenda_item.id != item_id]
        for parent, children in tree.items()
    }
    siblings = ids_by_parent.setdefault(under, [])
    siblings.insert(siblings.index(before) if before else len(siblings), item_id)

    def walk(parent: str | None) -> Order:
        return [pair for child in ids_by_parent.get(parent, []) for pair in ((child, parent), *walk(child))]

    return walk(None)


def set_order(meeting: Meeting, order: Order, entry: int) -> None:
    """Set the positions and parents of the items as an entry says."""
    positions = {item: (n, parent) for n, (item, parent) in enumerate(order)}
    for item in meeting.agenda:
        item.position, item.parent = positions[item.id]
    meeting.agenda_changed = entry
