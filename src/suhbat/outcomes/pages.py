"""The desk of a meeting's outcomes: the list, what is to be confirmed, and the forms. Works without a script."""

from typing import Any

from litestar import Request, Router, get
from litestar.response import Response
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.outcomes.outcome_cards import AT_WORK, cards, makings, may_not_yet
from suhbat.record.reading import PARTICIPANTS


@get("/meetings/{format_:str}/{slug:str}/outcomes", sync_to_thread=True)
def desk(request: Request[Any, Any, Any], app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The outcomes of a meeting, for those who take part in it; what is published, for anyone."""
    with app.database.reading() as session:
        meeting = readable(session, actor, f"{format_}/{slug}")
        return app.page(
            request,
            actor,
            "outcomes/desk.html",
            outcome_meeting=meeting,
            cards=cards(session, actor, meeting),
            makings=makings(session, actor, meeting),
            not_yet=meeting.status in AT_WORK and may_not_yet(session, actor, meeting),
        )


def readable(session: Session, actor: Viewer, meeting: str) -> Meeting:
    """The meeting, if the reader takes part in it or it is published."""
    found = session.get(Meeting, meeting)
    takes_part = actor.scope(meeting).sees(PARTICIPANTS)
    if found is None or (found.hidden and not takes_part):
        raise not_found()
    if not takes_part and found.status not in {"published", "reported"}:
        raise not_allowed()
    return found


routes = Router("/", route_handlers=[desk])
