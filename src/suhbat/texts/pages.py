"""Pages of texts: the list, the text in its views, a paragraph, the board, what changed. All work without a script."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Router, get, post
from litestar.params import Parameter, QueryParameter
from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.cross_package_links import named
from suhbat.acts.door import Asker
from suhbat.acts.forms import fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import WORDS, AnyRequest, read_fields
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import stamp
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
from suhbat.texts.text_access import Reader, opened_text, readable_meeting, reader_of
from suhbat.texts.text_guard_checks import fit, proposed_wordings
from suhbat.texts.view.live_updates import MOST_POINTS, news, points_for
from suhbat.texts.view.text_at_a_moment import changes_between, moments, standing_at
from suhbat.texts.view.text_reading import Reading, as_proposed_by, clean
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.view.view_cache import cached_sheet, cached_sheets
from suhbat.texts.wording.brackets import ProposedWording, compiled, together
from suhbat.texts.wording.numbering import label_in, typed

Query = Annotated[str, Parameter(required=False)]
Number = Annotated[int, Parameter(required=False)]
TEXTS = "/meetings/{format_:str}/{slug:str}/texts"


@get(TEXTS, sync_to_thread=True)
def texts(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The texts of a meeting and how they stand; for the public only the published ones."""
    meeting_id = f"{format_}/{slug}"
    reader = reader_of(actor, meeting_id)
    with app.database.reading() as session:
        meeting = readable_meeting(session, actor, meeting_id)
        rows = session.scalars(select(Text).where(Text.meeting == meeting_id).order_by(Text.opened)).all()
        readable = [text.id for text in rows if reader.takes_part or text.published]
        may_open = reader.drafts and app.door.offers(actor, "text.opened", meeting, invited_to(session, meeting_id))
        inputs = REGISTRY["text.opened"].input_type
        form = fields_of(inputs, session, actor, {"meeting": meeting_id}, {}) if may_open else []
        sheets = cached_sheets(session, readable, meeting_id)
        return app.page(request, actor, "texts/list.html", meeting=meeting, reader=reader, sheets=sheets, form=form)


@get(TEXTS + "/{name:str}", sync_to_thread=True)
def text(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    view: Query = "",
    as_: Annotated[str, QueryParameter(name="as", required=False)] = "",
) -> Response[str]:
    """The text: with brackets, clean, or as one delegation would have it; what waits for the reader; the silence."""
    with opened_text(app, actor, f"{format_}/{slug}", name) as opened:
        session, text, reader = opened.session, opened.text, opened.reader
        if not reader.takes_part:
            view = "clean"  # what was proposed, and which outcomes were meant, stays with the delegations
        elif text.status == "adopted":
            view = view or "clean"
        as_of, sheet = cached_sheet(app.database, text.id, text.meeting, reader.delegation)
        chosen = as_ if as_ in text.order and view == "as" else ""
        explanations = select(Explanation).where(Explanation.text == text.id).order_by(Explanation.entry)
        signatures = session.scalars(select(Signature).where(Signature.text == text.id))
        at_desk = reader.drafts and text.status == "drafting"
        return opened.page(
            request,
            "texts/text.html",
            sheet=sheet,
            as_of=as_of,
            most_points=MOST_POINTS,
            changed=None,
            view=view if view in {"clean", "as"} else "brackets",
            chosen=chosen,
            reading=_reading(sheet, view, chosen),
            points=points_for(app.door, actor, opened.meeting, sheet),
            question=question_on(session, text),
            corrected_by=corrigenda_of(session, text, reader) if text.status == "adopted" else [],
            setback=setback_of(session, text) if reader.takes_part else None,
            reserved=reservations_on(session, text) if at_desk else [],
            adopted_in_room=question_on(session, text, "adopted") if text.adopted_by == "consensus" else None,
            hurdles=hurdles(session, text) if at_desk else [],
            moment=stamp(app.clock()),
            explanations=session.scalars(explanations).all(),
            signatures={signature.delegation: signature for signature in signatures},
        )


def _reading(sheet: Sheet, view: str, chosen: str) -> Reading | None:
    """The text without brackets, for the views that show it so."""
    if chosen:
        return as_proposed_by(sheet, chosen)
    return clean(sheet) if view in {"clean", "as"} else None


@get(TEXTS + "/{name:str}/board", sync_to_thread=True)
def board(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str, name: str) -> Response[str]:
    """Paragraph by delegation: who stands where, who is waited for."""
    with opened_text(app, actor, f"{format_}/{slug}", name, participants_only=True) as opened:
        _as_of, sheet = cached_sheet(app.database, opened.text.id, opened.meeting.id)
        return opened.page(request, "texts/board.html", sheet=sheet)


