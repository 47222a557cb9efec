"""Many invitations from a table: the form, the preview of every row, and the links, which are shown once."""

from collections.abc import Callable
from typing import Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.app import App
from suhbat.acts.bodies import read_body
from suhbat.acts.door import Asker, Done
from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.request_bodies import FILE, WORDS, AnyRequest, Upload, read_form
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, ROLE_NAMES, Role
from suhbat.acts.stored_file_responses import download_headers
from suhbat.ground.language import LANGUAGES, Lazy, gettext, lazy
from suhbat.ground.refusals import Kind, Refused, invalid, not_allowed, not_found, out_of_order
from suhbat.ground.sheets.sheet_headings import headed
from suhbat.ground.sheets.sheet_reading import read_sheet
from suhbat.ground.sheets.sheet_writing import CSV, XLSX, csv_file, template_rows, xlsx_file
from suhbat.people.choices import languages
from suhbat.people.invitation_table import FIELDS, InvitationPlan, PlannedRow, plan_invitations, rows_as_table
from suhbat.people.invited_twice import known_seats
from suhbat.people.letter_contents import letter_language
from suhbat.people.many_letters import OWN, ToSend, letters_page, send_letters
from suhbat.people.meeting_lookups import KnownPerson, earlier_people, is_draft
from suhbat.people.queries import holders_of
from suhbat.people.request_origin import PRIVATE
from suhbat.people.seat_managers import Standing, standing
from suhbat.people.seats import SOLE, Offer, SeatOffered, may_offer
from suhbat.record import blobs
from suhbat.record.upload_receipts import is_receipt, receipt_for

MEETING, FORMAT = "/meetings/{format_id:str}/{slug:str}/people/table", "/formats/{format_id:str}/people/table"
MOST_AT_ONCE = 200
"""Invitations in one transaction: nobody else can act as long as it lasts."""
COLUMN = "column-"
"""The beginning of the names of the fields that say what a column is."""


@get(MEETING, sync_to_thread=True)
def form_of_meeting(request: AnyRequest, app: App, actor: Viewer, format_id: str, slug: str) -> Response[Any]:
    """The form for a table of people at a meeting."""
    return _form_page(request, app, actor, _id(format_id, slug))


@get(FORMAT, sync_to_thread=True)
def form_of_format(request: AnyRequest, app: App, actor: Viewer, format_id: str) -> Response[Any]:
    """The form for a table of people in a format."""
    return _form_page(request, app, actor, format_id)


@get(f"{MEETING}/template.csv", sync_to_thread=True)
def csv_of_meeting(app: App, actor: Viewer, format_id: str, slug: str) -> Response[bytes]:
    """The table to fill in, as CSV."""
    return _template(app, actor, _id(format_id, slug), "csv")


@get(f"{FORMAT}/template.csv", sync_to_thread=True)
def csv_of_format(app: App, actor: Viewer, format_id: str) -> Response[bytes]:
    """The table to fill in, as CSV."""
    return _template(app, actor, format_id, "csv")


@get(f"{MEETING}/template.xlsx", sync_to_thread=True)
def xlsx_of_meeting(app: App, actor: Viewer, format_id: str, slug: str) -> Response[bytes]:
    """The table to fill in, for Excel."""
    return _template(app, actor, _id(format_id, slug), "xlsx")


@get(f"{FORMAT}/template.xlsx", sync_to_thread=True)
def xlsx_of_format(app: App, actor: Viewer, format_id: str) -> Response[bytes]:
    """The table to fill in, for Excel."""
    return _template(app, actor, format_id, "xlsx")


@post([MEETING, FORMAT], status_code=200)
async def look(request: AnyRequest, app: App, asker: Asker, format_id: str, slug: str = "") -> Response[Any]:
    """Every row of a table, with its faults; nothing is done yet."""
    place_id = _id(format_id, slug)
    await run_sync(_inviting, app, asker, place_id)
    pairs = list(await read_form(request, FILE))
    fields: dict[str, Any] = dict(pairs)
    fields["known"] = [value for name, value in pairs if name == "known"]
    return await run_sync(_look, request, app, asker, place_id, fields)


@post([f"{MEETING}/invite", f"{FORMAT}/invite"], status_code=200)
async def invite(request: AnyRequest, app: App, asker: Asker, format_id: str, slug: str = "") -> Response[Any]:
    """Perform the good rows of a table: all of them, or none where one is refused."""
    place_id = _id(format_id, slug)
    await run_sync(_inviting, app, asker, place_id)
    pairs = [(name, value) for name, value in await read_form(request, WORDS) if isinstance(value, str)]
    fields: dict[str, Any] = dict(pairs)
    fields["anyway"] = [value for name, value in pairs if name == "anyway"]
    return await run_sync(_perform, request, app, asker, place_id, fields)


