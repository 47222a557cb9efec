"""The head's button on a prepared form: the act is performed as the head, and the form waits no longer."""

from typing import Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.response import Redirect
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.pages import refused_form
from suhbat.acts.place_finders import find_place
from suhbat.acts.request_bodies import AnyRequest, read_fields
from suhbat.ground.refusals import Kind, Refused, not_found
from suhbat.people.models import PreparedForm
from suhbat.people.prepared_forms import may_settle, waiting_forms

FORM = "/meetings/{format_id:str}/{slug:str}/prepared/{form:str}"


def _row(session: Session, viewer: Viewer, place_id: str, form: str) -> PreparedForm:
    place, row = find_place(session, place_id), session.get(PreparedForm, form)
    if place is None or row is None:
        raise not_found()
    may_settle(viewer, place, row)
    return row


@get(FORM, sync_to_thread=True)
def look(request: AnyRequest, app: App, actor: Viewer, format_id: str, slug: str, form: str) -> Response[Any]:
    """One form that waits, with what would be entered."""
    with app.database.reading() as session:
        row = _row(session, actor, f"{format_id}/{slug}", form)
        forms = [each for each in waiting_forms(session, actor, row.place) if each.row.id == row.id]
        return app.page(request, actor, "people/prepared_form.html", forms=forms, place=find_place(session, row.place))


@post(FORM)
async def enter(request: AnyRequest, app: App, asker: Asker, format_id: str, slug: str, form: str) -> Response[Any]:
    """Enter a prepared form as the head. A form that is refused is shown again, to be corrected."""
    place_id, key = f"{format_id}/{slug}", (await read_fields(request)).get("key", "")
    name, inputs = await run_sync(_prepared, app, asker, place_id, form)
    settled = {"meeting": place_id, "form": form, "entered": True}
    try:
        await run_sync(
            lambda: app.door.perform_all(asker, [(name, inputs), ("form.settled", settled)], key[:80] or None)
        )
    except Refused as refusal:
        if refusal.kind == Kind.NOT_FOUND:
            raise
        return await run_sync(_again, request, app, asker, name, inputs, refusal)
    return Redirect(address("/me#prepared"), status_code=303)


def _prepared(app: App, asker: Asker, place_id: str, form: str) -> tuple[str, dict[str, Any]]:
    with app.database.reading() as session:
        row = _row(session, asker(session), place_id, form)
        return row.act, dict(row.inputs)


def _again(
    request: AnyRequest, app: App, asker: Asker, name: str, inputs: dict[str, Any], refusal: Refused
) -> Response[Any]:
    with app.database.reading() as session:
        actor = asker(session).viewer
    return refused_form(request, app, actor, name, inputs, refusal, "/me")


routes = [Router("/", route_handlers=[look, enter])]
