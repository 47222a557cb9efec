"""Pages after a seat was taken: a passkey, the way to the meeting, and the meeting on one's own telephone."""

from typing import Annotated, Any

from litestar import Response, Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect
from markupsafe import Markup
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.place_finders import find_place
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Role
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_found, out_of_order
from suhbat.ground.urls import local_address
from suhbat.people.invitation_letter import qr_code_of
from suhbat.people.meeting_lookups import in_letter
from suhbat.people.models import Person, SeatRow
from suhbat.people.own_panels import drawn_panels, filled_panels
from suhbat.people.passkeys import passkeys_of
from suhbat.people.phone_links import new_phone_token, phone_sign_in, use_phone_token
from suhbat.people.request_origin import PRIVATE, at_most, in_rehearsal_window
from suhbat.people.seat_labels import seat_label
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.people.session_cookie import signed_in_cookie

Then = Annotated[str, Parameter(required=False)]


@get("/me/welcome", sync_to_thread=True)
def welcome(
    request: AnyRequest, app: App, actor: Viewer, seat: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """What comes after taking a seat: keep a passkey, and go to the meeting."""
    if actor.anonymous:
        return Redirect(address("/sign-in?then=/me"), status_code=303)
    with app.database.reading() as session:
        row = session.get(SeatRow, seat)
        if row is None or row.person != actor.id or row.vacated:
            raise not_found()
        place = find_place(session, row.place) if row.place else None
        meeting = in_letter(session, row.place)
        filled = filled_panels(session, app, actor, "welcome") if _between(row) else []
        page = app.page(
            request,
            actor,
            "people/welcome.html",
            row=row,
            role=seat_label(row),
            place=place,
            first_steps=drawn_panels(app, actor, "/me/welcome", filled),
            installation=INSTALLATION_PLACE,
            devices=passkeys_of(session, actor.id),
            times=meeting.times_for(row.state) if meeting else (),
            begins=meeting.short_time_for(row.state) if meeting else "",
            go=_way(row, place.page if place else "", meeting.room if meeting else ""),
            rehearsal_window=in_rehearsal_window(request, app.settings),
        )
    page.headers.update(PRIVATE)
    return page


def _between(row: SeatRow) -> bool:
    """Whether this is a seat of a format or of the installation: its holder begins with what is between meetings."""
    return "/" not in row.place


def _way(row: SeatRow, page: str, room: str) -> str:
    """Where the holder of a seat goes from here: the room, the desk, or the page of the place."""
    if row.role == Role.SECRETARIAT and room:
        return f"{page}/desk"
    return room or page or "/me"


@get("/me/phone", sync_to_thread=True)
def phone(request: AnyRequest, app: App, actor: Viewer, then: Then = "") -> Response[Any]:
    """A link, as a QR code, by which the own telephone is signed in."""
    if actor.anonymous:
        return Redirect(address("/sign-in?then=/me/phone"), status_code=303)
    with app.database.reading() as session:
        person = session.get_one(Person, actor.id)
        link = f"{app.settings.origin}{address(f'/phone/{new_phone_token(app, person)}')}"
    if goal := local_address(then):
        link += f"?then={goal}"
    qr = Markup(qr_code_of(link))  # noqa: S704  (segno draws it)
    page = app.page(request, actor, "people/phone.html", link=link, qr=qr, then=goal)
    page.headers.update(PRIVATE)
    return page


@get("/phone/{token:str}", sync_to_thread=True)
def phone_arrives(request: AnyRequest, app: App, actor: Viewer, token: str, then: Then = "") -> Response[Any]:
    """What the telephone shows: who will be signed in, and the button for it. Looking at a link does not use it."""
    with app.database.reading() as session:
        arrival = phone_sign_in(app, session, token)
        if arrival is None:
            raise out_of_order(lazy("This link has been used, or is older than five minutes. Make a new one."))
        goal = _place_of(session, local_address(then))
    page = app.page(
        request, actor, "people/phone_arrives.html", arrival=arrival, token=token, then=local_address(then), goal=goal
    )
    page.headers.update(PRIVATE)
    return page


@post("/phone/{token:str}", sync_to_thread=True)
def phone_signs_in(app: App, token: str, then: Then = "") -> Response[Any]:
    """Sign the telephone in, and go on to the meeting. Other devices stay signed in."""
    arrival = use_phone_token(app, token)
    cookie = signed_in_cookie(app.settings, arrival.person, arrival.sign_outs, app.clock())
    return Redirect(address(local_address(then) or "/me"), status_code=303, cookies=[cookie], headers=PRIVATE)


def _place_of(session: Session, goal: str) -> str:
    """The title of the meeting to which an address of it leads; empty for any other address."""
    parts = goal.partition("?")[0].split("/")
    place = find_place(session, "/".join(parts[2:4])) if parts[1:2] == ["meetings"] else None
    return place.title if place and not place.over else ""


routes = [
    Router("/", route_handlers=[welcome, phone]),
    Router("/", route_handlers=[phone_arrives, phone_signs_in], middleware=[at_most(60, "sign-in")]),
]
