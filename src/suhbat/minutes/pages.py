"""The summary record as a page and as files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from litestar import Router, get
from litestar.response import Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.forms import fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.acts.stored_file_responses import download_headers
from suhbat.ground.language import LANGUAGES
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.minutes.answer_minutes import answers_for
from suhbat.minutes.log_entry_page import entry_page
from suhbat.minutes.minutes_agreement import delegations_of, minutes_of, stands_now, unnamed_heads
from suhbat.minutes.models import Minutes
from suhbat.minutes.print_view import print_view
from suhbat.minutes.record_docx import docx_of
from suhbat.minutes.record_pdf import pdf_of
from suhbat.minutes.summary_record import Document, as_json, document_of
from suhbat.record.audiences import PARTICIPANTS

ADDRESS = "/meetings/{format_:str}/{slug:str}/minutes"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class ReadableMinutes:
    """A summary record that this reader may read; without a document if it is not written yet."""

    session: Session
    meeting: Meeting
    minutes: Minutes | None
    document: Document | None


@contextmanager
def readable_minutes(app: App, actor: Viewer, meeting: str) -> Iterator[ReadableMinutes]:
    """Open a summary record: a published one for anyone, a draft for those who take part in the meeting."""
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
        yield ReadableMinutes(session, row, minutes, document)


@get(ADDRESS, sync_to_thread=True)
def page(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The page of the summary record. A draft can be edited, agreed or objected to, and published here."""
    meeting_id = f"{format_}/{slug}"
    with readable_minutes(app, actor, meeting_id) as readable:
        return app.page(
            request,
            actor,
            "minutes/page.html",
            meeting=readable.meeting,
            minutes=readable.minutes,
            document=readable.document,
            view=print_view(readable.document) if readable.document else None,
            delegations=delegations_of(readable.meeting),
            stands=stands_now(readable.minutes) if readable.minutes else {},
            own_state=answers_for(actor, readable.meeting),
            unnamed=unnamed_heads(readable.meeting),
            unconfirmed=[outcome for outcome in readable.document.outcomes if not outcome.confirmed]
            if readable.document
            else [],
            objection=fields_of(
                REGISTRY["minutes.objected"].input_type,
                readable.session,
                actor,
                {"meeting": meeting_id, "version": readable.minutes.version},
                {},
            )
            if readable.minutes and app.door.offers(actor, "minutes.objected", readable.meeting)
            else [],
            languages=LANGUAGES,
            here=f"/meetings/{meeting_id}/minutes",
        )


@get(f"{ADDRESS}.pdf", sync_to_thread=True)
def as_pdf(app: App, actor: Viewer, format_: str, slug: str) -> Response[bytes]:
    """The summary record as PDF."""
    with readable_minutes(app, actor, f"{format_}/{slug}") as readable:
        document = _document_in(readable)
        return _file(pdf_of(print_view(document), document.date), "application/pdf", document, "pdf")


@get(f"{ADDRESS}.docx", sync_to_thread=True)
def as_word(app: App, actor: Viewer, format_: str, slug: str) -> Response[bytes]:
    """The summary record as a Word file."""
    with readable_minutes(app, actor, f"{format_}/{slug}") as readable:
        document = _document_in(readable)
        return _file(docx_of(print_view(document), document.date), WORD, document, "docx")


@get(f"{ADDRESS}.json", sync_to_thread=True)
def as_data(app: App, actor: Viewer, format_: str, slug: str) -> Response[bytes]:
    """The summary record as JSON, with the hashes of the entries that it is based on."""
    with readable_minutes(app, actor, f"{format_}/{slug}") as readable:
        document = _document_in(readable)
        content = msgspec.json.format(msgspec.json.encode(as_json(readable.session, document)), indent=1)
        return _file(content, "application/json", document, "json")


def _document_in(readable: ReadableMinutes) -> Document:
    """The document; not found if none is written yet."""
    if readable.document is None:
        raise not_found()
    return readable.document


def _file(content: bytes, media_type: str, document: Document, ending: str) -> Response[bytes]:
    """A download with a descriptive name. A draft is not cached by browsers and proxies."""
    name = f"{document.meeting.id.replace('/', '-')}-summary-record"
    if document.published is None:
        name += f"-draft-{document.version}"
    return Response(
        content,
        media_type=media_type,
        headers={
            **download_headers(f"{name}.{ending}", inline=ending != "docx"),
            "cache-control": "public, max-age=300" if document.published else "private, no-store",
        },
    )


routes = Router("/", route_handlers=[page, as_pdf, as_word, as_data, entry_page])
