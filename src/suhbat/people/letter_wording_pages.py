"""The page on which the secretariat words its letters of invitation, with a letter as it will look."""

from typing import Annotated, Any

from litestar import Response, Router, get
from litestar.params import QueryParameter

from suhbat.acts import Viewer
from suhbat.acts.app import App
from suhbat.acts.forms import fields_of
from suhbat.acts.place_finders import find_place
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Role
from suhbat.ground.clock import stamp
from suhbat.ground.language import LANGUAGES, gettext, language, lazy
from suhbat.ground.language_names import language_label
from suhbat.ground.refusals import not_found
from suhbat.people.invitation_letter import Letter
from suhbat.people.letter_contents import contents_of
from suhbat.people.letter_sheets import sheet_of
from suhbat.people.letter_wording import FIELDS, Wording, may_word, wording_at
from suhbat.people.request_origin import PRIVATE
from suhbat.people.seat_bodies import KeptSeat
from suhbat.people.seat_managers import standing

Code = Annotated[str, QueryParameter(name="language", required=False)]


@get("/meetings/{format_id:str}/{slug:str}/people/letters", sync_to_thread=True)
def of_meeting(
    request: AnyRequest, app: App, actor: Viewer, format_id: str, slug: str, code: Code = ""
) -> Response[Any]:
    """The words of a meeting's letters."""
    return _wording(request, app, actor, f"{format_id}/{slug}", code)


@get("/formats/{format_id:str}/people/letters", sync_to_thread=True)
def of_format(request: AnyRequest, app: App, actor: Viewer, format_id: str, code: Code = "") -> Response[Any]:
    """The words of the letters to all meetings of a format."""
    return _wording(request, app, actor, format_id, code)


def _wording(request: AnyRequest, app: App, actor: Viewer, place_id: str, code: str) -> Response[Any]:
    code, kind = code if code in LANGUAGES else "", "meeting" if "/" in place_id else "format"
    with app.database.reading() as session:
        place, here = find_place(session, place_id), standing(session, actor, place_id)
        if place is None or not (here or actor.roles_at(place_id) & PARTICIPANT_ROLES):
            raise not_found()
        may_word(actor, place, here)
        worded = wording_at(session, place_id)
        row = worded.get(code)
        values = {kind: place_id, "language": code} | {name: getattr(row, name) for name in FIELDS if row}
        controls = [
            control
            for control in fields_of(Wording, session, actor, values, {})
            if control.value or _asked(control.name)
        ]
        for control in controls:
            if control.name == "language":
                control.widget = "hidden"
        sample_code = code or language()
        contents = contents_of(session, place, sample_code)
        state = next(iter(place.states), "")
        name, office = place.heads.get(state, (gettext("Name of the guest"), ""))
        seat = KeptSeat(
            id="", role=str(Role.HEAD), place=place_id, state=state, name=name, office=office, organiser=False
        )
        letter = Letter.of(app.settings, contents, seat, "example", stamp(app.clock()))
        page = app.page(
            request,
            actor,
            "people/wording.html",
            place=place,
            kind=kind,
            code=code,
            codes=[("", str(lazy("All languages"))), *((other, language_label(other)) for other in LANGUAGES)],
            worded=worded,
            controls=controls,
            sample=sheet_of(app, letter),
            sample_code=sample_code,
        )
    page.headers.update(PRIVATE)
    return page


def _asked(name: str) -> bool:
    """Whether this is a field that is shown even if it is empty."""
    return name in FIELDS


routes = [Router("/", route_handlers=[of_meeting, of_format])]
