"""The editors' list: what readers report as wrong, and the way to the acts that put it right."""

from typing import Any

from litestar import get
from litestar.response import Response
from sqlalchemy import select

from suhbat.acts.actors import Actor
from suhbat.acts.house import House
from suhbat.ground.refusals import not_found
from suhbat.public.answers import Asked, wanted
from suhbat.public.models import ErrorReport


@get("/editors", sync_to_thread=True)
def editors(request: Asked, house: House, actor: Actor) -> Response[Any]:
    """Open reports first; answered ones below. Nobody else may know that there are any."""
    if not house.door.may(actor, "error.answered"):
        raise not_found()
    with house.database.reading() as session:
        reports = session.scalars(
            select(ErrorReport).order_by(ErrorReport.answered, ErrorReport.time.desc()).limit(200)
        )
        facts = {"reports": [_told(each) for each in reports]}
        if wanted(request) == "json":
            return Response(facts, headers={"cache-control": "private, no-store"})
        return house.page(request, actor, "public/editors.html", reports=facts["reports"])


def _told(report: ErrorReport) -> dict[str, str]:
    return {
        name: getattr(report, name) for name in ("id", "page", "fact", "says", "source", "time", "answer", "answered")
    }
