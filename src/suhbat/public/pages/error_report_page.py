"""The door through which readers report errors: the same act as everywhere, a few a minute from one address.

The act itself bounds how many reports wait; this bounds how fast one sender may bring them, so that nobody fills the
editors' list for all others. The address is looked at and not kept.
"""

from typing import Annotated, Any

from litestar import get, post
from litestar.params import Parameter
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.acts.door import Asker
from suhbat.acts.pages import form_page, perform
from suhbat.ground.urls import local
from suhbat.people.request_origin import at_most
from suhbat.people.seat_rights import HOUSE
from suhbat.public.acts import may_report, waiting_reports
from suhbat.public.web.responses import Asked

ACT = "error.reported"
A_MINUTE = 6


@post("/acts/error.reported", status_code=201, middleware=[at_most(A_MINUTE, "error report")])
async def report(request: Asked, app: App, asker: Asker) -> Response[Any]:
    """Report an error."""
    answer: Response[Any] = await perform.fn(request, app, asker, ACT)
    return answer


@get("/acts/error.reported", sync_to_thread=True)
def report_form(
    request: Asked, app: App, actor: Viewer, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The form for it; whoever would be refused is told so before anything is typed."""
    with app.database.reading() as session:
        waiting = waiting_reports(session, request.query_params.get("page", "/"), app.door.clock())
    may_report(actor, HOUSE, waiting)
    return form_page(request, app, actor, ACT, then)


@get("/reported", sync_to_thread=True)
def reported(
    request: Asked, app: App, actor: Viewer, page: Annotated[str, Parameter(required=False)] = "/"
) -> Response[Any]:
    """Thanks, and the way back."""
    return app.page(request, actor, "public/reported.html", back=local(page[:300], "/"))
