"""Pages of languages: a text side by side with another of its languages, and the glossary of a format."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import get, post
from litestar.params import Parameter
from litestar.response import Redirect, Response

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.forms import fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import AnyRequest, read_fields
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.queries import visible_format
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, not_found, out_of_order
from suhbat.texts.languages.concordance import pairs, terms_of
from suhbat.texts.languages.machine_draft import translate
from suhbat.texts.languages.versions import may_draft, version_of
from suhbat.texts.text_access import opened_text
from suhbat.texts.text_guard_checks import labels_of, paragraph_of, title_and_paragraphs
from suhbat.texts.view.text_view import sheet_of
from suhbat.texts.wording.numbering import label_in, typed


@get("/meetings/{format_:str}/{slug:str}/texts/{name:str}/languages", sync_to_thread=True)
def languages(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    to: Annotated[str, Parameter(required=False)] = "",
) -> Response[str]:
    """The leading language and another one side by side, each paragraph with its concordance."""
    with opened_text(app, actor, f"{format_}/{slug}", name) as opened:
        session, text = opened.session, opened.text
        if not text.languages:
            raise not_found()
        chosen = to if to in text.languages else text.languages[0]
        sheet = sheet_of(session, text)
        return opened.page(
            request,
            "texts/languages.html",
            sheet=sheet,
            chosen=chosen,
            pairs=pairs(session, text, title_and_paragraphs(session, text.id), sheet.labels, chosen),
            typed=typed,
            chosen_labels={paragraph: label_in(label, chosen) for paragraph, label in sheet.labels.items()},
        )


@post("/meetings/{format_:str}/{slug:str}/texts/{name:str}/languages/machine", status_code=303)
async def machine(request: AnyRequest, app: App, asker: Asker, format_: str, slug: str, name: str) -> Redirect:
    """Ask the translation service for one paragraph and save its draft, marked as such."""
    form = await read_fields(request)
    meeting_id = f"{format_}/{slug}"
    paragraph_id, code = form.get("paragraph", ""), form.get("language", "")

    def ask() -> None:
        with opened_text(app, asker, meeting_id, name) as opened:
            session, actor, text = opened.session, opened.actor, opened.text
            if not app.door.may(actor, "version.drafted", meeting_id):
                raise not_allowed()
            paragraph = paragraph_of(session, text, paragraph_id)
            version = version_of(session, paragraph.id, code)
            may_draft(actor, opened.meeting, text, version)
            if code not in text.languages or not paragraph.wording:
                raise out_of_order(lazy("The text does not stand in this language."))
            words, lead = typed(paragraph.wording, labels_of(session, text)), text.language
            inputs = {"paragraph": paragraph.id, "language": code, "revision": paragraph.revision}
            inputs["seen"] = version.entry if version else 0
        inputs |= {"meeting": meeting_id, "text": name, "wording": translate(app.settings, words, lead, code)}
        app.door.perform(asker, "version.drafted", inputs)

    await run_sync(ask)
    page = address(f"/meetings/{meeting_id}/texts/{name}/languages")
    return Redirect(f"{page}?to={code}#l-{paragraph_id}", status_code=303)


@get("/formats/{format_:str}/glossary", sync_to_thread=True)
def glossary(request: AnyRequest, app: App, actor: Viewer, format_: str) -> Response[str]:
    """The agreed terms of a format, for those who take part in its meetings."""
    with app.database.reading() as session:
        row = visible_format(session, actor, format_)
        if not actor.takes_part_in(format_):
            raise not_allowed()
        may_agree = app.door.offers(actor, "term.agreed", row)
        inputs = REGISTRY["term.agreed"].input_type
        form = fields_of(inputs, session, actor, {"format": format_}, {}) if may_agree else []
        return app.page(request, actor, "texts/glossary.html", format=row, terms=terms_of(session, format_), form=form)


handlers: list[Any] = [languages, machine, glossary]
