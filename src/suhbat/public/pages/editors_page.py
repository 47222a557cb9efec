"""The editors' list: what readers report as wrong, and the way to the acts that put it right."""

from typing import Any

from litestar import get
from litestar.response import Response
from sqlalchemy import select

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.ground.refusals import not_found
from suhbat.people.seat_rights import HOUSE
from suhbat.public.models import ErrorReport
from suhbat.public.web.responses import Asked, wanted


@get("/editors", sync_to_thread=True)
def editors(request: Asked, app: App, actor: Viewer) -> Response[Any]:
    """Open reports first; answered ones below. Nobody else may know that there are any."""
    if not app.door.may(actor, "error.answered"):
        raise not_found()
    with app.database.reading() as session:
        query = select(ErrorReport).order_by(ErrorReport.answered, ErrorReport.time.desc()).limit(200)
        reports = session.scalars(query).all()
        if wanted(request) == "json":
            facts = {"reports": [_told(report) for report in reports]}
            return Response(facts, headers={"cache-control": "private, no-store"})
        return app.page(request, actor, "public/editors.html", reports=reports, correct=_where, house=HOUSE)


def _told(report: ErrorReport) -> dict[str, str]:
    told = {
        name: getattr(report, name) for name in ("id", "page", "fact", "says", "source", "time", "answer", "answered")
    }
    return told | {"correct": _where(report.page)}


def _where(page: str) -> str:
    """Where the facts of a page are put right; a page that only gathers the facts of others has no such place."""
    kind, _slash, of = page.strip("/").partition("/")
    if kind == "outcomes" and of.count("/") == len(("format", "meeting")):
        meeting, _slash, name = of.rpartition("/")
        return f"/correct/{meeting}#o-{name}"
    if kind == "people" and of:
        return f"/correct/people#o-{of}"
    return f"/correct/{of}" if kind in {"meetings", "formats"} and of else ""
