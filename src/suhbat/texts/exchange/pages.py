"""Copies of a text to take away, and Word files that come back."""

import hashlib
from datetime import datetime
from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.params import Parameter
from litestar.response import Redirect, Response
from sqlalchemy.orm import Session

from suhbat.acts.actors import STAFF, Actor
from suhbat.acts.house import House, address
from suhbat.ground.clock import instant
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid, not_allowed, not_found
from suhbat.record import blobs
from suhbat.record.models import EntryRow
from suhbat.texts.content import document
from suhbat.texts.exchange.akoma_ntoso import akoma_ntoso
from suhbat.texts.exchange.copy import copy_of, plain_text, printed_number
from suhbat.texts.exchange.opening_files import MOST_BYTES
from suhbat.texts.exchange.pdf import pdf
from suhbat.texts.exchange.starting import opening_acts
from suhbat.texts.exchange.taking_in import plan
from suhbat.texts.exchange.word_copy import word_copy
from suhbat.texts.exchange.word_in import read_word
from suhbat.texts.exchange.word_out import word_file
from suhbat.texts.looking import note_what_held, only_participants, readable_meeting, readable_text, reader_of
from suhbat.texts.models import Text
from suhbat.texts.sheet import Line, sheet_of
from suhbat.texts.signing import signatures_on
from suhbat.texts.verifying import signed_copy
from suhbat.texts.wording.cleaning import plainly
from suhbat.texts.wording.footnotes import Notes
from suhbat.texts.wording.notation import printed
from suhbat.texts.wording.numbering import shown

Asking = Request[Any, Any, Any]
TEXT = "/meetings/{format_:str}/{slug:str}/texts/{name:str}"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": WORD, "txt": "text/plain", "xml": "application/akn+xml"}


@get(TEXT + "/copies", sync_to_thread=True)
def copies(request: Asking, house: House, actor: Actor, format_: str, slug: str, name: str) -> Response[str]:
    """Every copy of a text that can be taken away, and the way back for a Word file."""
    meeting = f"{format_}/{slug}"
    note_what_held(house, meeting)
    with house.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        return house.page(
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
    house: House,
    actor: Actor,
    format_: str,
    slug: str,
    name: str,
    keeper: Annotated[str, Parameter(required=False)] = "",
    to: Annotated[str, Parameter(required=False)] = "",
) -> Response[str]:
    """One party's own copy before it is taken away: what it says, and where it names the parties in its own order."""
    meeting = f"{format_}/{slug}"
    note_what_held(house, meeting)
    with house.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        chosen = to if to in text.languages else text.language
        own = actor.delegation_at(meeting)
        party = next((each for each in (keeper, own) if each in text.order), text.order[0])
        content = document(session, text)
        shown_copy = copy_of(text, content, signatures_on(session, text), held.title, language=chosen, keeper=party)
        return house.page(
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
    house: House,
    actor: Actor,
    format_: str,
    slug: str,
    name: str,
    file: str,
    keeper: Annotated[str, Parameter(required=False)] = "",
) -> Response[Any]:
    """One copy: `en.pdf`, `en.docx`, `en.txt`, `en.xml`; `brackets.docx`, `brackets.txt`; `signed.json`."""
    meeting = f"{format_}/{slug}"
    note_what_held(house, meeting)
    with house.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        stem, _, kind = file.rpartition(".")
        if file == "signed.json" and text.state == "adopted":
            disposition = {"content-disposition": f'attachment; filename="{name}-signed.json"'}
            signed = signed_copy(session, text, house.settings.origin)
            return Response(signed, media_type="application/json", headers=disposition)
        if stem == "brackets":
            only_participants(actor, meeting)
            content = _bracketed(session, text, kind)
        elif stem in {text.language, *text.languages} and kind in TYPES:
            content = _clean(session, text, held.title, stem, kind, keeper)
        else:
            raise not_found()
    named = f"{name}-{stem}{'-' + keeper if keeper else ''}.{kind}"
    disposition = {"content-disposition": f'attachment; filename="{named}"'}
    return Response(content, media_type=TYPES[kind], headers=disposition)


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
    form = await request.form()
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        raise invalid(file=lazy("Choose a Word file (.docx)."))
    content = await given.read()
    if len(content) > MOST_BYTES:
        raise invalid(file=lazy("This file is larger than 20 MB."))
    return content, {key: str(value) for key, value in form.items() if key != "file"}


