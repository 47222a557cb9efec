"""The newest public entries, of all formats or one, as a page, as JSON and as an Atom feed."""

from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.response import Response
from lxml import etree
from sqlalchemy import func, select

from suhbat.acts.app import App, address
from suhbat.acts.page_cache import cacheable
from suhbat.acts.registry import body_of, say
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext as _
from suhbat.ground.refusals import not_found
from suhbat.meetings.models import Meeting
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.web.pagination import page_count, requested_page
from suhbat.public.web.responses import answer, requested_form
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of

MOST = 60
ATOM = "http://www.w3.org/2005/Atom"


@get("/changes", sync_to_thread=True)
def changes(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The public entries of the record, the newest first, in pages. `?format=` narrows them to one format.

    What is rehearsed is no change: nobody's feed reader takes it for news.
    """
    format_id = str(request.query_params.get("format", ""))[:80]
    form = requested_form(request)
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
        rehearsed = select(Meeting.id).where(Meeting.rehearsal.is_(True))
        query = select(EntryRow).where(EntryRow.audience == "public", EntryRow.meeting.not_in(rehearsed))
        if format_id:
            if not format_id.isprintable():
                raise not_found()
            query = query.where(EntryRow.format == format_id)
        page, pages, count, error = 1, 1, 0, ""
        if form != "atom":  # a feed has only the newest entries
            count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            pages = page_count(count, MOST)
            page, error = requested_page(str(request.query_params.get("page", "")), pages)
        query = query.order_by(EntryRow.number.desc()).limit(MOST).offset((page - 1) * MOST)
        entries = [entry_of(row) for row in session.scalars(query)]
    rows = [_row(almanac, entry) for entry in entries]
    if form == "atom":
        feed = as_atom(rows, app.settings.origin, f"?{urlencode({'format': format_id})}" if format_id else "")
        return cacheable(Response(feed, media_type="application/atom+xml"))
    quoted = {entry.number: [{"name": words} for words in _quoted(entry)] for entry in entries}
    facts = {
        "changes": rows, "format": format_id, "found": count, "page": page, "pages": pages,
        "faults": {"page": error} if error else {},
    }  # fmt: skip
    return answer(app, request, actor, "public/changes.html", facts, quoted=quoted)


def _quoted(entry: Entry) -> list[str]:
    """The words of the record that are quoted in the sentence about an entry; they have no translation."""
    if not entry.act.startswith("archive."):
        return []
    body = body_of(entry)
    words: list[str | None] = []
    if isinstance(content := getattr(body, "content", None), dict):
        words += [content.get("title"), content.get("name")]
    if entry.act in {"archive.corrected", "archive.withdrawn"}:
        words.append(body.why)
    elif entry.act == "archive.delivery_added":
        words.append(body.delivery.summary)
    elif entry.act == "archive.outcome_added":
        words.append(body.content["outcomes"][-1]["summary"])
    return [text for text in words if text]


def _row(almanac: Almanac, entry: Entry) -> dict[str, Any]:
    path = f"/record/{entry.number}"
    if entry.meeting in almanac.every_meeting:
        path = almanac.every_meeting[entry.meeting].path
    elif entry.format in almanac.formats:
        path = almanac.formats[entry.format].path
    rehearsal = entry.meeting in almanac.every_meeting and almanac.every_meeting[entry.meeting].rehearsal
    return {
        "entry": entry.number, "time": stamp(entry.time), "act": entry.act, "line": say(entry), "path": path,
        "meeting": entry.meeting, "format": entry.format, "name": entry.name, "rehearsal": rehearsal,
    }  # fmt: skip


def as_atom(rows: list[dict[str, Any]], origin: str, query: str) -> bytes:
    """The rows as an Atom feed (RFC 4287)."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # the stubs know no default
    _put(feed, "id", f"{origin}/changes{query}")
    _put(feed, "title", _("Suhbat: what changed in the public record"))
    _put(feed, "updated", rows[0]["time"] if rows else "1970-01-01T00:00:00Z")
    _link(feed, "self", f"{origin}/changes.atom{query}")
    _link(feed, "alternate", f"{origin}{address('/changes')}{query}")
    for row in rows:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _put(entry, "id", f"{origin}/record/{row['entry']}")
        _put(entry, "title", row["line"])
        _put(entry, "updated", row["time"])
        _put(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", row["name"] or "Suhbat")
        _link(entry, "alternate", f"{origin}{address(row['path'])}")
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8"))


def _put(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = "".join(c for c in text if c.isprintable())


def _link(parent: etree._Element, rel: str, href: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href)
