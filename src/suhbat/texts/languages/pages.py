"""Pages of languages: a text side by side with another of its languages, and the glossary of a format."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.params import Parameter
from litestar.response import Response

from suhbat.acts.actors import PARTICIPANT_ROLES, Actor
from suhbat.acts.forms import fields_of
from suhbat.acts.house import House
from suhbat.acts.registry import REGISTRY
from suhbat.formats.models import Format
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.texts.finding import paragraphs_of
from suhbat.texts.languages.acts import TRANSLATORS
from suhbat.texts.languages.concordance import pairs, terms_of
from suhbat.texts.looking import note_what_held, readable_text, reader_of
from suhbat.texts.sheet import sheet_of
from suhbat.texts.wording.numbering import typed

Asking = Request[Any, Any, Any]


@get("/meetings/{format_:str}/{slug:str}/texts/{name:str}/languages", sync_to_thread=True)
def languages(
    request: Asking,
    house: House,
    actor: Actor,
    format_: str,
    slug: str,
    name: str,
    to: Annotated[str, Parameter(required=False)] = "",
) -> Response[str]:
    """The leading language and another one side by side, each paragraph with its concordance."""
    meeting = f"{format_}/{slug}"
    note_what_held(house, meeting)
    with house.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        if not text.languages:
            raise not_found()
        chosen = to if to in text.languages else text.languages[0]
        sheet = sheet_of(session, text)
        return house.page(
            request,
            actor,
            "texts/languages.html",
            meeting=held,
            sheet=sheet,
            reader=reader_of(actor, meeting),
            writes=text.state == "drafting" and actor.seat_for(TRANSLATORS, meeting) is not None,
            chosen=chosen,
            pairs=pairs(session, text, paragraphs_of(session, text.id), sheet.labels, chosen),
            typed=typed,
            here=f"/meetings/{meeting}/texts/{name}",
        )


@get("/formats/{format_:str}/glossary", sync_to_thread=True)
def glossary(request: Asking, house: House, actor: Actor, format_: str) -> Response[str]:
    """The agreed terms of a format, for those who take part in its meetings."""
    with house.database.reading() as session:
        held = session.get(Format, format_)
        if held is None:
            raise not_found()
        here = [seat for seat in actor.seats if seat.place.partition("/")[0] in {format_, ""}]
        if not any(seat.role in PARTICIPANT_ROLES for seat in here):
            raise not_allowed()
        may = house.door.may(actor, "term.agreed", format_=format_)
        form = fields_of(REGISTRY["term.agreed"].wish, session, actor, {"format": format_}, {}) if may else []
        return house.page(
            request, actor, "texts/glossary.html", format=held, terms=terms_of(session, format_), form=form
        )


handlers: list[Any] = [languages, glossary]
