"""The one HTTP endpoint for acts: pages and programs alike post here; and a plain form for every act."""

import json
import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, TypeVarTuple, Unpack

import msgspec
from anyio.to_thread import run_sync
from litestar import MediaType, Request, Router, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.params import Parameter
from litestar.response import Redirect, Response
from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from suhbat.acts.actors import ROLE_NAMES, Actor
from suhbat.acts.audiences import AUDIENCE_NAMES
from suhbat.acts.door import Asker, Done, allowed, find
from suhbat.acts.forms import fields_of, takes_files
from suhbat.acts.house import House, address
from suhbat.acts.inputs import read_wish, unflatten
from suhbat.acts.registry import REGISTRY, Act
from suhbat.ground.language import gettext, lazy
from suhbat.ground.lists import in_a_row
from suhbat.ground.refusals import Kind, Refused, invalid
from suhbat.record import blobs
from suhbat.record.models import EntryRow

FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
BIGGEST_JSON = 256 * 1024
"""Bytes of JSON at most: an entry holds 64 kB, and writing it with escapes can take four times that."""
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")
"""One slash, not two, no backslash and no control or blank: browsers read some of these as another host."""

Asked = Request[Any, Any, Any]
Given = TypeVar("Given")
Parts = TypeVarTuple("Parts")


@post("/{name:str}", status_code=201)
async def perform(request: Asked, house: House, asker: Asker, name: str) -> Response[Any]:
    """Perform an act. JSON in gives JSON out; a form gives a redirect, or the form again with what is wrong.

    Who acts is looked up inside the act's own transaction: a seat that is lost a moment before does not act.
    """
    kind = request.content_type[0]
    if kind == "application/json":
        return await _for_program(request, house, asker, name)
    if kind in FORMS:
        return await _for_page(request, house, asker, name)
    raise HTTPException(status_code=415, detail=gettext("An act is given as a form or as JSON."))


async def _for_program(request: Asked, house: House, asker: Asker, name: str) -> Response[Any]:
    body = await request.body()
    if len(body) > BIGGEST_JSON:
        raise HTTPException(status_code=413, detail=gettext("This is too long for one entry of the record."))
    try:
        given = msgspec.json.decode(body)
        json.loads(body, object_pairs_hook=_once)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise invalid(body=lazy("This is no JSON.")) from fault
    if not isinstance(given, dict):
        raise invalid(body=lazy("A JSON object is needed."))
    wish = read_wish(find(name, house.settings).wish, given, lax=False)
    done = await house.door.perform_soon(asker, name, wish, request.headers.get("idempotency-key"))
    return Response(shown(done), status_code=200 if done.repeated else 201, media_type=MediaType.JSON)


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object that says one thing twice (RFC 7493): readers would not agree on what was asked."""
    if len(pairs) != len(names := {name for name, _ in pairs}):
        twice = next(name for name in names if sum(name == each for each, _ in pairs) > 1)
        raise Refused(Kind.INVALID, lazy("This form is not one of ours."), {twice[:80]: lazy("Given twice.")})


async def _for_page(request: Asked, house: House, asker: Asker, name: str) -> Response[Any]:
    known = find(name, house.settings)
    held: list[blobs.Held] = []
    try:
        pairs = await _pairs(request, house, asker, known, held)
        return await _form_given(request, house, asker, name, pairs)
    finally:
        if held:
            await _in_thread(_let_go, house, held)


async def _form_given(
    request: Asked, house: House, asker: Asker, name: str, pairs: list[tuple[str, Any]]
) -> Response[Any]:
    known = find(name, house.settings)
    then = _local(next((str(v) for k, v in pairs if k == "then"), ""))
    key = next((str(v) for k, v in pairs if k == "key"), None)
    given: dict[str, Any] = {}
    quiet = "hx-request" in request.headers
    try:
        given = unflatten([(k, v) for k, v in pairs if k not in {"then", "key"}])
        wish = read_wish(known.wish, given, lax=True)
        done = await house.door.perform_soon(asker, name, wish, key)
    except Refused as refusal:
        if quiet or refusal.kind == Kind.NOT_FOUND:
            raise
        return await _in_thread(_form_again, request, house, asker, name, given, refusal, then)
    if quiet:
        return Response(shown(done), status_code=200, media_type=MediaType.JSON)
    return Redirect(address(_local(str(done.reply.get("then", ""))) or then or "/"), status_code=303)


async def _pairs(
    request: Asked, house: House, asker: Asker, known: Act[Any], held: list[blobs.Held]
) -> list[tuple[str, Any]]:
    """The form's pairs in order; a file is kept under its hash and stands for itself by name, size and hash.

    It is added to `held`, so that the file of an act that is refused does not stay on the disk.
    """
    given = list((await request.form()).multi_items())
    files = [upload for _, upload in given if isinstance(upload, UploadFile) and upload.filename]
    if files:  # nobody fills the disk who may not even ask
        await _in_thread(_may_file, house, asker, known, {k: v for k, v in given if isinstance(v, str)})
    pairs: list[tuple[str, Any]] = []
    for name, each in given:
        if not isinstance(each, UploadFile):
            pairs.append((name, each))
        elif each.filename:
            content = await each.read()
            held.append(await _in_thread(blobs.hold, house.settings.data, content))
            pairs.append((name, _described(each, held[-1].sha256, len(content))))
    return pairs


def _may_file(house: House, asker: Asker, known: Act[Any], given: dict[str, str]) -> None:
    meeting = given.get("meeting", "")
    with house.database.reading() as session:
        allowed(asker(session), known, meeting, given.get("format", "") or meeting.partition("/")[0])


def _described(file: UploadFile, sha256: str, size: int) -> dict[str, Any]:
    return {"sha256": sha256, "size": size, "file_name": file.filename, "media_type": file.content_type}


def _let_go(house: House, held: list[blobs.Held]) -> None:
    """Leave on the disk what an entry names, and nothing else of what came with a form."""
    with house.database.reading() as session:
        for each in held:
            blobs.let_go(each, lambda name: _is_named(session, name))


def _is_named(session: Session, sha256: str) -> bool:
    taking = [name for name, known in REGISTRY.items() if takes_files(known.wish)]
    named = select(EntryRow.number).where(EntryRow.act.in_(taking), cast(EntryRow.body, Text).contains(sha256))
    return session.scalar(named.limit(1)) is not None


@get("/{name:str}", sync_to_thread=True)
def form(
    request: Asked, house: House, actor: Actor, name: str, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The plain form of an act, filled with what the address gives."""
    return form_page(request, house, actor, name, then)


