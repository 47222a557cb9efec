"""The pages where readers report errors: an ordinary act, but with a rate limit for each network address.

The act limits how many reports may wait. The rate limit keeps a single sender from filling the editors' list. The
network address is not stored.
"""

from typing import Annotated, Any

from litestar import get, post
from litestar.params import Parameter
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.door import Asker
from suhbat.acts.pages import form_page, perform
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.urls import local_address
from suhbat.people.request_origin import at_most
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.public.acts import may_report, waiting_reports

ACT = "error.reported"
A_MINUTE = 6


@post("/acts/error.reported", status_code=201, middleware=[at_most(A_MINUTE, "error report")])
async def report(request: AnyRequest, app: App, asker: Asker) -> Response[Any]:
    """Perform the act that reports an error."""
    answer: Response[Any] = await perform.fn(request, app, asker, ACT)
    return answer


@get("/acts/error.reported", sync_to_thread=True)
def report_form(
    request: AnyRequest, app: App, actor: Viewer, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The form of the report. If reports are refused at present, this is shown before the reader types anything."""
    with app.database.reading() as session:
        waiting = waiting_reports(session, request.query_params.get("page", "/"), app.clock())
    may_report(actor, INSTALLATION_PLACE, waiting)
    return form_page(request, app, actor, ACT, then)


@get("/reported", sync_to_thread=True)
def reported(
    request: AnyRequest, app: App, actor: Viewer, page: Annotated[str, Parameter(required=False)] = "/"
) -> Response[Any]:
    """The page after a report: thanks, and a link back."""
    return app.page(request, actor, "public/reported.html", back=local_address(page[:300], "/"))
