"""Panels: what one package adds to a page of another package.

The page of the conference room shows the speakers' list, the live record, outcomes, papers and texts. Their packages
are in the same layer and may not import one another. Each registers a panel here; the page gets them by its slot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.register import Register

Content = Callable[..., dict[str, Any] | None]
"""From session, viewer and meeting id to the template's context; None if there is nothing for this viewer.

A fourth parameter is the present moment. On a person's own page and in the welcome a fifth is the door."""


@dataclass(frozen=True)
class Panel:
    """What one package shows on a page of another."""

    name: str
    slot: str
    """The page part it belongs to: `room` (a tab beside the picture), `stage` (above the picture, visible to
    everyone; it takes no space while it is empty), `desk` (the secretariat's page of a meeting), `me` (the person's own
    page, with an empty meeting) or `welcome` (after a seat was taken, the first steps from it)."""
    title: Lazy
    template: str
    order: int
    refresh_on: tuple[str, ...]
    """Prefixes of the names of acts after which the panel is rendered again, such as `floor.` or `pledge.made`."""
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
    """Register the function that fills a panel. `context` explains its title to translators."""

    def register(content: Content) -> Content:
        PANELS[name] = Panel(name, slot, lazy(title, context=context), template, order, refresh_on, content)
        return content

    return register


def panels_of(slot: str) -> list[Panel]:
    """The panels of a slot in their order."""
    panels = (panel for panel in PANELS.values() if panel.slot == slot)
    return sorted(panels, key=lambda panel: (panel.order, panel.name))