@get(TEXTS + "/{name:str}/changes", sync_to_thread=True)
def changed(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    since: Annotated[int, QueryParameter(name="from", required=False)] = 0,
    until: Annotated[int, QueryParameter(name="to", required=False)] = 0,
) -> Response[str]:
    """What changed in the base between two moments of the negotiation."""
    with opened_text(app, actor, f"{format_}/{slug}", name, participants_only=True) as opened:
        session, text = opened.session, opened.text
        _as_of, sheet = cached_sheet(app.database, text.id, text.meeting)
        steps = moments(session, text)
        since, until = since or steps[0].entry, until or steps[-1].entry
        old, new = standing_at(session, text, since), standing_at(session, text, until)
        labels = (old.labels | new.labels).items()
        return opened.page(
            request,
            "texts/changes.html",
            sheet=sheet,
            moments=steps,
            since=since,
            until=until,
            changes=changes_between(old, new),
            labels=sheet.leading_labels | {name: label_in(label, text.language) for name, label in labels},
        )


PARAGRAPH = TEXTS + "/{name:str}/p/{paragraph:str}"
PROPOSING = ("proposal.made", "compromise.offered")
"""The acts that propose a change: first for the own delegation, then for the chair."""


@get(PARAGRAPH, sync_to_thread=True)
def paragraph(
    request: AnyRequest,
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
    request: AnyRequest, app: App, asker: Asker, format_: str, slug: str, name: str, paragraph: str
) -> Response[str]:
    """The brackets that a wording would make; nothing is saved."""
    form = await read_fields(request, WORDS)

    def drawn() -> Response[str]:
        with app.database.reading() as session:
            actor = asker(session)
        return _paragraph(request, app, actor, f"{format_}/{slug}", name, paragraph, form)

    return await run_sync(drawn)


def _paragraph(
    request: AnyRequest,
    app: App,
    actor: Viewer,
    meeting_id: str,
    name: str,
    paragraph: str,
    form: dict[str, str] | None,
    pair: tuple[int, int] = (-1, -1),
    amend: str = "",
) -> Response[str]:
    with opened_text(app, actor, meeting_id, name, participants_only=True) as opened:
        session, meeting, text, reader = opened.session, opened.meeting, opened.text, opened.reader
        as_of, sheet = cached_sheet(app.database, text.id, meeting_id, reader.delegation)
        line = sheet.line(paragraph)
        if line is None:
            raise not_found()
        offers, passage = app.door.offers, sheet.passage(line)
        proposing = next((act for act in PROPOSING if offers(actor, act, meeting, text, passage)), "")
        amend = form.get("amends", "") if form else amend
        amending = next((proposal for proposal in line.open if proposal.id == amend), None)
        if amending and not (proposing and offers(actor, proposing, meeting, text, passage, amending)):
            amending = None
        made_here = [proposal for proposal in line.open if proposal.by == reader.side]
        own = [proposal for proposal in made_here if offers(actor, "proposal.revised", meeting, passage, proposal)]
        context: dict[str, Any] = {
            "sheet": sheet,
            "as_of": as_of,
            "line": line,
            "proposing": proposing,
            "own": own[0] if len(own) == 1 and not amending else None,
            "amending": amending,
            "terms": terms_of(session, meeting.format),
            "typed": typed,
            "referred": [sheet.labels[referring] for referring in sheet.referring.get(paragraph, ())],
            "outcomes": named(session, actor, "outcome", line.outcomes),
            "wording": typed(amending.wording, sheet.labels) if amending else _first_wording(sheet, line, reader),
            "note": "",
            "preview": None,
        }
        if form is not None:
            context |= {"wording": form.get("wording", ""), "note": form.get("note", "")}
            context["preview"] = _preview(sheet, line, reader, form.get("wording", ""), amending)
            if "hx-request" in request.headers:
                return opened.page(request, "texts/preview.html", **context)
        context["revisions"] = revisions = _revisions(session, line)
        context["reserved"] = reservations_on(session, text)
        context["compared"] = _compared({revision.number: revision.wording for revision in revisions}, *pair)
        return opened.page(request, "texts/paragraph.html", **context)


def _compared(wordings: dict[int, str], old: int, new: int) -> tuple[int, int, str, str] | None:
    """Two revisions to be compared, with their wordings; None where one of them does not exist."""
    return (old, new, wordings[old], wordings[new]) if old in wordings and new in wordings else None


def _first_wording(sheet: Sheet, line: Line, reader: Reader) -> str:
    """The wording in the empty form: the delegation's draft, or the paragraph with all that it proposes."""
    if draft := line.notes.get("draft"):
        return typed(draft[0], sheet.labels)
    own = [proposal for proposal in line.open if reader.side in proposal.holders]
    wordings = [proposal.wording for proposal in own if proposal.wording]
    return typed(together(line.paragraph.wording, wordings, sheet.text.algorithm), sheet.labels)


def _preview(sheet: Sheet, line: Line, reader: Reader, wording: str, amending: Proposal | None) -> Any:
    """The paragraph's brackets with this wording instead of the reader's own proposals."""
    wordings = proposed_wordings(proposal for proposal in line.open if reader.side not in proposal.holders)
    fresh = fit(wording, sheet.labels)
    if fresh and fresh != line.paragraph.wording:
        wordings.append(ProposedWording("preview", (reader.side,), fresh, amending.id if amending else ""))
    return compiled(line.paragraph.wording, wordings, sheet.order, sheet.text.algorithm)


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
