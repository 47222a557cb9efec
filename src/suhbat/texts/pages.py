"""Pages of texts: the list, the text in its views, a paragraph, the board, what changed. All work without a script."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Request, Router, get, post
from litestar.params import Parameter, QueryParameter
from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.cross_package_links import named
from suhbat.acts.door import Asker
from suhbat.acts.forms import fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import WORDS, read_fields
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.refusals import not_found
from suhbat.texts.adoption.canonical_text import hurdles
from suhbat.texts.adoption.consensus import question_on
from suhbat.texts.adoption.open_issues import corrigenda_of, reservations_on, setback_of
from suhbat.texts.adoption.signing_pages import handlers as signing_handlers
from suhbat.texts.adoption.silence_reminder_page import handlers as reminding_handlers
from suhbat.texts.exchange.pages import handlers as exchange_handlers
from suhbat.texts.languages.concordance import terms_of
from suhbat.texts.languages.pages import handlers as language_handlers
from suhbat.texts.models import Explanation, Proposal, Revision, Signature, Text
from suhbat.texts.negotiation.open_text import invited_to
from suhbat.texts.text_access import Reader, only_participants, readable_meeting, readable_text, reader_of
from suhbat.texts.text_lookup import asked_of, fit
from suhbat.texts.view.history import changes_between, moments, standing_at
from suhbat.texts.view.live_updates import MOST_POINTS, news, points_for
from suhbat.texts.view.text_as_asked import Reading, as_asked_by, clean
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.view.view_cache import kept_sheet, kept_sheets
from suhbat.texts.wording.brackets import Asked, compiled, together
from suhbat.texts.wording.numbering import said, typed

Asking = Request[Any, Any, Any]
Query = Annotated[str, Parameter(required=False)]
Number = Annotated[int, Parameter(required=False)]
TEXTS = "/meetings/{format_:str}/{slug:str}/texts"


@get(TEXTS, sync_to_thread=True)
def texts(request: Asking, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The texts of a meeting and how they stand; for anyone those that are published."""
    meeting = f"{format_}/{slug}"
    reader = reader_of(actor, meeting)
    with app.database.reading() as session:
        held = readable_meeting(session, actor, meeting)
        rows = session.scalars(select(Text).where(Text.meeting == meeting).order_by(Text.opened)).all()
        seen = [row for row in rows if reader.takes_part or row.published]
        values = {"meeting": meeting}
        opens = reader.drafts and app.door.offers(actor, "text.opened", held, invited_to(session, meeting))
        form = fields_of(REGISTRY["text.opened"].input_type, session, actor, values, {}) if opens else []
        return app.page(
            request,
            actor,
            "texts/list.html",
            meeting=held,
            reader=reader,
            sheets=kept_sheets(app.database, [row.id for row in seen], meeting),
            form=form,
        )


@get(TEXTS + "/{name:str}", sync_to_thread=True)
def text(
    request: Asking,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    view: Query = "",
    as_: Annotated[str, QueryParameter(name="as", required=False)] = "",
) -> Response[str]:
    """The text: with brackets, clean, or as one delegation would have it; what waits for the reader; the silence."""
    meeting = f"{format_}/{slug}"
    reader = reader_of(actor, meeting)
    with app.database.reading() as session:
        held, found = readable_text(session, actor, meeting, name)
        if not reader.takes_part or found.state == "adopted":
            view = view or "clean"
        as_of, sheet = kept_sheet(app.database, found.id, meeting, reader.delegation)
        question = question_on(session, found)
        chosen = as_ if as_ in found.order and view == "as" else ""
        explanations = select(Explanation).where(Explanation.text == found.id).order_by(Explanation.entry)
        signatures = select(Signature).where(Signature.text == found.id)
        return app.page(
            request,
            actor,
            "texts/text.html",
            meeting=held,
            sheet=sheet,
            as_of=as_of,
            most_points=MOST_POINTS,
            changed=None,
            reader=reader,
            view=view if view in {"clean", "as"} else "brackets",
            chosen=chosen,
            reading=_reading(sheet, view, chosen),
            points=points_for(app.door, actor, held, sheet),
            question=question,
            corrected_by=corrigenda_of(session, found, reader) if found.state == "adopted" else [],
            setback=setback_of(session, found) if reader.takes_part else None,
            reserved=reservations_on(session, found) if reader.drafts and found.state == "drafting" else [],
            adopted_in_room=question_on(session, found, "adopted") if found.adopted_by == "consensus" else None,
            hurdles=hurdles(session, found) if reader.drafts and found.state == "drafting" else [],
            explanations=session.scalars(explanations).all(),
            signatures={each.delegation: each for each in session.scalars(signatures)},
            here=f"/meetings/{meeting}/texts/{name}",
        )