def _id(format_id: str, slug: str) -> str:
    return f"{format_id}/{slug}" if slug else format_id


def _may_invite(session: Session, app: App, viewer: Viewer, place_id: str) -> tuple[Place, Standing]:
    """The place and the viewer's standing there; refused to whoever may not invite now."""
    place, here = find_place(session, place_id), standing(session, viewer, place_id)
    if place is None or not (here or viewer.roles_at(place_id) & PARTICIPANT_ROLES):
        raise not_found()
    meeting, format_ = (place_id, "") if "/" in place_id else ("", place_id)
    if not app.door.may(viewer, "seat.offered", meeting, format_):
        raise not_allowed()
    may_offer(viewer, place, here)
    return place, here


def _inviting(app: App, asker: Asker, place_id: str) -> Viewer:
    """Whoever asks, as they stand now; refused to whoever may not invite."""
    with app.database.reading() as session:
        actor = asker(session)
        _may_invite(session, app, actor, place_id)
        return actor


def _form_page(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    place_id: str,
    fault: Lazy | str = "",
    status: int = 200,
    rows: str = "",
) -> Response[Any]:
    with app.database.reading() as session:
        place, here = _may_invite(session, app, actor, place_id)
        page = app.page(
            request,
            actor,
            "people/table.html",
            status,
            place=place,
            table_fault=fault,
            table_rows=rows,
            known=_not_yet_invited(session, actor, here),
            draft=is_draft(session, place_id),
            role_names=ROLE_NAMES,
        )
    page.headers.update(PRIVATE)
    return page


def _not_yet_invited(session: Session, viewer: Viewer, here: Standing) -> list[KnownPerson]:
    """Those known from earlier meetings, without those who are invited here, and heads whose place is taken."""
    seats, heads = known_seats(session, viewer, here), holders_of(session, here.place, SOLE)
    return [
        person
        for person in earlier_people(session, viewer, here.place)
        if (person.role, person.state) not in heads and not seats.question(person.name, person.state, Role(person.role))
    ]


def _look(request: AnyRequest, app: App, asker: Asker, place_id: str, fields: dict[str, Any]) -> Response[Any]:
    """The preview of the rows; or the form again, with the people who were ticked as rows that can be completed."""
    actor = _inviting(app, asker, place_id)
    with app.database.reading() as session:
        known = {person.key: person for person in earlier_people(session, actor, place_id)}
    ticked = [known[key] for key in fields["known"] if key in known]
    if not ticked:
        return _preview(request, app, asker, place_id, fields)
    rows: list[dict[str, str]] = []
    if _gives_table(fields):
        try:
            rows = [dict(row.values) for row in headed(read_sheet(_content(app, actor, fields)), FIELDS).rows]
        except Refused as refusal:
            if "file" not in refusal.fields:
                raise
            return _form_page(request, app, actor, place_id, refusal.fields["file"], refusal.status)
    rows += [
        {"name": one.name, "office": one.office, "role": str(ROLE_NAMES[Role(one.role)]), "state": one.state}
        for one in ticked
    ]
    return _form_page(request, app, actor, place_id, rows=rows_as_table(rows))


def _template(app: App, actor: Viewer, place_id: str, kind: str) -> Response[bytes]:
    with app.database.reading() as session:
        _may_invite(session, app, actor, place_id)
    rows = template_rows(FIELDS)
    content, media_type = (csv_file(rows), CSV) if kind == "csv" else (xlsx_file(rows), XLSX)
    return Response(content, media_type=media_type, headers={**download_headers(f"people.{kind}"), **PRIVATE})


def _preview(
    request: AnyRequest, app: App, asker: Asker, place_id: str, fields: dict[str, Any], notice: Lazy | str = ""
) -> Response[Any]:
    actor = _inviting(app, asker, place_id)
    try:
        content = _content(app, actor, fields)
        plan, place = _plan(app, actor, place_id, content, fields)
    except Refused as refusal:
        if refusal.kind != Kind.INVALID or "file" not in refusal.fields:
            raise
        return _form_page(request, app, actor, place_id, refusal.fields["file"], refusal.status)
    name = blobs.store_preview(app.settings.data, content, app.clock())
    with app.database.reading() as session:
        page = app.page(
            request,
            actor,
            "people/table_rows.html",
            409 if notice else 200,
            place=place,
            plan=plan,
            fields=FIELDS,
            role_names=ROLE_NAMES,
            kept=f"{name}.{receipt_for(app.settings, name, actor.id)}",
            notice=notice,
            most=MOST_AT_ONCE,
            languages=[(OWN, gettext("Each delegation’s own")), *languages(session, actor, {})],
        )
    page.headers.update(PRIVATE)
    return page


