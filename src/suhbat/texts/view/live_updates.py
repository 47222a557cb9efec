"""What has changed in a text since a reader's page was drawn: only that is sent, drawn once for a delegation."""

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
from suhbat.texts.models import Proposal, Text
from suhbat.texts.text_access import Reader, only_participants, readable_text, reader_of
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.view.view_cache import ABOUT, kept_sheet, newest_of, touched

MOST_POINTS = 12
"""Points that wait for a delegation shown at once: a telephone has to carry them."""
KEY = new_id()
"""Stands in what is kept for the key that each reader's forms get of their own; nobody can have written it."""
MOST_KEPT = 64


@dataclass(frozen=True)
class Told:
    """News as they are kept."""

    as_of: int
    html: str
    """Empty: the whole page is to be asked for."""
    any: bool
    """Whether anything has changed for these readers."""


_kept: WeakKeyDictionary[Database, OrderedDict[Any, Told]] = WeakKeyDictionary()
_one_at_a_time, _drawing = Lock(), Lock()


@get("/meetings/{format_:str}/{slug:str}/texts/{name:str}/news", sync_to_thread=True)
def news(
    app: App,
    actor: Viewer,
    format_: str,
    slug: str,
    name: str,
    since: Annotated[int, QueryParameter(name="since", required=False)] = 0,
) -> Response[str]:
    """What of the text with its brackets is not as it was at entry `since`; 205: ask for the whole page.

    The page's head, the paragraphs that have changed, and the points that wait. Nothing here that the page itself
    would not show this reader. An open page is sent the same by its live line, and asks here only if that fails.
    """
    meeting = f"{format_}/{slug}"
    only_participants(actor, meeting)
    told = _told(app, actor, meeting, name, since)
    if not told.html:
        return Response("", status_code=205, media_type="text/html")
    return Response(told.html.replace(KEY, new_id()), media_type="text/html")


def _told(app: App, actor: Viewer, meeting: str, name: str, since: int) -> Told:
    """The news for this reader, drawn once for all who are shown the same."""
    reader = reader_of(actor, meeting)
    with app.database.reading() as session:
        held, text = readable_text(session, actor, meeting, name)
        as_of = newest_of(session, meeting)
        key = (text.id, since, as_of, reader, language())
        told = _find(app.database, key)
        if told is None:
            with _drawing:  # ten of a delegation ask at once: one draws, the others are given it
                told = _find(app.database, key)
                if told is None:
                    entries = of_place(session, meeting, actor.scope(meeting), since)
                    changed = touched(session, entries, name) if since and text.state == "drafting" else None
                    html = "" if changed is None else _draw(app, (held, text), reader, changed, as_of)
                    told = Told(as_of, html, bool(changed or changed is None))
                    _keep(app.database, key, told)
    return told


def _draw(app: App, about: tuple[Meeting, Text], reader: Reader, changed: set[str], as_of: int) -> str:
    """The news as of an entry. The sheet may be newer by now: what came since is told again by the next news.

    Drawn for nobody in particular: what is kept is given to everyone of the delegation.
    """
    held, text = about
    _newer, sheet = kept_sheet(app.database, text.id, held.id, reader.delegation)
    context: dict[str, Any] = {"form_key": KEY, "changed": changed, "as_of": as_of, "most_points": MOST_POINTS}
    context |= {"meeting": held, "sheet": sheet, "reader": reader, "view": "brackets", "chosen": ""}
    viewer = reader.nameless(held.id)
    context["points"] = points_for(app.door, viewer, held, sheet)
    here = f"/meetings/{held.id}/texts/{text.name}"
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
    told = _told(app, actor, meeting, name, since)
    return News(told.as_of, told.html, KEY) if told.any else None


LIVE_VIEWS["text"] = LiveView(_concerns, _group, _for_screens)


def _find(database: Database, key: Any) -> Told | None:
    with _one_at_a_time:
        return _kept.get(database, {}).get(key)


def _keep(database: Database, key: Any, told: Told) -> None:
    with _one_at_a_time:
        kept = _kept.setdefault(database, OrderedDict())
        kept[key] = told
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
