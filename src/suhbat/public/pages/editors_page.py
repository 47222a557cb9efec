"""The editors' list of error reports, with links to the acts that correct the facts."""

from collections.abc import Callable
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
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.fact_types import REPORTED, Format, Meeting
from suhbat.public.web.responses import requested_form


@get("/editors", sync_to_thread=True)
def editors(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """Open reports first, answered ones below. For others than editors, the page does not exist."""
    if not app.door.may(actor, "error.answered"):
        raise not_found()
    with app.database.reading() as session:
        query = select(ErrorReport).order_by(ErrorReport.answered, ErrorReport.time.desc()).limit(200)
        reports = session.scalars(query).all()
        almanac = current_almanac(app.database, session)

        def correct(page: str) -> str:
            return _correction_path(almanac, page)

        if requested_form(request) == "json":
            facts = {"reports": [_report_row(report, correct) for report in reports]}
            return Response(facts, headers={"cache-control": "private, no-store"})
        return app.page(
            request, actor, "public/editors.html", reports=reports, correct=correct, house=INSTALLATION_PLACE
        )


def _report_row(report: ErrorReport, correct: Callable[[str], str]) -> dict[str, str]:
    row = {
        name: getattr(report, name) for name in ("id", "page", "fact", "says", "source", "time", "answer", "answered")
    }
    return row | {"correct": correct(report.page)}


def _correction_path(almanac: Almanac, page: str) -> str:
    """The address where the facts of a page are corrected; "" where none are reported by sources."""
    kind, _slash, id_ = page.strip("/").partition("/")
    part = ""
    if kind == "outcomes":
        id_, _slash, part = id_.rpartition("/")
    if kind == "people" and id_ in almanac.people:
        return f"/correct/people#o-{id_}"
    about: Format | Meeting | None = None
    if kind == "formats":
        about = almanac.formats.get(id_)
    elif kind in {"meetings", "outcomes"}:
        about = almanac.every_meeting.get(id_)
    if about is None or about.origin != REPORTED:
        return ""
    return f"/correct/{id_}" + (f"#o-{part}" if part else "")