def form_page(request: Asked, house: House, actor: Actor, name: str, then: str) -> Response[Any]:
    """The form of an act as a page; for rooms that give one of their acts a door of its own."""
    given = unflatten([(k, v) for k, v in request.query_params.multi_items() if k != "then"])
    known = find(name, house.settings)
    allowed(actor, known, str(given.get("meeting", "")), str(given.get("format", "")))
    return _form(request, house, actor, name, given, None, _local(then))


@get("/", sync_to_thread=True)
def every_act(request: Asked, house: House, actor: Actor) -> Response[Any]:
    """All acts with their rules: what can officially be done here, and by whom."""
    known = [each for each in REGISTRY.values() if house.settings.rehearsal or not each.rehearsal]
    return house.page(
        request,
        actor,
        "acts/all.html",
        acts=sorted(known, key=lambda each: each.name),
        audience_names=AUDIENCE_NAMES,
        who=lambda act: in_a_row(str(ROLE_NAMES[role]) for role in sorted(act.by)),
    )


def _form_again(
    request: Asked, house: House, asker: Asker, name: str, given: dict[str, Any], refusal: Refused, then: str
) -> Response[Any]:
    with house.database.reading() as session:
        actor = asker(session)
    return _form(request, house, actor, name, given, refusal, then)


def _form(
    request: Asked, house: House, actor: Actor, name: str, given: dict[str, Any], refusal: Refused | None, then: str
) -> Response[Any]:
    known = find(name, house.settings)
    with house.database.reading() as session:
        controls = fields_of(known.wish, session, actor, given, refusal.fields if refusal else {})
    named = {control.name for control in controls}
    loose = {} if refusal is None else {k: v for k, v in refusal.fields.items() if k not in named}
    return house.page(
        request,
        actor,
        "acts/form.html",
        refusal.status if refusal else 200,
        act=known,
        controls=controls,
        refusal=refusal,
        loose=loose,
        then=then,
    )


def shown(done: Done) -> dict[str, Any]:
    """An act that was performed, for a program: its entry, and what the actor is told."""
    return {"entry": done.entry.content(), "reply": done.reply, "repeated": done.repeated}


def _local(then: str) -> str:
    """An address of this house, or nothing: nobody is sent elsewhere by a form."""
    return then if _LOCAL.fullmatch(then) else ""


async def _in_thread(work: Callable[[Unpack[Parts]], Given], *arguments: *Parts) -> Given:
    return await run_sync(work, *arguments)


routes = Router("/acts", route_handlers=[every_act, form, perform])
