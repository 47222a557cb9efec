"""Pages of languages: a text side by side with another of its languages, and the glossary of a format."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Request, get, post
from litestar.params import Parameter
from litestar.response import Redirect, Response

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.forms import fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import read_fields
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Viewer
from suhbat.formats.models import Format
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, not_found, out_of_order
from suhbat.texts.languages.concordance import pairs, terms_of
from suhbat.texts.languages.machine_draft import translate
from suhbat.texts.languages.versions import may_draft, version_of
from suhbat.texts.text_access import readable_text, reader_of
from suhbat.texts.text_lookup import labels_of, paragraph_of, whole_of
from suhbat.texts.view.text_view import sheet_of
from suhbat.texts.wording.numbering import said, typed

Asking = Request[Any, Any, Any]


@get("/meetings/{format_:str}/{slug:str}/texts/{name:str}/languages", sync_to_thread=True)
def languages(
    request: Asking,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    to: Annotated[str, Parameter(required=False)] = "",
) -> Response[str]:
    """The leading language and another one side by side, each paragraph with its concordance."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        if not text.languages:
            raise not_found()
        chosen = to if to in text.languages else text.languages[0]
        sheet = sheet_of(session, text)
        return app.page(
            request,
            actor,
            "texts/languages.html",
            meeting=held,
            sheet=sheet,
            reader=reader_of(actor, meeting),
            chosen=chosen,
            pairs=pairs(session, text, whole_of(session, text.id), sheet.labels, chosen),
            typed=typed,
            said={name: said(label, chosen) for name, label in sheet.labels.items()},
            here=f"/meetings/{meeting}/texts/{name}",
        )


@post("/meetings/{format_:str}/{slug:str}/texts/{name:str}/languages/machine", status_code=303)
async def machine(request: Asking, app: App, asker: Asker, format_: str, slug: str, name: str) -> Redirect:
    """Ask the translation service for one paragraph and keep its draft, marked as such."""
    given = await read_fields(request)
    meeting = f"{format_}/{slug}"
    wished, code = given.get("paragraph", ""), given.get("language", "")

    def ask() -> None:
        with app.database.reading() as session:
            actor = asker(session)
            held, text = readable_text(session, actor, meeting, name)
            if not app.door.may(actor, "version.drafted", meeting):
                raise not_allowed()
            paragraph = paragraph_of(session, text, wished)
            version = version_of(session, paragraph.id, code)
            may_draft(actor, held, text, version)
            if code not in text.languages or not paragraph.wording:
                raise out_of_order(lazy("The text does not stand in this language."))
            words, lead = typed(paragraph.wording, labels_of(session, text)), text.language
            inputs = {"paragraph": paragraph.id, "language": code, "revision": paragraph.revision}
            inputs["seen"] = version.entry if version else 0
        inputs |= {"meeting": meeting, "text": name, "wording": translate(app.settings, words, lead, code)}
        app.door.perform(asker, "version.drafted", inputs)

    await run_sync(ask)
    return Redirect(address(f"/meetings/{meeting}/texts/{name}/languages") + f"?to={code}#l-{wished}", status_code=303)


@get("/formats/{format_:str}/glossary", sync_to_thread=True)
def glossary(request: Asking, app: App, actor: Viewer, format_: str) -> Response[str]:
    """The agreed terms of a format, for those who take part in its meetings."""
    with app.database.reading() as session:
        held = session.get(Format, format_)
        if held is None:
            raise not_found()
        here = [seat for seat in actor.seats if seat.place.partition("/")[0] in {format_, ""}]
        if not any(seat.role in PARTICIPANT_ROLES for seat in here):
            raise not_allowed()
        may_agree = app.door.offers(actor, "term.agreed", held)
        inputs = REGISTRY["term.agreed"].input_type
        form = fields_of(inputs, session, actor, {"format": format_}, {}) if may_agree else []
        return app.page(request, actor, "texts/glossary.html", format=held, terms=terms_of(session, format_), form=form)


handlers: list[Any] = [languages, machine, glossary]
