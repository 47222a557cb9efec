"""What has changed in a text since a reader's page was drawn. Only that is sent; it is drawn once for a delegation."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from litestar import get
from litestar.params import QueryParameter
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.door import Door
from suhbat.acts.live_views import LIVE_VIEWS, LiveView, News
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.database import Database
from suhbat.ground.ids import new_id
from suhbat.ground.language import language
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.record.reading import of_place
from suhbat.texts.models import Proposal
from suhbat.texts.text_access import OpenedText, Reader, only_participants, opened_text, reader_of
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.view.view_cache import ABOUT, cached_sheet, newest_of, touched

MOST_POINTS = 12
"""Points that wait for a delegation, shown at once at most: a phone has to load them."""
KEY = new_id()
"""A placeholder in cached HTML for the one-time key of each reader's forms; nobody can have written it."""
MOST_CACHED = 64


@dataclass(frozen=True)
class CachedNews:
    """What has changed in a text for a group of readers."""

    as_of: int
    html: str
    """Empty: the page has to be loaded again."""
    any: bool
    """Whether anything has changed for these readers."""


_cache: WeakKeyDictionary[Database, OrderedDict[Any, CachedNews]] = WeakKeyDictionary()
_cache_lock, _drawing = Lock(), Lock()


@get("/meetings/{format_:str}/{slug:str}/texts/{name:str}/news", sync_to_thread=True)
def news(
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    since: Annotated[int, QueryParameter(name="since", required=False)] = 0,
) -> Response[str]:
    """What has changed in the text with its brackets since entry `since`; 205: load the whole page again.

    It is the page's head, the changed paragraphs, and the points that wait. It holds nothing that the page itself
    would not show this reader. An open page gets the same by its live stream, and asks here only if that fails.
    """
    meeting = f"{format_}/{slug}"
    only_participants(actor, meeting)
    cached = _news_for(app, actor, meeting, name, since)
    if not cached.html:
        return Response("", status_code=205, media_type="text/html")
    return Response(cached.html.replace(KEY, new_id()), media_type="text/html")


def _news_for(app: App, actor: Viewer, meeting: str, name: str, since: int) -> CachedNews:
    """The news for this reader, drawn once for all who see the same."""
    with opened_text(app, actor, meeting, name) as opened:
        session, text = opened.session, opened.text
        as_of = newest_of(session, meeting)
        key = (text.id, since, as_of, opened.reader, language())
        cached = _find(app.database, key)
        if cached is None:
            with _drawing:  # ten of a delegation ask at once: one draws, the others take it from the cache
                cached = _find(app.database, key)
                if cached is None:
                    entries = of_place(session, meeting, actor.scope(meeting), since)
                    changed = touched(session, entries, name) if since and text.status == "drafting" else None
                    html = "" if changed is None else _draw(opened, changed, as_of)
                    cached = CachedNews(as_of, html, bool(changed or changed is None))
                    _store(app.database, key, cached)
    return cached


def _draw(opened: OpenedText, changed: set[str], as_of: int) -> str:
    """The news as of an entry. The sheet may be newer by now: the next news then shows the same change again.

    It is drawn for nobody in particular, because everyone of the delegation gets it from the cache.
    """
    app, meeting, reader, here = opened.app, opened.meeting, opened.reader, opened.here
    _newer, sheet = cached_sheet(app.database, opened.text.id, meeting.id, reader.delegation)
    context: dict[str, Any] = {"form_key": KEY, "changed": changed, "as_of": as_of, "most_points": MOST_POINTS}
    context |= {"meeting": meeting, "sheet": sheet, "reader": reader, "view": "brackets", "chosen": ""}
    viewer = reader.nameless(meeting.id)
    context["points"] = points_for(app.door, viewer, meeting, sheet)
    return app.drawn(viewer, here, "texts/news.html", here=here, **context)


def points_for(door: Door, viewer: Viewer, meeting: Meeting, sheet: Sheet) -> list[tuple[Line, Proposal]]:
    """What waits for a viewer's delegation: proposals to answer, and own ones to renew."""
    return [
        (line, proposal)
        for line, proposal in sheet.points_of(viewer.delegation_at(meeting.id))
        if door.offers(viewer, "position.taken", meeting, sheet.text, proposal)
        or door.offers(viewer, "proposal.repaired", meeting, sheet.passage(line), proposal)
    ]


def _concerns(entry: Entry) -> str:
    return str(entry.body.get("text") or "") if entry.act.startswith(ABOUT) else ""


def _group(actor: Viewer, meeting: str) -> Reader | None:
    """Those who negotiate, by what they are here: a delegation's notes are drawn for that delegation alone."""
    reader = reader_of(actor, meeting)
    return reader if reader.takes_part else None


def _for_screens(app: App, actor: Viewer, meeting: str, name: str, since: int) -> News | None:
    cached = _news_for(app, actor, meeting, name, since)
    return News(cached.as_of, cached.html, KEY) if cached.any else None


LIVE_VIEWS["text"] = LiveView(_concerns, _group, _for_screens)


def _find(database: Database, key: Any) -> CachedNews | None:
    with _cache_lock:
        return _cache.get(database, {}).get(key)


def _store(database: Database, key: Any, news: CachedNews) -> None:
    with _cache_lock:
        cache = _cache.setdefault(database, OrderedDict())
        cache[key] = news
        while len(cache) > MOST_CACHED:
            cache.popitem(last=False)
