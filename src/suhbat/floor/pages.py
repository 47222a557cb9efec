"""The conference room: the page, and single parts of it for the page's script."""

from dataclasses import dataclass
from typing import Any

from litestar import Router, get
from litestar.response import Response
from markupsafe import Markup

from suhbat.acts.app import App, address
from suhbat.acts.panels import panels_of
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.floor.media_facts import media_facts, media_texts
from suhbat.floor.room_parts import ShownPart, parts_of
from suhbat.floor.room_view import RoomView, room_view
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.refusals import not_found
from suhbat.record.reading import head_number


@dataclass(frozen=True)
class RenderedPart:
    """A part with its HTML."""

    part: ShownPart
    html: Markup


@get("/{format_:str}/{slug:str}/room", sync_to_thread=True)
def room(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The room of a meeting, complete without a script: a reload shows what has happened since."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        newest = head_number(session)
        view = room_view(session, actor, meeting, app.clock(), app.tail.here(meeting))
        parts = parts_of(view)
        rendered = [RenderedPart(part, render(app, view, part)) for part in parts]
        names = {part.name for part in parts}
        return app.page(
            request,
            actor,
            "floor/room.html",
            look=view,
            parts={fixed.part.name: fixed.html for fixed in rendered if fixed.part.title is None},
            before_all=[panel.name for panel in panels_of("stage") if panel.name in names],
            titles={panel.name: panel.title for panel in panels_of("stage")},
            tabs=[tab for tab in rendered if tab.part.title is not None],
            facts=_facts(view, parts, newest),
            media=media_facts(app.settings, actor, view.state, newest, view.at),
            media_texts=media_texts(),
        )


@get("/{format_:str}/{slug:str}/room/panels/{names:str}", sync_to_thread=True)
def panels(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str, names: str) -> Response[str]:
    """Parts of the room by their names, separated by commas. A part that this reader is not shown is empty."""
    meeting = f"{format_}/{slug}"
    requested = names.split(",")
    with app.database.reading() as session:
        view = room_view(session, actor, meeting, app.clock(), app.tail.here(meeting))
        rendered = {part.name: render(app, view, part) for part in parts_of(view, frozenset(requested))}
        if not rendered:
            raise not_found()
        answer = app.page(request, actor, "floor/panels.html", names=requested, parts=rendered)
    answer.headers["cache-control"] = "no-store"
    return answer


def render(app: App, view: RoomView, part: ShownPart) -> Markup:
    """Render a part. Each part has a one-time key of its own, so that no two parts of the page share one."""
    context = {
        "actor": view.actor,
        "path": f"/meetings/{view.id}/room",
        "address": address,
        "settings": app.settings,
        "door": app.door,
        "form_key": new_id(),
        "look": view,
        **part.context,
    }
    return Markup(app.templates.get_template(part.template).render(context))  # noqa: S704  (our own template)


def _facts(view: RoomView, parts: list[ShownPart], newest: int) -> dict[str, Any]:
    """The data that the page's script needs."""
    return {
        "meeting": view.id,
        "delegation": view.own,
        "person": view.actor.id,
        "roles": sorted(view.roles),
        "chair": view.state.meeting.chair_state or "",
        "large": view.large,
        "zone": view.state.meeting.zone or "UTC",
        "at": stamp(view.at),
        "last": newest,
        "turns": [{"given": turn.id, "delegation": turn.delegation} for turn in view.state.turns],
        "panels": {part.name: list(part.refresh_on) for part in parts},
    }


routes = Router("/meetings", route_handlers=[room, panels])
