"""The editors' list of error reports, with links to the acts that correct the facts."""

from typing import Any

from litestar import get
from litestar.response import Response
from sqlalchemy import select

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.refusals import not_found
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.public.models import ErrorReport
from suhbat.public.web.responses import requested_form


@get("/editors", sync_to_thread=True)
def editors(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """Open reports first, answered ones below. For others than editors, the page does not exist."""
    if not app.door.may(actor, "error.answered"):
        raise not_found()
    with app.database.reading() as session:
        query = select(ErrorReport).order_by(ErrorReport.answered, ErrorReport.time.desc()).limit(200)
        reports = session.scalars(query).all()
        if requested_form(request) == "json":
            facts = {"reports": [_report_row(report) for report in reports]}
            return Response(facts, headers={"cache-control": "private, no-store"})
        return app.page(
            request, actor, "public/editors.html", reports=reports, correct=_correction_path, house=INSTALLATION_PLACE
        )


def _report_row(report: ErrorReport) -> dict[str, str]:
    row = {
        name: getattr(report, name) for name in ("id", "page", "fact", "says", "source", "time", "answer", "answered")
    }
    return row | {"correct": _correction_path(report.page)}


def _correction_path(page: str) -> str:
    """The address where the facts of a page are corrected; "" for pages that only collect facts of other pages."""
    kind, _slash, id_ = page.strip("/").partition("/")
    if kind == "outcomes" and id_.count("/") == len(("format", "meeting")):
        meeting, _slash, name = id_.rpartition("/")
        return f"/correct/{meeting}#o-{name}"
    if kind == "people" and id_:
        return f"/correct/people#o-{id_}"
    return f"/correct/{id_}" if kind in {"meetings", "formats"} and id_ else ""
