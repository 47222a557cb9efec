"""The agenda as a tree, and as a reader may know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import STAFF, Viewer
from suhbat.meetings.models import AgendaItem, AgendaRelease, Meeting

DEEPEST = 3
"""Levels of the tree: 1, 1.1, 1.1.1."""
Tree = Mapping[str | None, Sequence[AgendaItem]]
"""The items under each item, in their order; under None those at the top."""


@dataclass(frozen=True)
class Numbered:
    """An item with its printed number, its depth, and where it can go by one step."""

    item: AgendaItem
    number: str
    depth: int
    up: str | None = None
    """The sibling before which it would stand one step up; None if it is the first."""
    down: str | None = None
    """The sibling before which it would stand one step down; empty for the end; None if it is the last."""
    into: str | None = None
    """The sibling before it, under which it could stand; None if there is none or the tree is deep enough."""
    out: tuple[str, str] = ("", "")
    """One level out: the item under which it would stand then, and the one before which; empty for top and end."""


def tree_of(items: Sequence[AgendaItem]) -> Tree:
    """The items as a tree."""
    tree: dict[str | None, list[AgendaItem]] = {}
    for item in sorted(items, key=lambda item: item.position):
        tree.setdefault(item.parent, []).append(item)
    return tree


def numbered(items: Sequence[AgendaItem]) -> list[Numbered]:
    """The items in the order of the tree, numbered 1, 1.1, 2."""
    tree = tree_of(items)
    lines: list[Numbered] = []

    def walk(parent: str | None, before: str, depth: int, out: tuple[str, str] = ("", "")) -> None:
        row = tree.get(parent, [])
        for n, item in enumerate(row):
            number = f"{before}{n + 1}"
            after = row[n + 2].id if n + 2 < len(row) else ""
            lines.append(
                Numbered(
                    item,
                    number,
                    depth,
                    up=row[n - 1].id if n else None,
                    down=after if n + 1 < len(row) else None,
                    into=row[n - 1].id if n and depth + height(item.id, tree) <= DEEPEST else None,
                    out=out,
                )
            )
            walk(item.id, f"{number}.", depth + 1, (parent or "", row[n + 1].id if n + 1 < len(row) else ""))

    walk(None, "", 1)
    return lines


def height(item: str, tree: Tree) -> int:
    """How many levels an item takes, with what stands under it."""
    return 1 + max((height(lower.id, tree) for lower in tree.get(item, [])), default=0)


BEGUN = frozenset({"open", "suspended", "closed", "published"})


def agenda_shown(session: Session, meeting: Meeting, actor: Viewer | None = None) -> list[AgendaItem]:
    """The agenda as a reader may know it; without a reader, as everyone in the room may.

    Until the meeting begins, what is not released yet is the secretariat's and the chair's: everyone else is shown
    the version that was released last. Once it has begun, the agenda is what lies on the table.
    """
    staff = actor is not None and actor.roles_at(meeting.id) & STAFF
    if staff or meeting.status in BEGUN or meeting.origin != "held":
        return list(meeting.agenda)
    query = select(AgendaRelease).where(AgendaRelease.meeting == meeting.id).order_by(AgendaRelease.version.desc())
    last = session.scalars(query.limit(1)).first()
    return [
        AgendaItem(
            id=line["id"], meeting=meeting.id, parent=line["parent"], position=n, title=line["title"],
            topic=line["topic"], minutes=line["minutes"], note=line["note"],
        )
        for n, line in enumerate(last.items if last else [])
    ]  # fmt: skip
