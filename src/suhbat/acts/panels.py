"""Panels: what a room of the house contributes to a page that it does not own.

The page of the conference room shows the speakers' list, the live record, outcomes, papers, texts: rooms that stand
side by side and may not import one another. Each registers a panel here; the page asks for them by its slot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.registers import Register

Content = Callable[[Session, Viewer, str], dict[str, Any] | None]
"""Session, reader and meeting id to the template's context; None where there is nothing for this reader."""


@dataclass(frozen=True)
class Panel:
    """What one room shows on a page of another."""

    name: str
    slot: str
    """The page part it belongs to: `room` (a tab beside the picture), `stage` (above the picture, before everyone's
    eyes; it takes no place while it is empty) or `desk` (the secretariat's page of a meeting)."""
    title: Lazy
    template: str
    order: int
    refresh_on: tuple[str, ...]
    """Beginnings of act names after which it has to be looked at again, such as `floor.` or `pledge.made`."""
    content: Content


PANELS: Register[Panel] = Register("panels")


def panel(
    name: str,
    slot: str,
    title: str,
    template: str,
    *,
    order: int = 50,
    refresh_on: tuple[str, ...] = (),
    context: str = "",
) -> Callable[[Content], Content]:
    """Register what fills a panel; `context` tells translators what its title is said of."""

    def register(content: Content) -> Content:
        PANELS[name] = Panel(name, slot, lazy(title, context=context), template, order, refresh_on, content)
        return content

    return register


def panels_of(slot: str) -> list[Panel]:
    """The panels of a slot in their order."""
    return sorted((each for each in PANELS.values() if each.slot == slot), key=lambda each: (each.order, each.name))
