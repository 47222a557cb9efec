"""The HTTP endpoint for acts, the same for pages and programs, and a plain form for every act."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import MediaType, Router, get, post
from litestar.exceptions import HTTPException
from litestar.params import Parameter
from litestar.response import Redirect, Response

from suhbat.acts.app import App, address
from suhbat.acts.assistance import PREPARED, is_preparable
from suhbat.acts.audience_names import AUDIENCE_NAMES
from suhbat.acts.door import Asker, Done, allowed, find_act, place_in
from suhbat.acts.files_of_entries import is_named
from suhbat.acts.forms import fields_of, takes_files
from suhbat.acts.inputs import Input, as_values, read_input, unflatten
from suhbat.acts.refused_form import RefusedForm, on_its_page
from suhbat.acts.registry import REGISTRY, Act
from suhbat.acts.request_bodies import (
    FILE,
    PLAIN,
    PROGRAM,
    WITH_FILES,
    WORDS,
    AnyRequest,
    Pair,
    Upload,
    read_converted,
    read_form,
)
from suhbat.acts.roles_and_seats import ROLE_NAMES, Role, Viewer
from suhbat.ground.language import gettext
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused
from suhbat.ground.urls import local_address
from suhbat.record import blobs
from suhbat.record.upload_receipts import receipt_for

TOLD = {"hidden", "heading", "shown"}
"""Controls in which nobody enters anything."""


@post("/{name:str}", status_code=201)
async def perform(request: AnyRequest, app: App, asker: Asker, name: str) -> Response[Any]:
    """Perform an act. JSON is answered with JSON; a form with a redirect, or with the form again and its faults.

    The person who acts is looked up in the act's own transaction: a seat that was lost a moment before cannot act.
    """
    kind = request.content_type[0]
    if kind == PROGRAM:
        return await _for_program(request, app, asker, name)
    if kind in {PLAIN, WITH_FILES}:
        return await _for_page(request, app, asker, name)
    raise HTTPException(status_code=415, detail=gettext("An act is given as a form or as JSON."))


async def _for_program(request: AnyRequest, app: App, asker: Asker, name: str) -> Response[Any]:
    inputs = await read_converted(
        request, lambda values: read_input(find_act(name, app.settings).input_type, values, lax=False)
    )
    done = await app.door.perform_soon(asker, name, inputs, request.headers.get("idempotency-key"))
    return Response(as_plain(done), status_code=200 if done.repeated else 201, media_type=MediaType.JSON)


async def _for_page(request: AnyRequest, app: App, asker: Asker, name: str) -> Response[Any]:
    act = find_act(name, app.settings)
    max_bytes = WORDS
    if takes_files(act.input_type):  # a person who may not perform it anywhere cannot fill the disk
        await run_sync(_may_somewhere, app, asker, act)
        max_bytes = FILE
    held_files: list[blobs.Held] = []
    try:
        pairs = await _pairs(app, asker, act, await read_form(request, max_bytes), held_files)
        return await _perform_form(request, app, asker, name, pairs)
    finally:
        if held_files:
            await run_sync(_let_go, app, held_files)


async def _perform_form(
    request: AnyRequest, app: App, asker: Asker, name: str, pairs: list[tuple[str, Any]]
) -> Response[Any]:
    act = find_act(name, app.settings)
    then = local_address(next((str(v) for k, v in pairs if k == "then"), ""))
    key = next((str(v) for k, v in pairs if k == "key"), None)
    values: dict[str, Any] = {}
    quiet = "hx-request" in request.headers
    try:
        values = unflatten([(k, v) for k, v in pairs if k not in {"then", "key"}])
        inputs = read_input(act.input_type, values, lax=True)
        done = await _perform_or_prepare(app, asker, name, inputs, key)
    except Refused as refusal:
        if quiet or refusal.kind == Kind.NOT_FOUND:
            raise
        refused = RefusedForm(act.input_type, values, refusal)
        typed = await run_sync(_is_filled_in, app, asker, act, values)
        if page := await on_its_page(request, refused, typed=typed):
            return page
        return await run_sync(_form_again, request, app, asker, name, values, refusal, then)
    if quiet:
        return Response(as_plain(done), status_code=200, media_type=MediaType.JSON)
    return Redirect(address(local_address(str(done.reply.get("then", ""))) or then or "/"), status_code=303)


async def _perform_or_prepare(app: App, asker: Asker, name: str, inputs: Input, key: str | None) -> Done:
    """Perform an act; from an assistant, file its form as prepared for the head."""
    try:
        return await app.door.perform_soon(asker, name, inputs, key)
    except Refused as refusal:
        if refusal.kind != Kind.NOT_ALLOWED or not is_preparable(name):
            raise
        prepared = {"meeting": place_in(inputs)[0], "act": name, "inputs": as_values(inputs)}
        try:
            return await app.door.perform_soon(asker, PREPARED, prepared, key)
        except Refused as second:
            raise (refusal if second.kind == Kind.NOT_ALLOWED else second) from None


async def _pairs(
    app: App, asker: Asker, act: Act[Any], fields: list[Pair], held_files: list[blobs.Held]
) -> list[tuple[str, Any]]:
    """The form's pairs in order. A file is stored under its hash and described by name, size and hash.

    It is added to `held_files`, so that the file of a refused act does not stay on the disk.
    """
    person = ""
    if any(isinstance(value, Upload) and value.file_name for _, value in fields):
        person = await run_sync(_may_file, app, asker, act, {k: v for k, v in fields if isinstance(v, str)})
    pairs: list[tuple[str, Any]] = []
    for name, value in fields:
        if not isinstance(value, Upload):
            pairs.append((name, value))
        elif value.file_name:
            held_files.append(await run_sync(blobs.hold, app.settings.data, value.content))
            receipt = receipt_for(app.settings, held_files[-1].sha256, person)
            pairs.append((name, _described(value, held_files[-1].sha256) | {"receipt": receipt}))
    return pairs


def _may_somewhere(app: App, asker: Asker, act: Act[Any]) -> None:
    """Refuse a person who has no seat anywhere that may perform an act."""
    with app.database.reading() as session:
        actor = asker(session)
    if Role.ANYONE not in act.by and not any(seat.role in act.by for seat in actor.seats):
        allowed(actor, act, "", "")


def _may_file(app: App, asker: Asker, act: Act[Any], values: dict[str, str]) -> str:
    """Refuse a person who may not perform the act here, before a file is stored. Returns the person's id."""
    meeting = values.get("meeting", "")
    with app.database.reading() as session:
        actor = asker(session)
    allowed(actor, act, meeting, values.get("format", "") or meeting.partition("/")[0])
    return actor.id


