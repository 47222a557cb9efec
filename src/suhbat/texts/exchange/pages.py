"""Copies of a text to take away, and Word files that come back."""

from datetime import datetime
from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Request, get, post
from litestar.params import Parameter
from litestar.response import Redirect, Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.downloads import download_headers
from suhbat.acts.request_bodies import FILE, Upload, read_fields, read_form
from suhbat.acts.roles_and_seats import Viewer
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
from suhbat.texts.exchange.docx_package import MOST_BYTES
from suhbat.texts.exchange.docx_work import plan_apart, read_apart
from suhbat.texts.exchange.printed_copy import copy_of, plain_text, printed_number
from suhbat.texts.exchange.start_from_word import opening_acts
from suhbat.texts.models import Text
from suhbat.texts.negotiation.open_text import invited_to, may_open
from suhbat.texts.negotiation.propose import may_propose
from suhbat.texts.text_access import only_participants, readable_meeting, readable_text, reader_of
from suhbat.texts.view.text_view import Line, sheet_of
from suhbat.texts.wording.bracket_notation import printed
from suhbat.texts.wording.footnotes import Notes
from suhbat.texts.wording.numbering import shown
from suhbat.texts.wording.unicode_cleaning import plainly

Asking = Request[Any, Any, Any]
TEXT = "/meetings/{format_:str}/{slug:str}/texts/{name:str}"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": WORD, "txt": "text/plain", "xml": "application/akn+xml"}


