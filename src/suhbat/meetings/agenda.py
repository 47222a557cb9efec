"""The agenda as a tree: its numbering, its versions, and what changed between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import STAFF, Viewer
from suhbat.meetings.models import AgendaItem, AgendaRelease, Meeting

DEEPEST = 3
"""Levels of the tree: 1, 1.1, 1.1.1."""
MOST = 120
"""Items of one agenda at most."""


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
    parent_of: bool = False
    """Whether items stand under it."""


def numbered(items: Sequence[AgendaItem]) -> list[Numbered]:
    """The items in the order of the tree, numbered 1, 1.1, 2."""
    children: dict[str | None, list[AgendaItem]] = {}
    for item in sorted(items, key=lambda each: each.position):
        children.setdefault(item.parent, []).append(item)
    found: list[Numbered] = []

    def walk(parent: str | None, before: str, depth: int, out: tuple[str, str] = ("", "")) -> None:
        row = children.get(parent, [])
        for n, item in enumerate(row):
            number = f"{before}{n + 1}"
            after = row[n + 2].id if n + 2 < len(row) else ""
            found.append(
                Numbered(
                    item,
                    number,
                    depth,
                    up=row[n - 1].id if n else None,
                    down=after if n + 1 < len(row) else None,
                    into=row[n - 1].id if n and depth + height(item.id, children) <= DEEPEST else None,
                    out=out,
                    parent_of=item.id in children,
                )
            )
            walk(item.id, f"{number}.", depth + 1, (parent or "", row[n + 1].id if n + 1 < len(row) else ""))

    walk(None, "", 1)
    return found


def height(item: str, children: dict[str | None, list[AgendaItem]]) -> int:
    """How many levels an item takes, with what stands under it."""
    return 1 + max((height(each.id, children) for each in children.get(item, [])), default=0)


def snapshot(items: Sequence[AgendaItem]) -> list[dict[str, Any]]:
    """The agenda as a version of it keeps it."""
    return [
        {
            "id": each.item.id, "number": each.number, "parent": each.item.parent, "title": each.item.title,
            "topic": each.item.topic, "minutes": each.item.minutes, "note": each.item.note,
        }
        for each in numbered(items)
    ]  # fmt: skip


def changes(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is different in a version against the one before, item by item, in the new order; removals at the end."""
    old, new = {each["id"]: each for each in before}, {each["id"]: each for each in after}
    common_before = [each["id"] for each in before if each["id"] in new]
    common_after = [each["id"] for each in after if each["id"] in old]
    matcher = SequenceMatcher(None, common_before, common_after, autojunk=False)
    stayed = {common_before[block.a + n] for block in matcher.get_matching_blocks() for n in range(block.size)}
    found: list[dict[str, Any]] = []
    for each in after:
        was = old.get(each["id"])
        told = {"number": each["number"], "title": each["title"]}
        if was is None:
            found.append({"kind": "added", **told, "was": ""})
            continue
        if was["title"] != each["title"]:
            found.append({"kind": "renamed", **told, "was": was["title"]})
        if was["minutes"] != each["minutes"]:
            found.append({"kind": "retimed", **told, "was": str(was["minutes"])})
        if was["note"] != each["note"] or was["topic"] != each["topic"]:
            found.append({"kind": "described", **told, "was": ""})
        if each["id"] not in stayed or was["parent"] != each["parent"]:
            found.append({"kind": "moved", **told, "was": was["number"]})
    found += [
        {"kind": "removed", "number": each["number"], "title": each["title"], "was": ""}
        for each in before
        if each["id"] not in new
    ]
    return found


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
            id=each["id"], meeting=meeting.id, parent=each["parent"], position=n, title=each["title"],
            topic=each["topic"], minutes=each["minutes"], note=each["note"],
        )
        for n, each in enumerate(last.items if last else [])
    ]  # fmt: skip
