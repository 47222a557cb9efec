"""The parts of the room's page that are drawn again after certain acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from suhbat.acts.panels import panels_of
from suhbat.acts.registry import call_handler
from suhbat.floor.room_view import RoomView
from suhbat.ground.language import Lazy, lazy

FLOOR = ("floor.", "meeting.", "item.", "list.")


@dataclass(frozen=True)
class Part:
    """One part of the page. Parts with a title are tabs beside the picture; the others have a fixed place."""

    name: str
    template: str
    refresh_on: tuple[str, ...]
    """Beginnings of act names; `here` means that somebody comes or goes."""
    title: Lazy | None = None
    is_shown: Callable[[RoomView], bool] = lambda _view: True


PARTS = {
    part.name: part
    for part in (
        Part("top", "floor/parts/top.html", ("meeting.", "item.")),
        Part("now", "floor/parts/now.html", (*FLOOR, "statement.", "here")),
        Part("list", "floor/parts/list.html", FLOOR),
        Part("actions", "floor/parts/actions.html", (*FLOOR, "here")),
        Part("agenda", "floor/parts/agenda.html", (*FLOOR, "agenda."), lazy("Agenda and time")),
        Part("statements", "floor/parts/statements.html", ("statement.", "floor.given", "item."), lazy("Statements")),
        Part("papers", "floor/parts/papers.html", ("paper.", "item.", "agenda."), lazy("Papers")),
        Part(
            "notes",
            "floor/parts/notes.html",
            ("floor.given", "summary."),
            lazy("Notes"),
            lambda view: view.takes_notes,
        ),
    )
}


@dataclass(frozen=True)
class ShownPart:
    """One part that a reader is shown, with the context of its template."""

    name: str
    title: Lazy | None
    template: str
    refresh_on: tuple[str, ...]
    context: dict[str, Any]


def parts_of(view: RoomView, names: frozenset[str] | None = None) -> list[ShownPart]:
    """The parts that this reader is shown, other packages' panels included; with `names`, only those that are named."""

    def is_requested(name: str) -> bool:
        return names is None or name in names

    parts = [
        ShownPart(part.name, part.title, part.template, part.refresh_on, {})
        for part in PARTS.values()
        if is_requested(part.name) and part.is_shown(view)
    ]
    for panel in (*panels_of("stage"), *panels_of("room")):
        if is_requested(panel.name):
            context = call_handler(panel.content, view.session, view.actor, view.id, view.at)
            if context is not None:
                tab = panel.title if panel.slot == "room" else None
                parts.append(ShownPart(panel.name, tab, panel.template, panel.refresh_on, context))
    return parts
