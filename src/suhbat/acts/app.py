"""What a page is handed: the house it stands in, and who is looking."""

from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from litestar import Request
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.door import Door
from suhbat.acts.live_views import Screens
from suhbat.ground.database import Database
from suhbat.ground.ids import new_id
from suhbat.ground.language import language
from suhbat.ground.settings import Settings
from suhbat.ground.templates import render
from suhbat.record.tail import Tail


@dataclass(frozen=True)
class App:
    """One installation at work."""

    settings: Settings
    database: Database
    door: Door
    tail: Tail
    templates: Environment
    screens: Screens = field(default_factory=Screens)

    def page(
        self, request: "Request[Any, Any, Any]", actor: Viewer, name: str, status: int = 200, **context: Any
    ) -> Response[str]:
        """Render a page. Every template is given the reader, the address, and a fresh one-time key for its forms."""
        path = str(request.scope.get("suhbat_path", request.scope["path"]))
        query = f"?{request.url.query}" if request.url.query else ""
        shown = self.drawn(actor, path, name, query_string=query, **context)
        return Response(shown, status_code=status, media_type="text/html")

    def drawn(self, actor: Viewer, path: str, name: str, /, **context: Any) -> str:
        """A template as HTML, for a page or for what is sent to an open one."""
        given = {
            "actor": actor,
            "path": path,
            "query_string": "",
            "address": address,
            "settings": self.settings,
            "form_key": new_id(),
            "door": self.door,
            **context,
        }
        return render(self.templates, name, given)


def address(path: str, code: str = "") -> str:
    """A page's address in a language: `/ru/…`; English, the leading language, has no prefix."""
    code = code or language()
    return path if code == "en" else f"/{code}{path}"
