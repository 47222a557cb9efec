"""The conference room: one page, and its parts by themselves for the page's script."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Router, get
from litestar.response import Response
from markupsafe import Markup

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.panels import panels_of
from suhbat.floor.media_facts import media_facts, media_texts
from suhbat.floor.room_parts import Drawn, parts_of
from suhbat.floor.room_view import Look, look
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.refusals import not_found
from suhbat.record.reading import head_number

Asked = Request[Any, Any, Any]


@dataclass(frozen=True)
class Written:
    """A part as HTML."""

    part: Drawn
    html: Markup


@get("/{format_:str}/{slug:str}/room", sync_to_thread=True)
def room(request: Asked, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The room of a meeting, complete without a script: a reload shows what has happened since."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        newest = head_number(session)
        seen = look(session, actor, meeting, app.door.clock(), app.tail.here(meeting))
        drawn = parts_of(seen)
        written = [Written(part, write(app, seen, part)) for part in drawn]
        names = {part.name for part in drawn}
        return app.page(
            request,
            actor,
            "floor/room.html",
            look=seen,
            parts={place.part.name: place.html for place in written if place.part.title is None},
            before_all=[panel.name for panel in panels_of("stage") if panel.name in names],
            tabs=[tab for tab in written if tab.part.title is not None],
            facts=_facts(seen, drawn, newest),
            media={**media_facts(session, app.settings, actor, meeting), "last": newest},
            media_texts=media_texts(),
        )


@get("/{format_:str}/{slug:str}/room/panels/{names:str}", sync_to_thread=True)
def panels(request: Asked, app: App, actor: Viewer, format_: str, slug: str, names: str) -> Response[str]:
    """Parts of the room by their names, separated by commas; one that this reader is not shown comes empty."""
    meeting = f"{format_}/{slug}"
    asked = names.split(",")
    with app.database.reading() as session:
        seen = look(session, actor, meeting, app.door.clock(), app.tail.here(meeting))
        drawn = {part.name: write(app, seen, part) for part in parts_of(seen, frozenset(asked))}
        if not drawn:
            raise not_found()
        answer = app.page(request, actor, "floor/panels.html", asked=asked, drawn=drawn)
    answer.headers["cache-control"] = "no-store"
    return answer


def write(app: App, seen: Look, part: Drawn) -> Markup:
    """Write a part out; each has a one-time key of its own, so that two forms of the page never share one."""
    context = {
        "actor": seen.actor,
        "path": f"/meetings/{seen.id}/room",
        "address": address,
        "settings": app.settings,
        "door": app.door,
        "form_key": new_id(),
        "look": seen,
        **part.context,
    }
    return Markup(app.templates.get_template(part.template).render(context))  # noqa: S704  (our own template)


def _facts(seen: Look, drawn: list[Drawn], newest: int) -> dict[str, Any]:
    """What the page's script has to know."""
    return {
        "meeting": seen.id,
        "delegation": seen.own,
        "person": seen.actor.id,
        "roles": sorted(seen.roles),
        "chair": seen.state.meeting.chair_state or "",
        "large": seen.large,
        "zone": seen.state.meeting.zone or "UTC",
        "at": stamp(seen.at),
        "last": newest,
        "turns": [{"given": turn.id, "delegation": turn.delegation} for turn in seen.state.turns],
        "panels": {part.name: list(part.refresh_on) for part in drawn},
    }


routes = Router("/meetings", route_handlers=[room, panels])
