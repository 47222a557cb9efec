"""Screens: what readers have open, drawn anew as the record grows and sent down their live lines.

A room that shows something long to many registers how its news are drawn. After an entry they are drawn once for all
who are shown the very same (one delegation, one language), and sent to each: sixty people who follow a text cost
seven drawings, and nobody has to ask. What each line may be sent is judged by the scope of the actor at its end;
a line whose seat is given up is cut (`live.ends_lines`) before the next entry is shown.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync

from suhbat.acts.actors import Viewer
from suhbat.ground.ids import new_id
from suhbat.ground.language import reading_in
from suhbat.ground.register import Register
from suhbat.record.cross_process import whole
from suhbat.record.entries import Entry
from suhbat.record.reading import of_meeting
from suhbat.record.tail import Listener

if TYPE_CHECKING:
    from suhbat.acts.app import App

log = logging.getLogger("suhbat.acts")
MOST_MISSED = 500
"""Entries looked through for whoever comes back; after more, the page is asked for again without a look."""


@dataclass(frozen=True)
class News:
    """What has changed for some readers."""

    as_of: int
    """The entry that it is told as of."""
    html: str
    """Empty: so much may be another that the page is to be asked for."""
    key: str = ""
    """Stands in the HTML for the one-time key that each reader's forms get of their own."""


@dataclass(frozen=True)
class Screen:
    """One kind of thing that readers have open."""

    concerns: Callable[[Entry], str]
    """The name (within its meeting) of what an entry changes; empty if nothing of this kind."""
    group: Callable[[Viewer, str], Hashable | None]
    """Actor and meeting to what decides, with the scope, what is shown; None: this reader is sent nothing."""
    draw: Callable[["App", Viewer, str, str, int], News | None]
    """The news of a meeting's thing since an entry, for an actor without a name; None: nothing for these readers."""


SCREENS: Register[Screen] = Register("screens")


@dataclass(eq=False, slots=True)
class Open:
    """One thing that one reader has open at the end of a live line."""

    listener: Listener
    actor: Viewer
    kind: str
    name: str
    as_of: int
    """The entry as of which the reader has it."""


class Screens:
    """All that is open in this process. Every method runs on the event loop."""

    def __init__(self) -> None:
        self._open: dict[str, set[Open]] = {}
        self._due: dict[tuple[str, str, str], None] = {}
        self._bell: asyncio.Event | None = None

    def opened(self, listener: Listener, actor: Viewer, what: str, as_of: int) -> Open | None:
        """Note what a reader has open (`kind:name`), as of an entry; None if that is no kind, or not theirs."""
        kind, _, name = what.partition(":")
        if kind not in SCREENS or SCREENS[kind].group(actor, listener.meeting) is None:
            return None
        made = Open(listener, actor, kind, name, as_of)
        self._open.setdefault(listener.meeting, set()).add(made)
        return made

    def closed(self, one: Open) -> None:
        """The line is gone."""
        held = self._open.get(one.listener.meeting, set())
        held.discard(one)
        if not held:
            self._open.pop(one.listener.meeting, None)

    def note(self, entry: Entry) -> None:
        """An entry was kept: what it changes is drawn anew, if anybody has it open."""
        held = self._open.get(entry.meeting)
        for kind, screen in SCREENS.items() if held else ():
            if name := screen.concerns(entry):
                self._due[entry.meeting, kind, name] = None
                if self._bell is not None:
                    self._bell.set()

    async def catch_up(self, app: "App", one: Open) -> None:
        """Tell a reader whose page is older than what the line tells that it is to be asked for again."""
        newest = await whole(run_sync(_missed, app, one))
        if newest:
            one.as_of = max(one.as_of, newest)
            one.listener.push(_event(one, one.as_of, News(newest, "")))

    async def run(self, app: "App") -> None:
        """Draw and send for as long as the house stands; what fails is told to the log, and the page asks by itself."""
        self._bell = bell = asyncio.Event()
        while True:
            await bell.wait()
            bell.clear()
            while self._due:
                due = next(iter(self._due))
                del self._due[due]  # what is kept from now on is due again
                try:
                    await self._show(app, *due)
                except Exception:
                    log.exception("the news of %s could not be sent", due)

    async def _show(self, app: "App", meeting: str, kind: str, name: str) -> None:
        screen = SCREENS[kind]
        groups: dict[Hashable, list[Open]] = {}
        for each in self._open.get(meeting, ()):
            if (each.kind, each.name) == (kind, name):
                shared = replace(each.actor, id="", name="")
                group = screen.group(shared, meeting), shared.scope(meeting), each.listener.language
                groups.setdefault(group, []).append(each)
        for members in groups.values():
            since = min(each.as_of for each in members)
            news = await whole(run_sync(_draw, app, screen, members[0], since))
            if news is None:
                continue
            chunk, key = _event(members[0], since, news), news.key.encode()
            for each in members:
                each.listener.push(chunk.replace(key, new_id().encode()) if key else chunk)
                each.as_of = max(each.as_of, news.as_of)


def _draw(app: "App", screen: Screen, one: Open, since: int) -> News | None:
    """The news as one of a group sees them; who it is stays unknown to what is drawn for all of them."""
    with reading_in(one.listener.language):
        return screen.draw(app, replace(one.actor, id="", name=""), one.listener.meeting, one.name, since)


def _missed(app: "App", one: Open) -> int:
    """The newest entry that the reader's page does not tell; 0 if there is none."""
    with app.database.reading() as session:
        after = of_meeting(session, one.listener.meeting, one.listener.scope, one.as_of, MOST_MISSED)
    concerning = [each.number for each in after if SCREENS[one.kind].concerns(each) == one.name]
    return after[-1].number if len(after) == MOST_MISSED else max(concerning, default=0)


def _event(one: Open, since: int, news: News) -> bytes:
    told = {"screen": f"{one.kind}:{one.name}", "since": since, "as_of": news.as_of, "html": news.html}
    return f"event: news\ndata: {json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
