"""The live tail over HTTP: one server-sent event stream per browser.

This is a plain ASGI application outside the web framework, because each of five thousand connections must cost little.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from anyio.to_thread import run_sync
from sqlalchemy.exc import DBAPIError

from suhbat.acts.app import App
from suhbat.acts.live_views import OpenView
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, PUBLIC_READER, Role, Viewer
from suhbat.ground.language import language
from suhbat.ground.register import Register
from suhbat.ground.static_files import answer
from suhbat.record.entries import Entry
from suhbat.record.reading import of_place
from suhbat.record.tail import Listener, out_event

log = logging.getLogger("suhbat.acts")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
FIRST = b"retry: 1000\n\n"
BACKLOG = 500
"""Entries sent at a time to a browser that comes back, until it has them all."""
LONGEST_PEER = 40
MOST_LOOKS = 20
"""How often the viewer is looked up again if seats are given up at the same moment."""

Ends = Callable[[Entry, Viewer], bool]
"""Whether an entry ends a right that the viewer had when the connection was opened."""
ENDS: Register[Ends] = Register("acts that end connections")


def ends_lines(act: str) -> Callable[[Ends], Ends]:
    """Register whose connections an act ends. A person who loses a seat or a sign-in gets nothing more over them."""

    def register(ends: Ends) -> Ends:
        ENDS[act] = ends
        return ends

    return register


WhoIs = Callable[[Any], Viewer]


class Live:
    """Serves `/live/<place>`: a meeting, a format, or the installation.

    `who_is` looks up the viewer by the cookies in a request's scope.
    """

    def __init__(self, app: App, who_is: WhoIs) -> None:
        self._app, self._who_is = app, who_is
        self._signed_in: dict[Listener, Viewer] = {}
        self._endings = 0
        """How many entries so far ended somebody's seat or sign-in."""
        app.tail.before += [self._cut_connections, app.live_views.note, app.timed_acts.note]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Keep the connection open until the browser closes it."""
        place = scope["path"].removeprefix("/live/").strip("/")
        query = {k: v[-1] for k, v in parse_qs(scope.get("query_string", b"").decode("latin-1")).items()}
        headers = {k.decode().lower(): v.decode("latin-1") for k, v in scope["headers"]}
        after = _number(headers.get("last-event-id") or query.get("after") or "")
        peer = query.get("peer", "")[:LONGEST_PEER] if "/" in place else ""
        in_meeting_room = bool(peer)  # no other page gives its browser tab a name
        first_viewer = await run_sync(self._who_is, scope)
        if peer and not await self._may_use_peer(place, peer, first_viewer):
            if first_viewer.id:
                await _refuse(send)
                return
            peer = ""  # signed out since then: the browser is notified below
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": FIRST, "more_body": True})
        # A slow client can hold up the two lines above for as long as it likes. So the viewer is looked up only now,
        # and nothing waits between this look-up and the start of listening.
        viewer = await self._present_viewer(scope)
        if viewer.id != first_viewer.id:
            peer = ""
        listener = Listener(
            place=place,
            scope=viewer.scope(place),
            language=language(),
            peer=peer,
            person=viewer.id,
            about=peer_description(viewer, place) if peer else {},
        )
        if viewer.id:
            self._signed_in[listener] = viewer
        if in_meeting_room and not listener.about:  # the seat or the sign-in ended while the connection was lost
            listener.push(out_event("seat.vacated" if viewer.id else "person.signed_out"))
        live_views = self._app.live_views
        open_view = live_views.opened(
            listener, viewer, query.get("screen", ""), max(0, _number(query.get("as_of", "")))
        )
        disconnect = asyncio.ensure_future(_wait_for_disconnect(receive, listener))
        try:
            await self._serve(listener, after, open_view, send)
        finally:
            disconnect.cancel()
            self._signed_in.pop(listener, None)
            self._app.tail.leave(listener)
            if listener.about and not self._app.tail.holds(place, peer):
                self._app.lines.lose(place, peer)
            if open_view:
                live_views.closed(open_view)

    async def _may_use_peer(self, place: str, peer: str, viewer: Viewer) -> bool:
        """Whether the name of this browser tab is the viewer's. For one who takes part, all processes know of the line.

        They do before the events begin, so that a signal of this browser may come in at any process.
        """
        if not self._app.tail.may_use_peer(place, peer, viewer.id):
            return False
        about = peer_description(viewer, place)
        try:
            return not about or await run_sync(self._app.lines.open, place, peer, viewer.id, about)
        except (DBAPIError, OSError) as fault:
            log.warning("a line is known to this process alone: %s", str(fault).partition("\n")[0])
            return True  # the disk is full: the room goes on as well as it can

    async def _present_viewer(self, scope: Any) -> Viewer:
        """The viewer as of now. The look-up is repeated if somebody lost a seat or a sign-in meanwhile."""
        for _ in range(MOST_LOOKS):
            endings = self._endings
            viewer = await run_sync(self._who_is, scope)
            if endings == self._endings:
                return viewer
        return PUBLIC_READER

    def _cut_connections(self, entry: Entry) -> None:
        """Cut the connections of people whose seat or sign-in an entry ends, before anything more is sent to them."""
        if ends := ENDS.get(entry.act):
            self._endings += 1
            for listener, viewer in self._signed_in.items():
                if ends(entry, viewer):
                    self._app.tail.put_out(listener, entry)

    async def _serve(self, listener: Listener, after: int, open_view: OpenView | None, send: Any) -> None:
        """Join first, then send the missed entries, then follow. Entries saved in between arrive once, in order."""
        tail = self._app.tail
        tail.join(listener)
        if listener.about:
            self._app.timed_acts.look_soon()  # somebody has come
        newest = tail.newest
        while 0 <= after < newest and not listener.cut:
            missed = [entry for entry in await run_sync(self._missed, listener, after) if entry.number <= newest]
            chunk = b"".join(tail.event(entry, listener.language) for entry in missed)
            if chunk:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            after = missed[-1].number if len(missed) == BACKLOG else newest
        if open_view and not listener.cut:
            await self._app.live_views.catch_up(self._app, open_view)
        while chunk := await listener.take():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _missed(self, listener: Listener, after: int) -> Sequence[Entry]:
        with self._app.database.reading() as session:
            return of_place(session, listener.place, listener.scope, after, BACKLOG)


def peer_description(viewer: Viewer, meeting: str) -> dict[str, Any]:
    """What the other participants are shown about a peer; empty for a viewer who has no seat there."""
    seats = [seat for seat in viewer.seats_at(meeting) if seat.role in PARTICIPANT_ROLES]
    if not seats:
        return {}
    state = viewer.delegation_at(meeting) or next((seat.state for seat in seats if seat.state), "")
    office = next((seat.office for seat in seats if seat.office), "")
    return {
        "person": viewer.id,
        "name": viewer.name,
        "delegation": state,
        "office": office,
        "roles": sorted({str(Role.ASSISTANT if seat.assists else seat.role) for seat in seats}),
    }


def _number(text: str) -> int:
    """The number of an entry, as a browser sends it back; -1 if it is not a number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(2**63)) else -1


async def _refuse(send: Any) -> None:
    """The name of this browser tab belongs to another person, and so do the signals sent to it."""
    await answer(send, 409, b"", [(b"cache-control", b"no-store")])


async def _wait_for_disconnect(receive: Any, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()
