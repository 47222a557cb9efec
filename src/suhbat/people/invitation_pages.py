"""Pages of a personal link: the invitation, taking the seat, and the letter with the link."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.params import Parameter, QueryParameter
from litestar.response import Redirect
from markupsafe import Markup
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.pages import form_page, perform
from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.request_bodies import AnyRequest
from suhbat.ground.language import LANGUAGES, Lazy, language, lazy
from suhbat.ground.language_names import language_label
from suhbat.ground.refusals import Refused, not_found
from suhbat.people.invitation_letter import Letter
from suhbat.people.invitation_secrets import Arrival, find_arrival
from suhbat.people.letter_contents import contents_of
from suhbat.people.letter_sheets import sheet_of
from suhbat.people.mailed_letters import forget_letter
from suhbat.people.request_origin import PRIVATE, at_most, right_address
from suhbat.people.seat_labels import seat_label
from suhbat.people.seats import Taking, may_take
from suhbat.people.session_cookie import signed_in_cookie

PER_MINUTE, LIMIT = 60, "invitation"
"""How often per minute one network address may send a secret; the page and the act count together."""


@get("/{secret:str}", sync_to_thread=True)
def arrive(request: AnyRequest, app: App, actor: Viewer, secret: str) -> Response[Any]:
    """The page of an invitation, with the button to take the seat, or the reason why the link does not work."""
    with app.database.reading() as session:
        arrival, place = _arrival_and_place(app, session, secret)
        row = arrival.row
        page = app.page(
            request,
            actor,
            "people/invitation.html",
            secret=secret,
            row=row,
            role=seat_label(row),
            place=place,
            arrival=arrival,
            hindrance=_hindrance(actor, place, arrival),
            for_another=bool(actor.id and row.person and row.person != actor.id),
            right_address=right_address(request, app.settings),
        )
    page.headers.update(PRIVATE)
    return page


@post("/{secret:str}")
async def take(app: App, asker: Asker, secret: str) -> Response[Any]:
    """Take the seat. This browser is signed in, and its person is then asked to make a passkey."""
    done = await app.door.perform_soon(asker, "seat.taken", Taking(secret=secret))
    await run_sync(forget_letter, app.settings, str(done.entry.body["seat"]))
    cookie = signed_in_cookie(app.settings, str(done.reply["person"]), int(done.reply["sign_outs"]), app.clock())
    return Redirect(address(str(done.reply["then"])), status_code=303, cookies=[cookie], headers=PRIVATE)


@post("/acts/seat.taken", status_code=201, middleware=[at_most(PER_MINUTE, LIMIT)])
async def take_by_act(request: AnyRequest, app: App, asker: Asker) -> Response[Any]:
    """The same act for programs, with the same limit, so that secrets cannot be guessed here either."""
    answer: Response[Any] = await perform.fn(request, app, asker, "seat.taken")
    return answer


@get("/acts/seat.taken", sync_to_thread=True)
def act_form(
    request: AnyRequest, app: App, actor: Viewer, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The plain form of the act."""
    return form_page(request, app, actor, "seat.taken", then)


@get("/{secret:str}/letter", sync_to_thread=True)
def letter(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    secret: str,
    mailed: Annotated[str, Parameter(required=False)] = "",
    code: Annotated[str, QueryParameter(name="language", required=False)] = "",
) -> Response[Any]:
    """The page of the letter, for printing or forwarding. It redirects if the link no longer works."""
    code = code if code in LANGUAGES else language()
    with app.database.reading() as session:
        arrival, place = _arrival_and_place(app, session, secret)
        if arrival.fate:
            return Redirect(address(f"/invitations/{secret}"), status_code=303)
        sheet, content = letter_sheet(app, session, code, arrival, place, secret)
        page = app.page(
            request,
            actor,
            "people/letter.html",
            sheet=sheet,
            code=code,
            codes=[(other, language_label(other)) for other in LANGUAGES],
            secret=secret,
            link=content.link(code),
            mailed=mailed,
            back=_people_page(place),
            renewed=bool(arrival.row.person),
        )
    page.headers.update(PRIVATE)
    return page


def letter_sheet(
    app: App, session: Session, code: str, arrival: Arrival, place: Place, secret: str
) -> tuple[Markup, Letter]:
    """The letter as it is printed, in its language."""
    contents = contents_of(session, place, code, arrival.row)
    content = Letter.of(app.settings, contents, arrival.row, secret, arrival.invitation.expires)
    return sheet_of(app, content), content


def _arrival_and_place(app: App, session: Session, secret: str) -> tuple[Arrival, Place]:
    arrival = find_arrival(session, secret, app.clock())
    if arrival is None:
        raise not_found(lazy("This link is not one of ours. Look whether it was copied whole."))
    row = arrival.row
    place = find_place(session, row.place) if row.place else None
    return arrival, place or Place(row.place, seat_label(row), "/me")


def _hindrance(viewer: Viewer, place: Place, arrival: Arrival) -> Lazy | str:
    """Why the viewer cannot take the seat; empty if the viewer can."""
    try:
        may_take(viewer, place, arrival)
    except Refused as refusal:
        return refusal.why
    return ""


def _people_page(place: Place) -> str:
    return f"{place.page}/people" if place.id else "/me"


routes = [
    Router("/invitations", route_handlers=[arrive, take, letter], middleware=[at_most(PER_MINUTE, LIMIT)]),
    Router("/", route_handlers=[take_by_act, act_form]),
]
