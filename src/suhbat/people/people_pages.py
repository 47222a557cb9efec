"""The page with the people of a meeting or format, and the form to invite to its seats."""

from collections.abc import Callable, Iterable
from typing import Any

from litestar import Response, Router, get
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.app import App
from suhbat.acts.forms import Field, fields_of
from suhbat.acts.place_finders import find_place
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import OF_A_DELEGATION, PARTICIPANT_ROLES, ROLE_NAMES, Role
from suhbat.ground.language import language
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.people.calendar_mail_addresses import address_of
from suhbat.people.mailed_letters import MailedLetter, letter_of
from suhbat.people.meeting_lookups import is_draft
from suhbat.people.models import ORGANISER_KEY
from suhbat.people.queries import ListedSeat, seats_at
from suhbat.people.request_origin import PRIVATE
from suhbat.people.seat_managers import Standing, standing
from suhbat.people.seats import Offer
from suhbat.people.standing_list import by_subject
from suhbat.people.standing_seats import standing_seats

ORDER = [
    "meeting",
    "format",
    "role",
    "state",
    "name",
    "office",
    ORGANISER_KEY,
    "anyway",
    "mail",
    "calendar",
    "language",
    "days",
]
"""The order of the form's fields."""


@get("/meetings/{format_id:str}/{slug:str}/people", sync_to_thread=True)
def of_meeting(request: AnyRequest, app: App, actor: Viewer, format_id: str, slug: str) -> Response[Any]:
    """The people of a meeting and its open invitations. An organiser sees those of the own delegation."""
    return _people(request, app, actor, f"{format_id}/{slug}", "meeting")


@get("/formats/{format_id:str}/people", sync_to_thread=True)
def of_format(request: AnyRequest, app: App, actor: Viewer, format_id: str) -> Response[Any]:
    """The people with a seat at all meetings of a format, mainly its secretariat."""
    return _people(request, app, actor, format_id, "format")


def _people(request: AnyRequest, app: App, actor: Viewer, place_id: str, kind: str) -> Response[Any]:
    with app.database.reading() as session:
        place = find_place(session, place_id)
        here = standing(session, actor, place_id)
        standing_ones = standing_seats(session, actor, place_id) if kind == "format" else None
        is_shown = bool(here) or (standing_ones is not None and standing_ones.shown)
        if place is None or (not is_shown and not _takes_part(actor, place_id)):
            raise not_found()
        if not is_shown:
            raise not_allowed()
        shows_standing = standing_ones is not None and standing_ones.shown
        all_seats = seats_at(session, here, app.clock(), shows_standing=shows_standing)
        seats = [seat for seat in all_seats if seat.row.role != Role.STANDING]
        order = {state: n for n, state in enumerate(place.states)}
        groups: dict[str, list[ListedSeat]] = {}
        for seat in sorted(seats, key=lambda seat: (order.get(seat.row.state, -1), seat.row.id)):
            groups.setdefault(seat.row.state, []).append(seat)
        page = app.page(
            request, actor, "people/people.html",
            calendar_mail={
                seat.row.id: address
                for seat in seats
                if _may(seat) and (address := address_of(app.settings, seat.row.id))
            },
            letters=_letters(app, seats), waiting=sum(seat.status != "seated" for seat in seats if _may(seat)),
            place=place, kind=kind, groups=groups, here=here,
            controls=_controls(app, session, actor, {kind: place_id, **_prefilled(request)}),
            roles_for=_roles_for(here), standing_ones=standing_ones,
            draft=is_draft(session, place_id),
            subjects=by_subject(place, standing_ones, all_seats, app.clock())
            if standing_ones is not None and standing_ones.shown
            else [],
            missing=[state for state in place.states
                     if here.secretariat and kind == "meeting" and state not in groups],
        )  # fmt: skip
    page.headers.update(PRIVATE)
    return page


def _controls(app: App, session: Session, viewer: Viewer, values: dict[str, str]) -> list[Field]:
    """The fields of an invitation in their order, with the names of the delegations."""
    controls = fields_of(Offer, session, viewer, {"language": language(), **values}, {})
    name_of = app.templates.filters["state"]
    for control in controls:
        if control.name == "state":
            control.choices = [(code, str(name_of(code))) for code, _ in control.choices]
    controls.sort(key=lambda control: ORDER.index(control.name))
    if not any(control.choices for control in controls if control.name == "state"):
        controls = [control for control in controls if control.name not in {"state", ORGANISER_KEY}]
    return controls


def _may(seat: ListedSeat) -> bool:
    return seat.in_question.manageable


def _letters(app: App, seats: Iterable[ListedSeat]) -> dict[str, MailedLetter]:
    """By seat that nobody has taken: where its letter was mailed, for those who may manage it."""
    waiting = [seat.row.id for seat in seats if seat.status != "seated" and _may(seat)]
    return {seat: letter for seat in waiting if (letter := letter_of(app.settings, seat))}


def _roles_for(here: Standing) -> Callable[[ListedSeat], list[tuple[str, str]]]:
    """The roles that the viewer may give to a seat, with its own. Without a delegation it takes no role of one."""
    roles = here.roles()

    def choices(seat: ListedSeat) -> list[tuple[str, str]]:
        row = seat.row
        fitting = [role for role in roles if here.over(role, row.state) and (row.state or role not in OF_A_DELEGATION)]
        own = [] if row.role in fitting else [Role(row.role)]
        is_participant = row.role in PARTICIPANT_ROLES
        return [(str(role), str(ROLE_NAMES[role])) for role in (own + fitting if is_participant else own)]

    return choices


def _takes_part(actor: Viewer, place: str) -> bool:
    """Whether the viewer has a seat there and so may know that the page exists."""
    return bool(actor.roles_at(place) & PARTICIPANT_ROLES)


def _prefilled(request: AnyRequest) -> dict[str, str]:
    """The values that a link to this page fills in, such as a delegation that has no seat yet."""
    return {name: value for name, value in request.query_params.items() if name in {"state", "role", "name", "office"}}


routes = [Router("/", route_handlers=[of_meeting, of_format])]
