"""What a page is handed: the house it stands in, and who is looking."""

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from litestar import Request
from litestar.response import Response

from suhbat.acts.actors import Actor
from suhbat.acts.door import Door
from suhbat.ground.database import Database
from suhbat.ground.ids import new_id
from suhbat.ground.language import language
from suhbat.ground.settings import Settings
from suhbat.ground.templates import render
from suhbat.record.tail import Tail


@dataclass(frozen=True)
class House:
    """One installation at work."""

    settings: Settings
    database: Database
    door: Door
    tail: Tail
    templates: Environment

    def page(
        self, request: "Request[Any, Any, Any]", actor: Actor, name: str, status: int = 200, **context: Any
    ) -> Response[str]:
        """Render a page. Every template is given the reader, the address, and a fresh one-time key for its forms."""
        path = request.scope.get("suhbat_path", request.scope["path"])
        shown = render(
            self.templates,
            name,
            {
                "actor": actor,
                "path": path,
                "query_string": f"?{request.url.query}" if request.url.query else "",
                "address": address,
                "settings": self.settings,
                "form_key": new_id(),
                "door": self.door,
                **context,
            },
        )
        return Response(shown, status_code=status, media_type="text/html")


def address(path: str, code: str = "") -> str:
    """A page's address in a language: `/ru/…`; English, the leading language, has no prefix."""
    code = code or language()
    return path if code == "en" else f"/{code}{path}"
