"""The panels of a person's own pages: what other packages show there, drawn for this person."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.app import App
from suhbat.acts.panels import Panel, panels_of
from suhbat.acts.registry import call_handler

Filled = tuple[Panel, dict[str, Any]]


def filled_panels(session: Session, app: App, actor: Viewer, slot: str) -> list[Filled]:
    """The panels of a slot that have something for this person, each with what it shows."""
    moment = app.clock()
    contents = ((panel, call_handler(panel.content, session, actor, "", moment, app.door)) for panel in panels_of(slot))
    return [(panel, content) for panel, content in contents if content is not None]


def drawn_panels(app: App, actor: Viewer, page: str, filled: Sequence[Filled]) -> list[tuple[Panel, Markup]]:
    """Each panel with its HTML; `page` is the address it is shown at."""
    return [
        (panel, Markup(app.drawn(actor, page, panel.template, **content)))  # noqa: S704  (escaped by its template)
        for panel, content in filled
    ]