def _reading(sheet: Sheet, view: str, chosen: str) -> Reading | None:
    """The text without brackets, where it is asked for so."""
    if chosen:
        return as_asked_by(sheet, chosen)
    return clean(sheet) if view in {"clean", "as"} else None


@get(TEXTS + "/{name:str}/board", sync_to_thread=True)
def board(request: Asking, app: App, actor: Viewer, format_: str, slug: str, name: str) -> Response[str]:
    """Paragraph by delegation: who stands where, who is waited for."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        held, found = readable_text(session, actor, meeting, name)
        only_participants(actor, meeting)
        return app.page(
            request,
            actor,
            "texts/board.html",
            meeting=held,
            sheet=kept_sheet(app.database, found.id, meeting)[1],
            here=f"/meetings/{meeting}/texts/{name}",
        )


@get(TEXTS + "/{name:str}/changes", sync_to_thread=True)
def changed(
    request: Asking,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    since: Annotated[int, QueryParameter(name="from", required=False)] = 0,
    until: Annotated[int, QueryParameter(name="to", required=False)] = 0,
) -> Response[str]:
    """What changed in the base between two moments of the negotiation."""
    meeting = f"{format_}/{slug}"
    with app.database.reading() as session:
        held, found = readable_text(session, actor, meeting, name)
        only_participants(actor, meeting)
        sheet = kept_sheet(app.database, found.id, meeting)[1]
        steps = moments(session, found)
        since, until = since or steps[0].entry, until or steps[-1].entry
        old, new = standing_at(session, found, since), standing_at(session, found, until)
        return app.page(
            request,
            actor,
            "texts/changes.html",
            meeting=held,
            sheet=sheet,
            moments=steps,
            since=since,
            until=until,
            changes=changes_between(old, new),
            labels=sheet.said
            | {each: said(label, found.language) for each, label in (old.labels | new.labels).items()},
            here=f"/meetings/{meeting}/texts/{name}",
        )


PARAGRAPH = TEXTS + "/{name:str}/p/{paragraph:str}"
PROPOSING = ("proposal.made", "compromise.offered")
"""The acts by which one asks for other words: for the own delegation rather than for the chair."""


@get(PARAGRAPH, sync_to_thread=True)
def paragraph(
    request: Asking,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    paragraph: str,
    old: Number = -1,
    new: Number = -1,
    amend: Query = "",
) -> Response[str]:
    """One paragraph: its brackets, its proposals and answers, its history, and the form to propose other words.

    `old` and `new` are two of its revisions, to be compared; `amend` is a proposal to be amended by the form.
    """
    return _paragraph(request, app, actor, f"{format_}/{slug}", name, paragraph, None, (old, new), amend)


@post(PARAGRAPH + "/preview", status_code=200)
async def preview(
    request: Asking, app: App, asker: Asker, format_: str, slug: str, name: str, paragraph: str
) -> Response[str]:
    """The brackets that a wording would make; nothing is kept."""
    given = await read_fields(request, WORDS)

    def drawn() -> Response[str]:
        with app.database.reading() as session:
            actor = asker(session)
        return _paragraph(request, app, actor, f"{format_}/{slug}", name, paragraph, given)

    return await run_sync(drawn)


def _paragraph(
    request: Asking,
    app: App,
    actor: Viewer,
    meeting: str,
    name: str,
    paragraph: str,
    given: dict[str, str] | None,
    pair: tuple[int, int] = (-1, -1),
    amend: str = "",
) -> Response[str]:
    reader = reader_of(actor, meeting)
    with app.database.reading() as session:
        held, found = readable_text(session, actor, meeting, name)
        only_participants(actor, meeting)
        as_of, sheet = kept_sheet(app.database, found.id, meeting, reader.delegation)
        line = sheet.line(paragraph)
        if line is None:
            raise not_found()
        offers, passage = app.door.offers, sheet.passage(line)
        proposing = next((act for act in PROPOSING if offers(actor, act, held, found, passage)), "")
        amend = given.get("amends", "") if given else amend
        amending = next((each for each in line.open if each.id == amend), None)
        if amending and not (proposing and offers(actor, proposing, held, found, passage, amending)):
            amending = None
        own = [
            each
            for each in line.open
            if each.by == reader.side and offers(actor, "proposal.revised", held, passage, each)
        ]
        context: dict[str, Any] = {
            "meeting": held,
            "sheet": sheet,
            "as_of": as_of,
            "line": line,
            "reader": reader,
            "proposing": proposing,
            "own": own[0] if len(own) == 1 and not amending else None,
            "amending": amending,
            "terms": terms_of(session, held.format),
            "typed": typed,
            "referred": [sheet.labels[each] for each in sheet.referring.get(paragraph, ())],
            "outcomes": named(session, actor, "outcome", line.outcomes),
            "wording": typed(amending.wording, sheet.labels) if amending else _offered(sheet, line, reader),
            "note": "",
            "preview": None,
            "here": f"/meetings/{meeting}/texts/{name}",
        }
        if given is not None:
            context |= {"wording": given.get("wording", ""), "note": given.get("note", "")}
            context["preview"] = _preview(sheet, line, reader, given.get("wording", ""), amending)
            if "hx-request" in request.headers:
                return app.page(request, actor, "texts/preview.html", **context)
        context["revisions"] = revisions = _revisions(session, line)
        context["reserved"] = reservations_on(session, found)
        said = {each.number: each.wording for each in revisions}
        old, new = pair
        context["compared"] = (old, new, said[old], said[new]) if old in said and new in said else None
        return app.page(request, actor, "texts/paragraph.html", **context)


def _offered(sheet: Sheet, line: Line, reader: Reader) -> str:
    """What the form begins with: the delegation's draft, or the paragraph as it would have it by now."""
    if draft := line.notes.get("draft"):
        return typed(draft[0], sheet.labels)
    held = [each.wording for each in line.open if reader.side in each.holders and each.wording]
    return typed(together(line.paragraph.wording, held, sheet.text.algorithm), sheet.labels)


def _preview(sheet: Sheet, line: Line, reader: Reader, wording: str, amending: Proposal | None) -> Any:
    """The paragraph's brackets with this wording instead of the reader's own proposals."""
    asked = asked_of(each for each in line.open if reader.side not in each.holders)
    fresh = fit(wording, sheet.labels)
    if fresh and fresh != line.paragraph.wording:
        asked.append(Asked("preview", (reader.side,), fresh, amending.id if amending else ""))
    return compiled(line.paragraph.wording, asked, sheet.order, sheet.text.algorithm)


def _revisions(session: Session, line: Line) -> list[Revision]:
    query = select(Revision).where(Revision.paragraph == line.paragraph.id).order_by(Revision.number.desc())
    return list(session.scalars(query))


routes = Router(
    "/",
    route_handlers=[
        texts,
        text,
        board,
        changed,
        news,
        paragraph,
        preview,
        *exchange_handlers,
        *language_handlers,
        *reminding_handlers,
        *signing_handlers,
    ],
)
