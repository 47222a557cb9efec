"""The first page."""

from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Actor
from suhbat.acts.house import House
from suhbat.public.almanac import almanac
from suhbat.public.answers import Asked, answer


@get("/", sync_to_thread=True)
def home(request: Asked, house: House, actor: Actor) -> Response[Any]:
    """Who met, what was promised, what became of it: all formats at one look."""
    with house.database.reading() as session:
        known = almanac(house.database, session)
    return answer(house, request, actor, "public/home.html", {"meetings": len(known.meetings)})
