"""The page of a meeting's outcomes: the list, and the forms to make and confirm them. Works without a script."""

from litestar import Router, get
from litestar.response import Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.outcomes.outcome_cards import outcomes_shown
from suhbat.record.audiences import PARTICIPANTS


@get("/meetings/{format_:str}/{slug:str}/outcomes", sync_to_thread=True)
def desk(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The outcomes of a meeting: all for participants, the published ones for anyone."""
    with app.database.reading() as session:
        meeting = readable(session, actor, f"{format_}/{slug}")
        return app.page(
            request,
            actor,
            "outcomes/desk.html",
            **outcomes_shown(session, actor, meeting),
        )


def readable(session: Session, actor: Viewer, meeting: str) -> Meeting:
    """The meeting, if the reader takes part in it or it is published."""
    row = session.get(Meeting, meeting)
    takes_part = actor.scope(meeting).sees(PARTICIPANTS)
    if row is None or (row.hidden and not takes_part):
        raise not_found()
    if not takes_part and row.status not in {"published", "reported"}:
        raise not_allowed()
    return row


routes = Router("/", route_handlers=[desk])
