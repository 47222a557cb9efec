"""Pages that anyone may read."""

from typing import Any

from litestar import Request, Router, get
from litestar.response import Response

from suhbat.acts.actors import Actor
from suhbat.acts.house import House


@get("/", sync_to_thread=True)
def home(request: Request[Any, Any, Any], house: House, actor: Actor) -> Response[str]:
    """The first page."""
    return house.page(request, actor, "public/home.html")


routes = Router("/", route_handlers=[home])