@post(TEXT + "/from-word", status_code=200)
async def from_word(request: Asking, house: House, actor: Actor, format_: str, slug: str, name: str) -> Response[Any]:
    """What a delegation's Word file asks for, to be looked at; nothing is done yet."""
    content, _given = await _uploaded(request)
    return await run_sync(_look, request, house, actor, f"{format_}/{slug}", name, content)


def _look(request: Asking, house: House, actor: Actor, meeting: str, name: str, content: bytes) -> Response[Any]:
    reader = reader_of(actor, meeting)
    with house.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        only_participants(actor, meeting)
        if not reader.speaks:
            raise not_allowed()
        sheet = sheet_of(session, text)
        asked = plan(session, sheet, read_word(content), reader.delegation)
        return house.page(
            request,
            actor,
            "texts/from_word.html",
            meeting=held,
            sheet=sheet,
            reader=reader,
            plan=asked,
            kept=blobs.keep(house.settings.data, content),
            here=f"/meetings/{meeting}/texts/{name}",
        )


@post(TEXT + "/from-word/propose", status_code=303)
async def propose_from_word(
    request: Asking, house: House, actor: Actor, format_: str, slug: str, name: str
) -> Redirect:
    """Make the proposals that the file asks for: all of them, or none where one is refused."""
    form = await request.form()
    meeting, kept, key = f"{format_}/{slug}", str(form.get("kept", "")), str(form.get("key", ""))[:80]

    def perform() -> None:
        reader = reader_of(actor, meeting)
        try:
            content = blobs.where(house.settings.data, kept).read_bytes()
        except (ValueError, OSError):
            raise not_found() from None
        if not reader.speaks or hashlib.sha256(content).hexdigest() != kept:
            raise not_allowed()
        with house.database.reading() as session:
            _held, text = readable_text(session, actor, meeting, name)
            asked = plan(session, sheet_of(session, text), read_word(content), reader.delegation)
        if not asked.intents:
            raise invalid(file=lazy("Nothing in this file asks for a change."))
        acts = [(each.act, {"meeting": meeting, "text": name, **each.wish}) for each in asked.intents]
        house.door.perform_all(actor, acts, key or None)

    await run_sync(perform)
    return Redirect(address(f"/meetings/{meeting}/texts/{name}"), status_code=303)


@get("/meetings/{format_:str}/{slug:str}/texts-from-word", sync_to_thread=True)
def starting(request: Asking, house: House, actor: Actor, format_: str, slug: str) -> Response[str]:
    """The form to begin a text from a Word file."""
    meeting = f"{format_}/{slug}"
    with house.database.reading() as session:
        held = readable_meeting(session, actor, meeting)
        if actor.seat_for(STAFF, meeting) is None:
            raise not_allowed()
        return house.page(request, actor, "texts/start_from_word.html", meeting=held)


@post("/meetings/{format_:str}/{slug:str}/texts-from-word", status_code=303)
async def start(request: Asking, house: House, actor: Actor, format_: str, slug: str) -> Redirect:
    """Begin a text with the paragraphs of a Word file, all its tracked changes accepted."""
    content, given = await _uploaded(request)
    meeting = f"{format_}/{slug}"

    def perform() -> str:
        with house.database.reading() as session:
            readable_meeting(session, actor, meeting)
            acts = opening_acts(session, meeting, given, read_word(content))
        done = house.door.perform_all(actor, acts, given.get("key", "")[:80] or None)
        return str(done[0].reply.get("then", "") or f"/meetings/{meeting}/texts")

    return Redirect(address(await run_sync(perform)), status_code=303)


handlers: list[Any] = [copies, alternat_page, copy, from_word, propose_from_word, starting, start]
