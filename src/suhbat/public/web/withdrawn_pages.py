"""Addresses are permanent: the page of a withdrawn format or meeting says so and names the entry that withdrew it."""

from typing import Any

from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.registry import body_of
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.refusals import not_found
from suhbat.public.web.responses import requested_form
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of

GONE = 410


def gone(app: App, request: AnyRequest, actor: Viewer, session: Session, id_: str) -> Response[Any]:
    """Answer for a format or meeting that is not in the record: 410 if it was withdrawn, else 404."""
    row = session.scalar(
        select(EntryRow)
        .where(
            EntryRow.act == "archive.withdrawn",
            EntryRow.audience == "public",
            EntryRow.format == id_.partition("/")[0],
            EntryRow.meeting == (id_ if "/" in id_ else ""),
        )
        .order_by(EntryRow.number.desc())
        .limit(1)
    )
    if row is None:
        raise not_found()
    why = body_of(entry_of(row)).why
    facts = {"of": id_, "entry": row.number, "time": row.time, "why": why}
    if requested_form(request) != "html":
        return Response({"refused": "withdrawn", **facts}, status_code=GONE)
    return app.page(request, actor, "public/withdrawn.html", GONE, **facts)
