"""Copies of a text to take away, and Word files that come back."""

from datetime import datetime
from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import get, post
from litestar.params import Parameter
from litestar.response import Redirect, Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.forms import PROVIDERS
from suhbat.acts.request_bodies import FILE, AnyRequest, Upload, read_fields, read_form
from suhbat.acts.roles_and_seats import Viewer
from suhbat.acts.stored_file_responses import download_headers
from suhbat.ground.clock import instant
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid, not_allowed, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record import blobs
from suhbat.record.models import EntryRow
from suhbat.record.upload_receipts import is_receipt, receipt_for
from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.adoption.signatures import signatures_on
from suhbat.texts.adoption.signed_copy import signed_copy
from suhbat.texts.exchange.akoma_ntoso import akoma_ntoso
from suhbat.texts.exchange.copy_pdf import pdf
from suhbat.texts.exchange.docx_copy import word_copy
from suhbat.texts.exchange.docx_export import word_file
from suhbat.texts.exchange.docx_opening import MOST_BYTES
from suhbat.texts.exchange.docx_work import plan_apart, read_apart
from suhbat.texts.exchange.printed_copy import copy_of, plain_text, printed_number
from suhbat.texts.exchange.start_from_word import opening_acts
from suhbat.texts.models import Text
from suhbat.texts.negotiation.open_text import invited_to, may_open
from suhbat.texts.negotiation.propose import may_propose
from suhbat.texts.text_access import only_participants, opened_text, readable_meeting, readable_text, reader_of
from suhbat.texts.view.text_view import Line, sheet_of
from suhbat.texts.wording.bracket_notation import printed
from suhbat.texts.wording.footnotes import Notes
from suhbat.texts.wording.numbering import with_numbers
from suhbat.texts.wording.unicode_cleaning import plainly

TEXT = "/meetings/{format_:str}/{slug:str}/texts/{name:str}"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": WORD, "txt": "text/plain", "xml": "application/akn+xml"}


@get(TEXT + "/copies", sync_to_thread=True)
def copies(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str, name: str) -> Response[str]:
    """Every copy of a text that can be taken away, and the form for a Word file that comes back."""
    with opened_text(app, actor, f"{format_}/{slug}", name) as opened:
        return opened.page(request, "texts/copies.html", sheet=sheet_of(opened.session, opened.text))


@get(TEXT + "/alternat", sync_to_thread=True)
def alternat_page(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    keeper: Annotated[str, Parameter(required=False)] = "",
    to: Annotated[str, Parameter(required=False)] = "",
) -> Response[str]:
    """One party's own copy before it is taken away: what it says, and where it names the parties in its own order."""
    with opened_text(app, actor, f"{format_}/{slug}", name) as opened:
        session, meeting, text = opened.session, opened.meeting, opened.text
        chosen = to if to in text.languages else text.language
        own = actor.delegation_at(meeting.id)
        party = next((state for state in (keeper, own) if state in text.order), text.order[0])
        content = document(session, text)
        printed_copy = copy_of(
            text, content, signatures_on(session, text), meeting.title, language=chosen, keeper=party
        )
        return opened.page(
            request,
            "texts/alternat.html",
            sheet=sheet_of(session, text),
            copy=printed_copy,
            keeper=party,
            chosen=chosen,
            number=printed_number,
        )


@get(TEXT + "/copies/{file:str}", sync_to_thread=True)
def copy(
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    file: str,
    keeper: Annotated[str, Parameter(required=False)] = "",
) -> Response[Any]:
    """One copy: `en.pdf`, `en.docx`, `en.txt`, `en.xml`; `brackets.docx`, `brackets.txt`; `signed.json`."""
    with opened_text(app, actor, f"{format_}/{slug}", name) as opened:
        session, meeting, text = opened.session, opened.meeting, opened.text
        stem, _, kind = file.rpartition(".")
        if keeper and keeper not in text.order:
            raise not_found()
        if file == "signed.json" and text.status == "adopted":
            signed = signed_copy(session, text, app.settings.origin)
            return Response(signed, media_type="application/json", headers=download_headers(f"{name}-signed.json"))
        if stem == "brackets":
            only_participants(actor, meeting.id)
            content = _bracketed(session, text, kind)
        elif stem in {text.language, *text.languages} and kind in TYPES:
            content = _clean(session, text, meeting.title, stem, kind, keeper)
        else:
            raise not_found()
    named = f"{name}-{stem}{'-' + keeper if keeper else ''}.{kind}"
    return Response(content, media_type=TYPES[kind], headers=download_headers(named))


