"""The agenda as a tree, and the agenda that a reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import STAFF, Viewer
from suhbat.meetings.models import AgendaItem, AgendaRelease, Meeting

MAX_DEPTH = 3
"""Maximum number of levels: 1, 1.1, 1.1.1."""
Tree = Mapping[str | None, Sequence[AgendaItem]]
"""The items under each item, in their order; the top items under None."""


@dataclass(frozen=True)
class NumberedItem:
    """An item with its printed number, its depth, and the places to which one step can move it."""

    item: AgendaItem
    number: str
    depth: int
    up: str | None = None
    """One step up: the sibling that would follow it; None if it is the first."""
    down: str | None = None
    """One step down: the sibling that would follow it; "" for the end; None if it is the last."""
    into: str | None = None
    """One level in: the sibling before it, which would be its parent; None if there is none or the tree is too deep."""
    out: tuple[str, str] = ("", "")
    """One level out: the new parent and the item that would follow it; "" for the top level and for the end."""


def tree_of(items: Sequence[AgendaItem]) -> Tree:
    """The items as a tree."""
    tree: dict[str | None, list[AgendaItem]] = {}
    for item in sorted(items, key=lambda item: item.position):
        tree.setdefault(item.parent, []).append(item)
    return tree


def numbered_items(items: Sequence[AgendaItem]) -> list[NumberedItem]:
    """The items in the order of the tree, numbered 1, 1.1, 2."""
    tree = tree_of(items)
    rows: list[NumberedItem] = []

    def walk(parent: str | None, before: str, depth: int, out: tuple[str, str] = ("", "")) -> None:
        siblings = tree.get(parent, [])
        for n, item in enumerate(siblings):
            number = f"{before}{n + 1}"
            after = siblings[n + 2].id if n + 2 < len(siblings) else ""
            rows.append(
                NumberedItem(
                    item,
                    number,
                    depth,
                    up=siblings[n - 1].id if n else None,
                    down=after if n + 1 < len(siblings) else None,
                    into=siblings[n - 1].id if n and depth + height(item.id, tree) <= MAX_DEPTH else None,
                    out=out,
                )
            )
            walk(item.id, f"{number}.", depth + 1, (parent or "", siblings[n + 1].id if n + 1 < len(siblings) else ""))

    walk(None, "", 1)
    return rows


def height(item: str, tree: Tree) -> int:
    """The number of levels of an item and the items under it."""
    return 1 + max((height(child.id, tree) for child in tree.get(item, [])), default=0)


BEGUN = frozenset({"open", "suspended", "closed", "published"})
"""The statuses of a meeting from its opening on."""


def agenda_shown(session: Session, meeting: Meeting, actor: Viewer | None = None) -> list[AgendaItem]:
    """The agenda that a reader may see; without a reader, the agenda that all participants may see.

    Before the meeting, only the secretariat and the chair see the working copy; everyone else sees the version that
    was released last. Once the meeting has begun, everyone sees the working copy.
    """
    staff = actor is not None and actor.roles_at(meeting.id) & STAFF
    if staff or meeting.status in BEGUN or meeting.origin != "held":
        return list(meeting.agenda)
    query = select(AgendaRelease).where(AgendaRelease.meeting == meeting.id).order_by(AgendaRelease.version.desc())
    last = session.scalars(query.limit(1)).first()
    return [
        AgendaItem(
            id=item["id"], meeting=meeting.id, parent=item["parent"], position=n, title=item["title"],
            topic=item["topic"], minutes=item["minutes"], note=item["note"],
        )
        for n, item in enumerate(last.items if last else [])
    ]  # fmt: skip
