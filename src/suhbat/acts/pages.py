"""The one HTTP endpoint for acts: pages and programs alike post here; and a plain form for every act."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import MediaType, Request, Router, get, post
from litestar.exceptions import HTTPException
from litestar.params import Parameter
from litestar.response import Redirect, Response

from suhbat.acts.actors import ROLE_NAMES, Role, Viewer
from suhbat.acts.audiences import AUDIENCE_NAMES
from suhbat.acts.bodies import FILE, PLAIN, PROGRAM, WITH_FILES, WORDS, Pair, Upload, form_of, made_of
from suhbat.acts.door import Asker, Done, allowed, find
from suhbat.acts.forms import fields_of, takes_files
from suhbat.acts.house import House, address
from suhbat.acts.inputs import read_wish, unflatten
from suhbat.acts.named_files import is_named
from suhbat.acts.registry import REGISTRY, Act
from suhbat.ground.language import gettext
from suhbat.ground.lists import in_a_row
from suhbat.ground.refusals import Kind, Refused
from suhbat.ground.urls import local
from suhbat.record import blobs
from suhbat.record.receipts import receipt_for

Asked = Request[Any, Any, Any]


@post("/{name:str}", status_code=201)
async def perform(request: Asked, house: House, asker: Asker, name: str) -> Response[Any]:
    """Perform an act. JSON in gives JSON out; a form gives a redirect, or the form again with what is wrong.

    Who acts is looked up inside the act's own transaction: a seat that is lost a moment before does not act.
    """
    kind = request.content_type[0]
    if kind == PROGRAM:
        return await _for_program(request, house, asker, name)
    if kind in {PLAIN, WITH_FILES}:
        return await _for_page(request, house, asker, name)
    raise HTTPException(status_code=415, detail=gettext("An act is given as a form or as JSON."))


async def _for_program(request: Asked, house: House, asker: Asker, name: str) -> Response[Any]:
    wish = await made_of(request, lambda given: read_wish(find(name, house.settings).wish, given, lax=False))
    done = await house.door.perform_soon(asker, name, wish, request.headers.get("idempotency-key"))
    return Response(shown(done), status_code=200 if done.repeated else 201, media_type=MediaType.JSON)


async def _for_page(request: Asked, house: House, asker: Asker, name: str) -> Response[Any]:
    known = find(name, house.settings)
    most = WORDS
    if takes_files(known.wish):  # nobody fills the disk who may perform it nowhere
        await run_sync(_may_somewhere, house, asker, known)
        most = FILE
    held: list[blobs.Held] = []
    try:
        pairs = await _pairs(house, asker, known, await form_of(request, most), held)
        return await _form_given(request, house, asker, name, pairs)
    finally:
        if held:
            await run_sync(_let_go, house, held)


async def _form_given(
    request: Asked, house: House, asker: Asker, name: str, pairs: list[tuple[str, Any]]
) -> Response[Any]:
    known = find(name, house.settings)
    then = local(next((str(v) for k, v in pairs if k == "then"), ""))
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
        return await run_sync(_form_again, request, house, asker, name, given, refusal, then)
    if quiet:
        return Response(shown(done), status_code=200, media_type=MediaType.JSON)
    return Redirect(address(local(str(done.reply.get("then", ""))) or then or "/"), status_code=303)


async def _pairs(
    house: House, asker: Asker, known: Act[Any], given: list[Pair], held: list[blobs.Held]
) -> list[tuple[str, Any]]:
    """The form's pairs in order; a file is kept under its hash and stands for itself by name, size and hash.

    It is added to `held`, so that the file of an act that is refused does not stay on the disk.
    """
    person = ""
    if any(isinstance(each, Upload) and each.file_name for _, each in given):
        person = await run_sync(_may_file, house, asker, known, {k: v for k, v in given if isinstance(v, str)})
    pairs: list[tuple[str, Any]] = []
    for name, each in given:
        if not isinstance(each, Upload):
            pairs.append((name, each))
        elif each.file_name:
            held.append(await run_sync(blobs.hold, house.settings.data, each.content))
            receipt = receipt_for(house.settings, held[-1].sha256, person)
            pairs.append((name, _described(each, held[-1].sha256) | {"receipt": receipt}))
    return pairs


def _may_somewhere(house: House, asker: Asker, known: Act[Any]) -> None:
    """Refuse whoever has no seat anywhere that may perform an act."""
    with house.database.reading() as session:
        actor = asker(session)
    if Role.ANYONE not in known.by and not any(seat.role in known.by for seat in actor.seats):
        allowed(actor, known, "", "")


def _may_file(house: House, asker: Asker, known: Act[Any], given: dict[str, str]) -> str:
    """Refuse whoever may not perform the act here, before a file is kept; the id of whoever may."""
    meeting = given.get("meeting", "")
    with house.database.reading() as session:
        actor = asker(session)
    allowed(actor, known, meeting, given.get("format", "") or meeting.partition("/")[0])
    return actor.id


def _described(file: Upload, sha256: str) -> dict[str, Any]:
    return {"sha256": sha256, "size": len(file.content), "file_name": file.file_name, "media_type": file.media_type}


def _let_go(house: House, held: list[blobs.Held]) -> None:
    """Leave on the disk what an entry names, and nothing else of what came with a form."""
    with house.database.reading() as session:
        for each in held:
            blobs.let_go(each, lambda name: is_named(session, name))


@get("/{name:str}", sync_to_thread=True)
def form(
    request: Asked, house: House, actor: Viewer, name: str, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The plain form of an act, filled with what the address gives."""
    return form_page(request, house, actor, name, then)


def form_page(request: Asked, house: House, actor: Viewer, name: str, then: str) -> Response[Any]:
    """The form of an act as a page; for rooms that give one of their acts a door of its own."""
    given = unflatten([(k, v) for k, v in request.query_params.multi_items() if k != "then"])
    known = find(name, house.settings)
    allowed(actor, known, str(given.get("meeting", "")), str(given.get("format", "")))
    return _form(request, house, actor, name, given, None, local(then))


@get("/", sync_to_thread=True)
def every_act(request: Asked, house: House, actor: Viewer) -> Response[Any]:
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
    request: Asked, house: House, actor: Viewer, name: str, given: dict[str, Any], refusal: Refused | None, then: str
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


routes = Router("/acts", route_handlers=[every_act, form, perform])
