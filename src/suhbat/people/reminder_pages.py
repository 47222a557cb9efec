"""Reminding those who have not taken their seats: new letters for all of them, mailed where an address is known."""

from dataclasses import dataclass
from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.params import Parameter
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.app import App
from suhbat.acts.bodies import read_body
from suhbat.acts.door import Asker, Done
from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.request_bodies import WORDS, AnyRequest, read_form
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Role
from suhbat.ground.language import LANGUAGES, Lazy, gettext, lazy
from suhbat.ground.refusals import not_found
from suhbat.people.choices import languages
from suhbat.people.invitation_letter import looks_like_mail
from suhbat.people.invitation_table_pages import MOST_AT_ONCE
from suhbat.people.letter_contents import letter_language
from suhbat.people.mailed_letters import MailedLetter, letter_of
from suhbat.people.many_letters import OWN, ToSend, letters_page, send_letters
from suhbat.people.queries import ListedSeat, seats_at
from suhbat.people.request_origin import PRIVATE
from suhbat.people.seat_letters import Renewal, SeatRenewed
from suhbat.people.seat_managers import standing
from suhbat.people.seats import may_offer

MEETING, FORMAT = "/meetings/{format_id:str}/{slug:str}/people/remind", "/formats/{format_id:str}/people/remind"


@dataclass(frozen=True)
class Waiting:
    """Somebody who has not come: the seat, the last letter, and what is wrong with the address that was typed."""

    seat: ListedSeat
    letter: MailedLetter | None
    is_ticked: bool
    mail: str
    fault: Lazy | str = ""


@get(MEETING, sync_to_thread=True)
def of_meeting(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    format_id: str,
    slug: str,
    seat: Annotated[str, Parameter(required=False)] = "",
) -> Response[Any]:
    """Those who have not come to a meeting; `seat` ticks one of them alone."""
    return _page(request, app, actor, f"{format_id}/{slug}", seat)


@get(FORMAT, sync_to_thread=True)
def of_format(
    request: AnyRequest, app: App, actor: Viewer, format_id: str, seat: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """Those who have not taken their seats in a format."""
    return _page(request, app, actor, format_id, seat)


@post([MEETING, FORMAT], status_code=200)
async def remind(request: AnyRequest, app: App, asker: Asker, format_id: str, slug: str = "") -> Response[Any]:
    """Make and mail new letters for those who were ticked: all of them, or none where an address is wrong."""
    place_id = f"{format_id}/{slug}" if slug else format_id
    pairs = [(name, value) for name, value in await read_form(request, WORDS) if isinstance(value, str)]
    return await run_sync(_remind, request, app, asker, place_id, pairs)


def _waiting(session: Session, app: App, viewer: Viewer, place_id: str) -> tuple[Place, list[ListedSeat]]:
    """The place, and the seats there that nobody has taken and that the viewer may renew."""
    place, here = find_place(session, place_id), standing(session, viewer, place_id)
    if place is None or not (here or viewer.roles_at(place_id) & PARTICIPANT_ROLES):
        raise not_found()
    may_offer(viewer, place, here)
    seats = seats_at(session, here, app.clock())
    return place, [
        seat
        for seat in seats
        if seat.status != "seated" and seat.row.role != Role.STANDING
        and app.door.offers(viewer, "seat.renewed", place, seat.in_question)
    ]  # fmt: skip


def _page(request: AnyRequest, app: App, actor: Viewer, place_id: str, only: str = "") -> Response[Any]:
    with app.database.reading() as session:
        place, seats = _waiting(session, app, actor, place_id)
        rows = []
        for seat in seats:
            letter = letter_of(app.settings, seat.row.id)
            ticked = seat.row.id == only if only else letter is not None
            rows.append(Waiting(seat, letter, ticked, letter.mail if letter else ""))
        return _drawn(request, app, actor, session, place, rows)


def _drawn(
    request: AnyRequest, app: App, actor: Viewer, session: Session, place: Place, rows: list[Waiting], status: int = 200
) -> Response[Any]:
    page = app.page(
        request,
        actor,
        "people/remind.html",
        status,
        place=place,
        waiting=rows,
        languages=[(OWN, gettext("Each delegation’s own")), *languages(session, actor, {})],
    )
    page.headers.update(PRIVATE)
    return page


def _remind(request: AnyRequest, app: App, asker: Asker, place_id: str, pairs: list[tuple[str, str]]) -> Response[Any]:
    fields = dict(pairs)
    chosen = {value for name, value in pairs if name == "seat"}
    with app.database.reading() as session:
        actor = asker(session).viewer
        place, seats = _waiting(session, app, actor, place_id)
        rows = [_row(app, seat, chosen, fields) for seat in seats]
        ticked = [row for row in rows if row.is_ticked]
        if not ticked or len(ticked) > MOST_AT_ONCE or any(row.fault for row in ticked):
            return _drawn(request, app, actor, session, place, rows, 422)
    meeting, format_ = (place_id, "") if "/" in place_id else ("", place_id)
    code = fields.get("language", OWN)
    codes = [code if code in LANGUAGES else letter_language(row.seat.row.state) for row in ticked]
    renewals = [
        Renewal(meeting=meeting, format=format_, seat=row.seat.row.id, language=own)
        for row, own in zip(ticked, codes, strict=True)
    ]
    done = app.door.perform_all(
        asker, [("seat.renewed", renewal) for renewal in renewals], fields.get("key", "")[:80] or None
    )
    letters = [] if done[0].repeated else [_to_send(*each) for each in zip(ticked, codes, done, strict=True)]
    return letters_page(request, app, actor, place, send_letters(app, place, letters))


def _to_send(row: Waiting, code: str, done: Done) -> ToSend:
    invitation = read_body(done.entry, SeatRenewed).invitation
    return ToSend(row.seat.row, str(done.reply["link"]), invitation, code, row.mail)


def _row(app: App, seat: ListedSeat, chosen: set[str], fields: dict[str, str]) -> Waiting:
    mail = fields.get(f"mail-{seat.row.id}", "").strip()
    fault = lazy("This is no mail address.") if mail and not looks_like_mail(mail) else ""
    return Waiting(seat, letter_of(app.settings, seat.row.id), seat.row.id in chosen, mail, fault)


routes = [Router("/", route_handlers=[of_meeting, of_format, remind])]
