"""What every page handler receives: the running application, and the viewer."""

from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from litestar.response import Response

from suhbat.acts.door import Door
from suhbat.acts.live_views import LiveViews
from suhbat.acts.open_rooms import has_rooms, open_rooms
from suhbat.acts.place_finders import Place
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.acts.timed_acts import TimedActs
from suhbat.ground.clock import Clock
from suhbat.ground.database import Database
from suhbat.ground.ids import new_id
from suhbat.ground.language import language
from suhbat.ground.settings import Settings
from suhbat.ground.templates import render
from suhbat.record.open_lines import OpenLines
from suhbat.record.tail import Tail


@dataclass(frozen=True)
class App:
    """A running application: the parts of one installation."""

    settings: Settings
    database: Database
    door: Door
    tail: Tail
    templates: Environment
    lines: OpenLines
    clock: Clock
    """The clock of rules, pages and background tasks. What it says is passed on; nothing below reads another one."""
    timed_acts: TimedActs = field(default_factory=TimedActs)
    live_views: LiveViews = field(default_factory=LiveViews)

    def page(self, request: AnyRequest, actor: Viewer, name: str, status: int = 200, **context: Any) -> Response[str]:
        """Render a page. Every template gets the reader, the address, and a new one-time key for its forms."""
        path = str(request.scope.get("suhbat_path", request.scope["path"]))
        query = f"?{request.url.query}" if request.url.query else ""
        html = self.drawn(actor, path, name, query_string=query, **context)
        return Response(html, status_code=status, media_type="text/html")

    def drawn(self, actor: Viewer, path: str, name: str, /, **context: Any) -> str:
        """A template as HTML, for a whole page or for a part that is sent to an open page."""
        template_context = {
            "actor": actor,
            "path": path,
            "query_string": "",
            "address": address,
            "settings": self.settings,
            "form_key": new_id(),
            "door": self.door,
            "rooms_in_session": lambda: self._rooms(actor, path),
            **context,
        }
        return render(self.templates, name, template_context)

    def _rooms(self, actor: Viewer, path: str) -> list[Place]:
        """The rooms to which a whole page leads back. Parts of pages do not ask, and cost no query."""
        if not has_rooms(actor, path):
            return []
        with self.database.reading() as session:
            return open_rooms(session, actor)


def address(path: str, code: str = "") -> str:
    """A page's address in a language: `/ru/…`; English, the main language, has no prefix."""
    code = code or language()
    return path if code == "en" else f"/{code}{path}"