def _described(file: Upload, sha256: str) -> dict[str, Any]:
    return {"sha256": sha256, "size": len(file.content), "file_name": file.file_name, "media_type": file.media_type}


def _let_go(app: App, held_files: list[blobs.Held]) -> None:
    """Delete the files of a form that no entry names."""
    with app.database.reading() as session:
        for held in held_files:
            blobs.let_go(held, lambda name: is_named(session, name))


@get("/{name:str}", sync_to_thread=True)
def form(
    request: AnyRequest, app: App, actor: Viewer, name: str, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The plain form of an act, with the values from the address."""
    return form_page(request, app, actor, name, then)


def form_page(request: AnyRequest, app: App, actor: Viewer, name: str, then: str) -> Response[Any]:
    """The form of an act as a page, also for packages that serve one of their acts at its own route."""
    values = unflatten([(k, v) for k, v in request.query_params.multi_items() if k != "then"])
    act = find_act(name, app.settings)
    allowed(actor, act, str(values.get("meeting", "")), str(values.get("format", "")))
    return _form(request, app, actor, name, values, None, local_address(then))


@get("/", sync_to_thread=True)
def every_act(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The page of all acts with their rules: what can officially be done here, and by whom."""
    acts = [act for act in REGISTRY.values() if app.settings.rehearsal or not act.rehearsal]
    return app.page(
        request,
        actor,
        "acts/all.html",
        acts=sorted(acts, key=lambda act: act.name),
        audience_names=AUDIENCE_NAMES,
        who=lambda act: in_a_row(str(ROLE_NAMES[role]) for role in sorted(act.by)),
    )


def _is_filled_in(app: App, asker: Asker, act: Act[Any], values: dict[str, Any]) -> bool:
    """Whether a form has something that a person entered, and not only what the form is about."""
    with app.database.reading() as session:
        controls = fields_of(act.input_type, session, asker(session), values, {})
    return any(control.widget not in TOLD and control.name.partition(".")[0] in values for control in controls)


def _form_again(
    request: AnyRequest, app: App, asker: Asker, name: str, values: dict[str, Any], refusal: Refused, then: str
) -> Response[Any]:
    with app.database.reading() as session:
        actor = asker(session)
    return _form(request, app, actor, name, values, refusal, then)


def refused_form(
    request: AnyRequest, app: App, actor: Viewer, name: str, values: dict[str, Any], refusal: Refused, then: str
) -> Response[Any]:
    """The form of an act with the values that it was refused with, for packages that perform it in their own way."""
    return _form(request, app, actor, name, values, refusal, then)


def _form(
    request: AnyRequest, app: App, actor: Viewer, name: str, values: dict[str, Any], refusal: Refused | None, then: str
) -> Response[Any]:
    act = find_act(name, app.settings)
    with app.database.reading() as session:
        controls = fields_of(act.input_type, session, actor, values, refusal.fields if refusal else {})
    names = {control.name for control in controls}
    other_faults = {} if refusal is None else {k: v for k, v in refusal.fields.items() if k not in names}
    return app.page(
        request,
        actor,
        "acts/form.html",
        refusal.status if refusal else 200,
        act=act,
        controls=controls,
        refusal=refusal,
        loose=other_faults,
        then=then,
    )


def as_plain(done: Done) -> dict[str, Any]:
    """A performed act for a program: its entry, and the reply to the actor."""
    return {"entry": done.entry.content(), "reply": done.reply, "repeated": done.repeated}


routes = Router("/acts", route_handlers=[every_act, form, perform])