def _gives_table(fields: dict[str, Any]) -> bool:
    upload, pasted = fields.get("file"), fields.get("rows")
    return (isinstance(upload, Upload) and bool(upload.file_name)) or (isinstance(pasted, str) and bool(pasted.strip()))


def _content(app: App, actor: Viewer, fields: dict[str, Any]) -> bytes:
    """The bytes of the table: a file, rows that were pasted, or what was looked at before."""
    upload, pasted, kept = fields.get("file"), fields.get("rows"), fields.get("kept")
    if isinstance(upload, Upload) and upload.file_name:
        return upload.content
    if isinstance(pasted, str) and pasted.strip():
        return pasted.encode("utf-8-sig", "replace")
    if isinstance(kept, str) and kept:
        return _kept(app, actor, kept)
    raise invalid(file=lazy("Choose a file, or paste rows."))


def _kept(app: App, actor: Viewer, kept: str) -> bytes:
    name, _, receipt = kept.partition(".")
    content = blobs.read_preview(app.settings.data, name)
    if content is None or not is_receipt(app.settings, receipt, name, actor.id):
        raise out_of_order(lazy("This file is not at hand any more. Look at it once more."))
    return content


def _plan(
    app: App, actor: Viewer, place_id: str, content: bytes, fields: dict[str, Any]
) -> tuple[InvitationPlan, Place]:
    table = headed(read_sheet(content), FIELDS, _chosen(fields))
    with app.database.reading() as session:
        place, here = _may_invite(session, app, actor, place_id)
        return plan_invitations(session, app.clock(), here, place, table, _names_of_state(app)), place


def _chosen(fields: dict[str, Any]) -> dict[int, str]:
    """The field of each column as the user has chosen it; empty if the headings are to say it."""
    return {
        int(number): str(value)
        for name, value in fields.items()
        if name.startswith(COLUMN) and (number := name.removeprefix(COLUMN)[:3]).isdecimal()
    }


def _names_of_state(app: App) -> Callable[[str], list[str]]:
    filters = app.templates.filters
    return lambda code: [str(filters[name](code)) for name in ("state", "state_formal") if name in filters]


def _perform(request: AnyRequest, app: App, asker: Asker, place_id: str, fields: dict[str, Any]) -> Response[Any]:
    actor = _inviting(app, asker, place_id)
    kept = str(fields.get("kept", ""))
    plan, place = _plan(app, actor, place_id, _kept(app, actor, kept), fields)
    ticked = fields.get("anyway", [])
    rows = [*plan.good, *(row for row in plan.asked if str(row.number) in ticked)]
    if not rows or len(rows) > MOST_AT_ONCE or fields.get("number") != str(len(plan.good)):
        notice = lazy("Something has changed since you looked. Look at the rows again.")
        return _preview(request, app, asker, place_id, fields, notice)
    code = str(fields.get("language", OWN))
    offers = [
        msgspec.structs.replace(row.offer, mail="", anyway=True, language=_code(code, row.offer.state))
        for row in rows
        if row.offer
    ]
    key = str(fields.get("key", ""))[:80] or None
    done = app.door.perform_all(asker, [("seat.offered", offer) for offer in offers], key)
    blobs.drop_preview(app.settings.data, kept.partition(".")[0])
    letters = [] if done[0].repeated else [_to_send(*each) for each in zip(rows, offers, done, strict=True)]
    return letters_page(request, app, actor, place, send_letters(app, place, letters))


def _code(chosen: str, state: str) -> str:
    """The language of a letter: the one that was chosen, or that of the delegation."""
    return chosen if chosen in LANGUAGES else letter_language(state)


def _to_send(row: PlannedRow, offer: Offer, done: Done) -> ToSend:
    body = read_body(done.entry, SeatOffered)
    return ToSend(body.seat, str(done.reply["link"]), body.invitation, offer.language, row.values.get("mail", ""))


routes = [
    Router(
        "/",
        route_handlers=[
            form_of_meeting,
            form_of_format,
            csv_of_meeting,
            csv_of_format,
            xlsx_of_meeting,
            xlsx_of_format,
            look,
            invite,
        ],
    )
]
