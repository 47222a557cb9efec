"""The summary record as a page and as files, and single entries of the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request, Router, get
from litestar.response import Response
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.acts.downloads import saved_as
from suhbat.acts.forms import fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.ground.language import LANGUAGES
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.minutes.agreement import delegations_of, minutes_of, stands_now
from suhbat.minutes.answer_minutes import answers_for
from suhbat.minutes.log_entry_page import entry_page
from suhbat.minutes.models import Minutes
from suhbat.minutes.print_view import sheet
from suhbat.minutes.record_docx import word
from suhbat.minutes.record_pdf import pdf
from suhbat.minutes.summary_record import Document, as_json, document_of
from suhbat.record.reading import PARTICIPANTS

Asked = Request[Any, Any, Any]
PLACE = "/meetings/{format_:str}/{slug:str}/minutes"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Read:
    """A summary record that this reader may read; no document where none is written yet."""

    session: Session
    meeting: Meeting
    minutes: Minutes | None
    document: Document | None


@contextmanager
def reading(app: App, actor: Viewer, meeting: str) -> Iterator[Read]:
    """Open a summary record: the published one for anyone, the draft for those who take part in the meeting."""
    with app.database.reading() as session:
        row = session.get(Meeting, meeting)
        takes_part = actor.scope(meeting).sees(PARTICIPANTS)
        if row is None or row.origin != "held" or (row.hidden and not takes_part):
            raise not_found()
        minutes = minutes_of(session, meeting)
        published = minutes is not None and minutes.published is not None
        if not published and not takes_part:
            raise not_allowed()
        document = None
        if minutes is not None:
            document = document_of(session, row, minutes, published_only=published)
        yield Read(session, row, minutes, document)


@get(PLACE, sync_to_thread=True)
def page(request: Asked, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The summary record to read; while it is a draft, to edit, to agree or object to, and to publish."""
    meeting = f"{format_}/{slug}"
    with reading(app, actor, meeting) as read:
        return app.page(
            request,
            actor,
            "minutes/page.html",
            held=read.meeting,
            minutes=read.minutes,
            document=read.document,
            shown=sheet(read.document) if read.document else None,
            everyone=delegations_of(read.meeting),
            stands=stands_now(read.minutes) if read.minutes else {},
            own=answers_for(actor, read.meeting),
            waiting=[leaving for leaving in read.document.outcomes if not leaving.confirmed] if read.document else [],
            objection=fields_of(
                REGISTRY["minutes.objected"].input_type,
                read.session,
                actor,
                {"meeting": meeting, "version": read.minutes.version},
                {},
            )
            if read.minutes and app.door.offers(actor, "minutes.objected", read.meeting)
            else [],
            languages=LANGUAGES,
            here=f"/meetings/{meeting}/minutes",
        )


@get(f"{PLACE}.pdf", sync_to_thread=True)
def as_pdf(app: App, actor: Viewer, format_: str, slug: str) -> Response[bytes]:
    """The summary record as PDF."""
    with reading(app, actor, f"{format_}/{slug}") as read:
        document = _written(read)
        return _file(pdf(sheet(document), document.made), "application/pdf", document, "pdf")


@get(f"{PLACE}.docx", sync_to_thread=True)
def as_word(app: App, actor: Viewer, format_: str, slug: str) -> Response[bytes]:
    """The summary record as a Word file."""
    with reading(app, actor, f"{format_}/{slug}") as read:
        document = _written(read)
        return _file(word(sheet(document), document.made), WORD, document, "docx")


@get(f"{PLACE}.json", sync_to_thread=True)
def as_data(app: App, actor: Viewer, format_: str, slug: str) -> Response[bytes]:
    """The summary record as data, with the hashes of the entries it rests on."""
    with reading(app, actor, f"{format_}/{slug}") as read:
        document = _written(read)
        told = msgspec.json.format(msgspec.json.encode(as_json(read.session, document)), indent=1)
        return _file(told, "application/json", document, "json")


def _written(read: Read) -> Document:
    if read.document is None:
        raise not_found()
    return read.document


def _file(content: bytes, media_type: str, document: Document, ending: str) -> Response[bytes]:
    """A file with a telling name. A draft is kept by nobody on the way."""
    name = f"{document.meeting.id.replace('/', '-')}-summary-record"
    if document.published is None:
        name += f"-draft-{document.version}"
    return Response(
        content,
        media_type=media_type,
        headers={
            **saved_as(f"{name}.{ending}", inline=ending != "docx"),
            "cache-control": "public, max-age=300" if document.published else "private, no-store",
        },
    )


routes = Router("/", route_handlers=[page, as_pdf, as_word, as_data, entry_page])
