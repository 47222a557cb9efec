"""Addresses are for good: what was withdrawn from the public record says so where it stood, and which entry did it."""

from typing import Any

from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.ground.refusals import not_found
from suhbat.public.web.responses import Asked, wanted
from suhbat.record.models import EntryRow

GONE = 410


def gone(app: App, request: Asked, actor: Viewer, session: Session, of: str) -> Response[Any]:
    """The page of a format or meeting that is no longer in the record; there was never one: not found (404)."""
    found = session.scalar(
        select(EntryRow)
        .where(
            EntryRow.act == "archive.withdrawn",
            EntryRow.audience == "public",
            EntryRow.format == of.partition("/")[0],
            EntryRow.meeting == (of if "/" in of else ""),
        )
        .order_by(EntryRow.number.desc())
        .limit(1)
    )
    if found is None:
        raise not_found()
    facts = {"of": of, "entry": found.number, "time": found.time, "why": str(found.body.get("why") or "")}
    if wanted(request) != "html":
        return Response({"refused": "withdrawn", **facts}, status_code=GONE)
    return app.page(request, actor, "public/withdrawn.html", GONE, **facts)
