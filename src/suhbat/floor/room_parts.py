"""The parts of the room's page that change while the meeting goes on, each looked at again after certain acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from suhbat.acts.panels import panels_of
from suhbat.floor.room_view import Look
from suhbat.ground.language import Lazy, lazy

FLOOR = ("floor.", "meeting.", "item.", "list.")


@dataclass(frozen=True)
class Part:
    """One part. Those with a title are tabs beside the picture; the others have their place on the page."""

    name: str
    template: str
    refresh_on: tuple[str, ...]
    """Beginnings of act names; `here` stands for people coming and going."""
    title: Lazy | None = None
    shown: Callable[[Look], bool] = lambda _look: True


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
            lambda look: look.takes_notes,
        ),
    )
}


@dataclass(frozen=True)
class Drawn:
    """One part, ready for the page."""

    name: str
    title: Lazy | None
    template: str
    refresh_on: tuple[str, ...]
    context: dict[str, Any]


def parts_of(look: Look, names: frozenset[str] | None = None) -> list[Drawn]:
    """The parts that this reader is shown, or those of them that are named; other rooms' panels among them."""

    def wanted(name: str) -> bool:
        return names is None or name in names

    drawn = [
        Drawn(part.name, part.title, part.template, part.refresh_on, {})
        for part in PARTS.values()
        if wanted(part.name) and part.shown(look)
    ]
    for panel in (*panels_of("stage"), *panels_of("room")):
        if wanted(panel.name):
            context = panel.content(look.session, look.actor, look.id)
            if context is not None:
                tab = panel.title if panel.slot == "room" else None
                drawn.append(Drawn(panel.name, tab, panel.template, panel.refresh_on, context))
    return drawn