def _file_time(session: Session, text: Text) -> datetime:
    """The date that a copy carries: that of the last change, so that an unchanged text gives the same file."""
    if text.adopted:
        return instant(text.adopted)
    return instant(session.get_one(EntryRow, text.changed).time)


def _bracketed(session: Session, text: Text, kind: str) -> bytes | str:
    sheet = sheet_of(session, text)
    if kind == "docx":
        return word_file(sheet, _file_time(session, text), tracked=True)
    if kind == "txt":
        notes = Notes()

        def line_text(line: Line) -> str:
            return notes.marked(plainly(with_numbers(printed(line.nodes), sheet.leading_labels)))

        lines = [line_text(sheet.title) if sheet.title else text.title]
        lines += [f"{sheet.leading_labels[line.paragraph.id]}. {line_text(line)}" for line in sheet.visible_lines]
        return "\n\n".join(lines) + "\n" + "".join(f"\n{note}" for note in notes.lines()) + "\n" * bool(notes.notes)
    raise not_found()


def _clean(session: Session, text: Text, meeting_title: str, language: str, kind: str, keeper: str) -> bytes | str:
    if kind == "docx" and language == text.language and not text.adopted and not keeper:
        return word_file(sheet_of(session, text), _file_time(session, text), tracked=False)
    content = document(session, text)
    printed_copy = copy_of(text, content, signatures_on(session, text), meeting_title, language=language, keeper=keeper)
    file_time = _file_time(session, text)
    if kind == "pdf":
        return pdf(printed_copy, file_time)
    if kind == "docx":
        return word_copy(printed_copy, file_time)
    if kind == "xml":
        return akoma_ntoso(printed_copy, content, file_time.date().isoformat())
    if kind == "txt":
        return plain_text(printed_copy)
    raise not_found()


async def _uploaded(request: AnyRequest) -> tuple[bytes, dict[str, str]]:
    fields = dict(await read_form(request, FILE))
    upload = fields.get("file")
    if not isinstance(upload, Upload) or not upload.file_name:
        raise invalid(file=lazy("Choose a Word file (.docx)."))
    if len(upload.content) > MOST_BYTES:
        raise invalid(file=lazy("This file is larger than 20 MB."))
    return upload.content, {name: value for name, value in fields.items() if isinstance(value, str)}


@post(TEXT + "/from-word", status_code=200)
async def from_word(request: AnyRequest, app: App, asker: Asker, format_: str, slug: str, name: str) -> Response[Any]:
    """What a delegation's Word file asks for, to be looked at; nothing is done yet."""
    meeting = f"{format_}/{slug}"
    await run_sync(_allowed_to_propose, app, asker, meeting, name)
    content, _fields = await _uploaded(request)
    return await run_sync(_look, request, app, asker, meeting, name, content)


def _seated_to_propose(
    session: Session, app: App, asker: Asker, meeting_id: str, name: str
) -> tuple[Viewer, Meeting, Text]:
    """Whoever may propose by their seat, as they stand now, and the text; refused to all others."""
    actor = asker(session)
    meeting, text = readable_text(session, actor, meeting_id, name)
    only_participants(actor, meeting_id)
    if not app.door.may(actor, "proposal.made", meeting_id):
        raise not_allowed()
    return actor, meeting, text


def _allowed_to_propose(app: App, asker: Asker, meeting_id: str, name: str) -> tuple[Viewer, str]:
    """Whoever may propose in a text now, and the text's id."""
    with app.database.reading() as session:
        actor, meeting, text = _seated_to_propose(session, app, asker, meeting_id, name)
        may_propose(actor, meeting, text)
        return actor, text.id


