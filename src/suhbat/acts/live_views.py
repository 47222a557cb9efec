"""Live views: what readers have open is rendered again as the record grows, and sent over their connections.

A package that shows something long to many readers registers how its changes are rendered. After an entry they are
rendered once for each group of readers who see the same (one delegation, one language), and sent to each reader. Sixty
people who follow a text need seven renderings, and no browser has to ask. The viewer's scope decides what may be sent
over a connection. If a seat is given up, its connections are cut (`live_streams.ends_lines`) before the next entry is
sent.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync

from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.ids import new_id
from suhbat.ground.language import reading_in
from suhbat.ground.register import Register
from suhbat.record.entries import Entry
from suhbat.record.process_notifications import finish_reading
from suhbat.record.reading import of_place
from suhbat.record.tail import Listener

if TYPE_CHECKING:
    from suhbat.acts.app import App

log = logging.getLogger("suhbat.acts")
MOST_MISSED = 500
"""Entries that are read for a reader who comes back. If there are more, the page is reloaded without reading them."""


@dataclass(frozen=True)
class News:
    """What changed in a live view, for one group of readers."""

    as_of: int
    """The entry up to which the view is now current."""
    html: str
    """Empty if so much may have changed that the page must be loaded again."""
    key: str = ""
    """A placeholder in the HTML. It is replaced by a new one-time key for each reader's forms."""


@dataclass(frozen=True)
class LiveView:
    """One kind of live view."""

    concerns: Callable[[Entry], str]
    """The name (within its place) of the view that an entry changes; empty if it changes none of this kind."""
    group: Callable[[Viewer, str], Hashable | None]
    """From viewer and place to a value: readers with the same value and scope see the same. None: send nothing."""
    draw: Callable[["App", Viewer, str, str, int], News | None]
    """The changes of a place's view since an entry, for a viewer without a name. None: nothing for these readers."""


LIVE_VIEWS: Register[LiveView] = Register("screens")


@dataclass(eq=False, slots=True)
class OpenView:
    """One live view that one reader has open."""

    listener: Listener
    actor: Viewer
    kind: str
    name: str
    as_of: int
    """The entry up to which the reader's view is current."""


class LiveViews:
    """All live views that are open in this process. Every method runs on the event loop."""

    def __init__(self) -> None:
        self._open: dict[str, set[OpenView]] = {}
        self._due: dict[tuple[str, str, str], None] = {}
        self._bell: asyncio.Event | None = None

    def opened(self, listener: Listener, actor: Viewer, screen: str, as_of: int) -> OpenView | None:
        """Add a reader's live view (`kind:name`), current up to an entry; None if unknown or not for the reader."""
        kind, _, name = screen.partition(":")
        if kind not in LIVE_VIEWS or LIVE_VIEWS[kind].group(actor, listener.place) is None:
            return None
        view = OpenView(listener, actor, kind, name, as_of)
        self._open.setdefault(listener.place, set()).add(view)
        return view

    def closed(self, view: OpenView) -> None:
        """Remove a live view whose connection has ended."""
        views = self._open.get(view.listener.place, set())
        views.discard(view)
        if not views:
            self._open.pop(view.listener.place, None)

    def note(self, entry: Entry) -> None:
        """After a new entry: mark the open views that it changes, to be rendered again."""
        views = self._open.get(entry.place)
        for kind, live_view in LIVE_VIEWS.items() if views else ():
            if name := live_view.concerns(entry):
                self._due[entry.place, kind, name] = None
                if self._bell is not None:
                    self._bell.set()

    async def catch_up(self, app: "App", view: OpenView) -> None:
        """Make a reader load the page again if the page is older than the connection."""
        newest = await finish_reading(run_sync(_missed, app, view))
        if newest:
            view.as_of = max(view.as_of, newest)
            view.listener.push(_event(view, view.as_of, News(newest, "")))

    async def run(self, app: "App") -> None:
        """Render and send for as long as the server runs. Failures are logged; the page then loads itself."""
        self._bell = bell = asyncio.Event()
        while True:
            await bell.wait()
            bell.clear()
            while self._due:
                due = next(iter(self._due))
                del self._due[due]  # entries saved from now on make it due again
                try:
                    await self._show(app, *due)
                except Exception:
                    log.exception("the news of %s could not be sent", due)

    async def _show(self, app: "App", place: str, kind: str, name: str) -> None:
        live_view = LIVE_VIEWS[kind]
        groups: dict[Hashable, list[OpenView]] = {}
        for view in self._open.get(place, ()):
            if (view.kind, view.name) == (kind, name):
                shared = replace(view.actor, id="", name="")
                group = live_view.group(shared, place), shared.scope(place), view.listener.language
                groups.setdefault(group, []).append(view)
        for members in groups.values():
            since = min(view.as_of for view in members)
            news = await finish_reading(run_sync(_draw, app, live_view, members[0], since))
            if news is None:
                continue
            chunk, key = _event(members[0], since, news), news.key.encode()
            for view in members:
                view.listener.push(chunk.replace(key, new_id().encode()) if key else chunk)
                view.as_of = max(view.as_of, news.as_of)


def _draw(app: "App", live_view: LiveView, view: OpenView, since: int) -> News | None:
    """The changes as one reader of a group sees them. All of them get the same, so it does not know the person."""
    with reading_in(view.listener.language):
        return live_view.draw(app, replace(view.actor, id="", name=""), view.listener.place, view.name, since)


def _missed(app: "App", view: OpenView) -> int:
    """The number of the newest entry that the reader's page does not show; 0 if there is none."""
    with app.database.reading() as session:
        later = of_place(session, view.listener.place, view.listener.scope, view.as_of, MOST_MISSED)
    concerning = [entry.number for entry in later if LIVE_VIEWS[view.kind].concerns(entry) == view.name]
    return later[-1].number if len(later) == MOST_MISSED else max(concerning, default=0)


def _event(view: OpenView, since: int, news: News) -> bytes:
    data = {"screen": f"{view.kind}:{view.name}", "since": since, "as_of": news.as_of, "html": news.html}
    return f"event: news\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
