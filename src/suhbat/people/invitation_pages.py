"""Arriving by a personal link: the invitation, taking the seat, and the letter that carries the link."""

from typing import Annotated, Any

from litestar import Response, Router, get, post
from litestar.params import Parameter, QueryParameter
from litestar.response import Redirect
from markupsafe import Markup
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.actors import ROLE_NAMES, Role
from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.pages import form_page, perform
from suhbat.acts.seat_places import Place, find_place
from suhbat.ground.language import LANGUAGES, language, lazy, reading_in
from suhbat.ground.refusals import not_found
from suhbat.ground.templates import render
from suhbat.people.invitation_letter import Letter
from suhbat.people.invitation_secrets import find_invitation, is_open
from suhbat.people.models import Invitation, SeatRow
from suhbat.people.request_origin import PRIVATE, Asked, at_most, right_address
from suhbat.people.seats import Taking
from suhbat.people.session_cookie import signed_in_cookie

A_MINUTE, LOOKS = 60, "invitation"
"""How often one network address may bring a secret, on the page and as an act together."""


@get("/{secret:str}", sync_to_thread=True)
def arrive(request: Asked, app: App, actor: Viewer, secret: str) -> Response[Any]:
    """What one is invited to, and the one thing to do: take the seat. A link that does not work says why."""
    with app.database.reading() as session:
        invitation, row, place = _found(session, secret)
        shown = app.page(
            request,
            actor,
            "people/invitation.html",
            secret=secret,
            row=row,
            role=ROLE_NAMES[Role(row.role)],
            place=place,
            expires=invitation.expires,
            fate=_fate(app, invitation, row),
            other=bool(actor.id and row.person and row.person != actor.id),
            right_address=right_address(request, app.settings),
        )
    shown.headers.update(PRIVATE)
    return shown


@post("/{secret:str}")
async def take(app: App, asker: Asker, secret: str) -> Response[Any]:
    """Take the seat; this browser is signed in, and asked to keep a passkey next."""
    done = await app.door.perform_soon(asker, "seat.taken", Taking(secret=secret))
    cookie = signed_in_cookie(app.settings, str(done.reply["person"]), int(done.reply["sign_outs"]))
    return Redirect(address("/me?welcome=1"), status_code=303, cookies=[cookie], headers=PRIVATE)


@post("/acts/seat.taken", status_code=201, middleware=[at_most(A_MINUTE, LOOKS)])
async def take_by_act(request: Asked, app: App, asker: Asker) -> Response[Any]:
    """The same for programs, bound by the same limit: a secret is not guessed here either."""
    answer: Response[Any] = await perform.fn(request, app, asker, "seat.taken")
    return answer


@get("/acts/seat.taken", sync_to_thread=True)
def act_form(
    request: Asked, app: App, actor: Viewer, then: Annotated[str, Parameter(required=False)] = ""
) -> Response[Any]:
    """The act's plain form."""
    return form_page(request, app, actor, "seat.taken", then)


@get("/{secret:str}/letter", sync_to_thread=True)
def letter(
    request: Asked,
    app: App,
    actor: Viewer,
    secret: str,
    mailed: Annotated[str, Parameter(required=False)] = "",
    code: Annotated[str, QueryParameter(name="language", required=False)] = "",
) -> Response[Any]:
    """The letter, to be printed or handed on by whoever was given the link; gone once the link is used."""
    code = code if code in LANGUAGES else language()
    with app.database.reading() as session:
        with reading_in(code):  # the letter's place is named in the letter's language
            invitation, row, place = _found(session, secret)
        if _fate(app, invitation, row):
            return Redirect(address(f"/invitations/{secret}"), status_code=303)
        seat = {"role": row.role, "state": row.state, "name": row.name, "office": row.office}
        written = Letter.of(app.settings, place, seat, secret, invitation.expires)
        with reading_in(code):
            role = str(ROLE_NAMES[written.role])
            context = {"letter": written, "role": role, "link": written.link(), "qr": Markup(written.qr_code())}  # noqa: S704  (segno draws it)
            sheet = Markup(render(app.templates, "people/letter_sheet.html", context))  # noqa: S704  (a template)
        shown = app.page(
            request,
            actor,
            "people/letter.html",
            sheet=sheet,
            code=code,
            link=written.link(code),
            mailed=mailed,
            back=_people_page(place),
            renewed=bool(row.person),
        )
    shown.headers.update(PRIVATE)
    return shown


def _found(session: Session, secret: str) -> tuple[Invitation, SeatRow, Place]:
    invitation = find_invitation(session, secret)
    if invitation is None:
        raise not_found(lazy("This link is not one of ours. Look whether it was copied whole."))
    row = session.get_one(SeatRow, invitation.seat)
    place = find_place(session, row.place) if row.place else None
    return invitation, row, place or Place(row.place, str(ROLE_NAMES[Role(row.role)]), "/me")


def _fate(app: App, invitation: Invitation, row: SeatRow) -> str:
    """Why the link does not work any more; empty while it does."""
    if invitation.used:
        return "used"
    if invitation.revoked or row.vacated:
        return "revoked"
    return "" if is_open(invitation, app.door.clock()) else "expired"


def _people_page(place: Place) -> str:
    return f"{place.page}/people" if place.id else "/me"


routes = [
    Router("/invitations", route_handlers=[arrive, take, letter], middleware=[at_most(A_MINUTE, LOOKS)]),
    Router("/", route_handlers=[take_by_act, act_form]),
]