@get(TEXT + "/copies", sync_to_thread=True)
def copies(request: Asking, app: App, actor: Viewer, format_: str, slug: str, name: str) -> Response[str]:
    """Every copy of a text that can be taken away, and the way back for a Word file."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        return app.page(
            request,
            actor,
            "texts/copies.html",
            meeting=held,
            sheet=sheet_of(session, text),
            reader=reader_of(actor, meeting),
            here=f"/meetings/{meeting}/texts/{name}",
        )


@get(TEXT + "/alternat", sync_to_thread=True)
def alternat_page(
    request: Asking,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    keeper: Annotated[str, Parameter(required=False)] = "",
    to: Annotated[str, Parameter(required=False)] = "",
) -> Response[str]:
    """One party's own copy before it is taken away: what it says, and where it names the parties in its own order."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        chosen = to if to in text.languages else text.language
        own = actor.delegation_at(meeting)
        party = next((each for each in (keeper, own) if each in text.order), text.order[0])
        content = document(session, text)
        shown_copy = copy_of(text, content, signatures_on(session, text), held.title, language=chosen, keeper=party)
        return app.page(
            request,
            actor,
            "texts/alternat.html",
            meeting=held,
            sheet=sheet_of(session, text),
            copy=shown_copy,
            keeper=party,
            chosen=chosen,
            number=printed_number,
            here=f"/meetings/{meeting}/texts/{name}",
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
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        stem, _, kind = file.rpartition(".")
        if keeper and keeper not in text.order:
            raise not_found()
        if file == "signed.json" and text.state == "adopted":
            signed = signed_copy(session, text, app.settings.origin)
            return Response(signed, media_type="application/json", headers=download_headers(f"{name}-signed.json"))
        if stem == "brackets":
            only_participants(actor, meeting)
            content = _bracketed(session, text, kind)
        elif stem in {text.language, *text.languages} and kind in TYPES:
            content = _clean(session, text, held.title, stem, kind, keeper)
        else:
            raise not_found()
    named = f"{name}-{stem}{'-' + keeper if keeper else ''}.{kind}"
    return Response(content, media_type=TYPES[kind], headers=download_headers(named))


def _made(session: Session, text: Text) -> datetime:
    """The instant a copy bears: that of the last change, so that the same state gives the same file."""
    if text.adopted:
        return instant(text.adopted)
    return instant(session.get_one(EntryRow, text.changed).time)


def _bracketed(session: Session, text: Text, kind: str) -> bytes | str:
    sheet = sheet_of(session, text)
    if kind == "docx":
        return word_file(sheet, _made(session, text), tracked=True)
    if kind == "txt":
        notes = Notes()

        def said(line: Line) -> str:
            return notes.marked(plainly(shown(printed(line.nodes), sheet.said)))

        lines = [said(sheet.title) if sheet.title else text.title]
        lines += [f"{sheet.said[line.paragraph.id]}. {said(line)}" for line in sheet.shown]
        return "\n\n".join(lines) + "\n" + "".join(f"\n{each}" for each in notes.lines()) + "\n" * bool(notes.said)
    raise not_found()


def _clean(session: Session, text: Text, meeting: str, language: str, kind: str, keeper: str) -> bytes | str:
    if kind == "docx" and language == text.language and not text.adopted and not keeper:
        return word_file(sheet_of(session, text), _made(session, text), tracked=False)
    content = document(session, text)
    shown_copy = copy_of(text, content, signatures_on(session, text), meeting, language=language, keeper=keeper)
    made = _made(session, text)
    if kind == "pdf":
        return pdf(shown_copy, made)
    if kind == "docx":
        return word_copy(shown_copy, made)
    if kind == "xml":
        return akoma_ntoso(shown_copy, content, made.date().isoformat())
    if kind == "txt":
        return plain_text(shown_copy)
    raise not_found()


async def _uploaded(request: Asking) -> tuple[bytes, dict[str, str]]:
    fields = dict(await read_form(request, FILE))
    given = fields.get("file")
    if not isinstance(given, Upload) or not given.file_name:
        raise invalid(file=lazy("Choose a Word file (.docx)."))
    if len(given.content) > MOST_BYTES:
        raise invalid(file=lazy("This file is larger than 20 MB."))
    return given.content, {name: value for name, value in fields.items() if isinstance(value, str)}


@post(TEXT + "/from-word", status_code=200)
async def from_word(request: Asking, app: App, asker: Asker, format_: str, slug: str, name: str) -> Response[Any]:
    """What a delegation's Word file asks for, to be looked at; nothing is done yet."""
    meeting = f"{format_}/{slug}"
    await run_sync(_proposing, app, asker, meeting, name)
    content, _given = await _uploaded(request)
    return await run_sync(_look, request, app, asker, meeting, name, content)


def _speaking(session: Session, app: App, asker: Asker, meeting: str, name: str) -> tuple[Viewer, Meeting, Text]:
    """Whoever may propose by their seat, as they stand now, and the text; refused to all others."""
    actor = asker(session)
    held, text = readable_text(session, actor, meeting, name)
    only_participants(actor, meeting)
    if not app.door.may(actor, "proposal.made", meeting):
        raise not_allowed()
    return actor, held, text


def _proposing(app: App, asker: Asker, meeting: str, name: str) -> tuple[Viewer, str]:
    """Whoever may propose in a text now, and the text's id."""
    with app.database.reading() as session:
        actor, held, text = _speaking(session, app, asker, meeting, name)
        may_propose(actor, held, text)
        return actor, text.id


def _look(request: Asking, app: App, asker: Asker, meeting: str, name: str, content: bytes) -> Response[Any]:
    actor, text_id = _proposing(app, asker, meeting, name)
    reader = reader_of(actor, meeting)
    asked = plan_apart(app.settings.url, text_id, reader.delegation, content)
    kept = blobs.store_preview(app.settings.data, content)
    with app.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        sheet = sheet_of(session, text)
        return app.page(
            request,
            actor,
            "texts/from_word.html",
            meeting=held,
            sheet=sheet,
            reader=reader,
            plan=asked,
            kept=f"{kept}.{receipt_for(app.settings, kept, actor.id)}",
            here=f"/meetings/{meeting}/texts/{name}",
        )


@post(TEXT + "/from-word/propose", status_code=303)
async def propose_from_word(request: Asking, app: App, asker: Asker, format_: str, slug: str, name: str) -> Redirect:
    """Make the proposals that the file asks for: all of them, or none where one is refused."""
    given = await read_fields(request)
    meeting, key = f"{format_}/{slug}", given.get("key", "")[:80]

    def perform() -> None:
        with app.database.reading() as session:  # a form that is sent twice is known by the door, whatever came between
            actor, _held, text = _speaking(session, app, asker, meeting, name)
        kept, _, receipt = given.get("kept", "").partition(".")
        content = blobs.read_preview(app.settings.data, kept)
        if content is None or not is_receipt(app.settings, receipt, kept, actor.id):
            raise out_of_order(lazy("This file is not at hand any more. Look at it once more."))
        asked = plan_apart(app.settings.url, text.id, reader_of(actor, meeting).delegation, content)
        if not asked.intents:
            raise invalid(file=lazy("Nothing in this file asks for a change."))
        acts = [(each.act, {"meeting": meeting, "text": name, **each.inputs}) for each in asked.intents]
        app.door.perform_all(asker, acts, key or None)

    await run_sync(perform)
    return Redirect(address(f"/meetings/{meeting}/texts/{name}"), status_code=303)


@get("/meetings/{format_:str}/{slug:str}/texts-from-word", sync_to_thread=True)
def starting(request: Asking, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The form to begin a text from a Word file."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        held = _to_open_at(session, app, actor, meeting)
        return app.page(request, actor, "texts/start_from_word.html", meeting=held)


@post("/meetings/{format_:str}/{slug:str}/texts-from-word", status_code=303)
async def start(request: Asking, app: App, asker: Asker, format_: str, slug: str) -> Redirect:
    """Begin a text with the paragraphs of a Word file, all its tracked changes accepted."""
    meeting = f"{format_}/{slug}"
    await run_sync(_drafting, app, asker, meeting)
    content, given = await _uploaded(request)

    def perform() -> str:
        _drafting(app, asker, meeting)
        file = read_apart(content)
        with app.database.reading() as session:
            acts = opening_acts(session, meeting, given, file)
        done = app.door.perform_all(asker, acts, given.get("key", "")[:80] or None)
        return str(done[0].reply.get("then", "") or f"/meetings/{meeting}/texts")

    return Redirect(address(await run_sync(perform)), status_code=303)


def _drafting(app: App, asker: Asker, meeting: str) -> None:
    """Refuse whoever may open no text at a meeting now."""
    with app.database.reading() as session:
        _to_open_at(session, app, asker(session), meeting)


def _to_open_at(session: Session, app: App, actor: Viewer, meeting: str) -> Meeting:
    """The meeting, for whoever may open a text there."""
    held = readable_meeting(session, actor, meeting)
    if not app.door.may(actor, "text.opened", meeting):
        raise not_allowed()
    may_open(actor, held, invited_to(session, meeting))
    return held


handlers: list[Any] = [copies, alternat_page, copy, from_word, propose_from_word, starting, start]