def _look(request: AnyRequest, app: App, asker: Asker, meeting_id: str, name: str, content: bytes) -> Response[Any]:
    actor, text_id = _allowed_to_propose(app, asker, meeting_id, name)
    plan = plan_apart(app.settings.url, text_id, reader_of(actor, meeting_id).delegation, content)
    preview = blobs.store_preview(app.settings.data, content, app.clock())
    receipt = f"{preview}.{receipt_for(app.settings, preview, actor.id)}"
    with opened_text(app, actor, meeting_id, name) as opened:
        sheet = sheet_of(opened.session, opened.text)
        return opened.page(request, "texts/from_word.html", sheet=sheet, plan=plan, kept=receipt)


@post(TEXT + "/from-word/propose", status_code=303)
async def propose_from_word(
    request: AnyRequest, app: App, asker: Asker, format_: str, slug: str, name: str
) -> Redirect:
    """Make the proposals that the file asks for: all of them, or none where one is refused."""
    fields = await read_fields(request)
    meeting, key = f"{format_}/{slug}", fields.get("key", "")[:80]

    def perform() -> None:
        with app.database.reading() as session:  # the door recognizes a form that is sent twice
            actor, _meeting, text = _seated_to_propose(session, app, asker, meeting, name)
        preview, _, receipt = fields.get("kept", "").partition(".")
        content = blobs.read_preview(app.settings.data, preview)
        if content is None or not is_receipt(app.settings, receipt, preview, actor.id):
            raise out_of_order(lazy("This file is not at hand any more. Look at it once more."))
        plan = plan_apart(app.settings.url, text.id, reader_of(actor, meeting).delegation, content)
        if not plan.intents:
            raise invalid(file=lazy("Nothing in this file asks for a change."))
        acts = [(intent.act, {"meeting": meeting, "text": name, **intent.inputs}) for intent in plan.intents]
        app.door.perform_all(asker, acts, key or None)

    await run_sync(perform)
    return Redirect(address(f"/meetings/{meeting}/texts/{name}"), status_code=303)


@get("/meetings/{format_:str}/{slug:str}/texts-from-word", sync_to_thread=True)
def starting(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The form to begin a text from a Word file."""
    meeting_id = f"{format_}/{slug}"
    with app.database.reading() as session:
        meeting = _meeting_to_open_at(session, app, actor, meeting_id)
        languages = PROVIDERS["text languages"](session, actor, {})
        return app.page(request, actor, "texts/start_from_word.html", meeting=meeting, languages=languages)


@post("/meetings/{format_:str}/{slug:str}/texts-from-word", status_code=303)
async def start(request: AnyRequest, app: App, asker: Asker, format_: str, slug: str) -> Redirect:
    """Begin a text with the paragraphs of a Word file, all its tracked changes accepted."""
    meeting = f"{format_}/{slug}"
    await run_sync(_must_draft, app, asker, meeting)
    content, fields = await _uploaded(request)

    def perform() -> str:
        _must_draft(app, asker, meeting)
        file = read_apart(content)
        with app.database.reading() as session:
            acts = opening_acts(session, meeting, fields, file)
        done = app.door.perform_all(asker, acts, fields.get("key", "")[:80] or None)
        return str(done[0].reply.get("then", "") or f"/meetings/{meeting}/texts")

    return Redirect(address(await run_sync(perform)), status_code=303)


def _must_draft(app: App, asker: Asker, meeting: str) -> None:
    """Refuse whoever may open no text at a meeting now."""
    with app.database.reading() as session:
        _meeting_to_open_at(session, app, asker(session), meeting)


def _meeting_to_open_at(session: Session, app: App, actor: Viewer, meeting_id: str) -> Meeting:
    """The meeting, for whoever may open a text there."""
    meeting = readable_meeting(session, actor, meeting_id)
    if not app.door.may(actor, "text.opened", meeting_id):
        raise not_allowed()
    may_open(actor, meeting, invited_to(session, meeting_id))
    return meeting


handlers: list[Any] = [copies, alternat_page, copy, from_word, propose_from_word, starting, start]
