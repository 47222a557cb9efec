"""The live tail over HTTP: one server-sent event stream per browser, and the way up for signals.

A plain ASGI application outside the framework's layers: five thousand open lines must cost little each.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from anyio.to_thread import run_sync

from suhbat.acts.actors import PARTICIPANT_ROLES, PUBLIC_READER, Viewer
from suhbat.acts.house import House
from suhbat.acts.screens import Open
from suhbat.ground.language import language
from suhbat.ground.registers import Register
from suhbat.ground.statics import answer
from suhbat.record.entries import Entry
from suhbat.record.reading import of_meeting
from suhbat.record.tail import Listener, out

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
FIRST = b"retry: 1000\n\n"
BACKLOG = 500
"""Entries that a returning browser is given at a time, until it has them all."""
LONGEST_PEER = 40
MOST_LOOKS = 20
"""How often it is looked up again who somebody is, while seats are given up at the very same moment."""

Ends = Callable[[Entry, Viewer], bool]
"""Whether an entry ends what an actor was when the line was opened."""
ENDS: Register[Ends] = Register("acts that end lines")


def ends_lines(act: str) -> Callable[[Ends], Ends]:
    """Register whose lines an act ends: whoever loses a seat or a sign-in is shown nothing more by an open line."""

    def register(ends: Ends) -> Ends:
        ENDS[act] = ends
        return ends

    return register


WhoIs = Callable[[Any], Viewer]


class Live:
    """Serves `/live/<meeting>`; `who_is` looks the actor up by the cookies of a request's scope."""

    def __init__(self, house: House, who_is: WhoIs) -> None:
        self._house, self._who_is = house, who_is
        self._signed_in: dict[Listener, Viewer] = {}
        self._endings = 0
        """How many entries so far took somebody a seat or a sign-in."""
        house.tail.before += [self._end, house.screens.note]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hold the line until the browser goes."""
        meeting = scope["path"].removeprefix("/live/").strip("/")
        query = {k: v[-1] for k, v in parse_qs(scope.get("query_string", b"").decode("latin-1")).items()}
        headers = {k.decode().lower(): v.decode("latin-1") for k, v in scope["headers"]}
        after = _number(headers.get("last-event-id") or query.get("after") or "")
        peer = query.get("peer", "")[:LONGEST_PEER]
        from_the_room = bool(peer)  # no other page gives its browser tab a name
        early = await run_sync(self._who_is, scope)
        if peer and not self._house.tail.lends(meeting, peer, early.id):
            if early.id:
                await _refuse(send)
                return
            peer = ""  # signed out since: it is told so
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": FIRST, "more_body": True})
        # A reader who does not read holds up the two lines above for as long as it likes: only now is it asked who
        # that is, and from the answer to the place among the listeners nothing waits.
        actor = await self._who(scope)
        if actor.id != early.id:
            peer = ""
        listener = Listener(
            meeting=meeting,
            scope=actor.scope(meeting),
            language=language(),
            peer=peer,
            person=actor.id,
            about=about(actor, meeting) if peer else {},
        )
        if actor.id:
            self._signed_in[listener] = actor
        if from_the_room and not listener.about:  # lost the seat or the sign-in while the line was away
            listener.push(out("seat.vacated" if actor.id else "person.signed_out"))
        screens = self._house.screens
        opened = screens.opened(listener, actor, query.get("screen", ""), max(0, _number(query.get("as_of", ""))))
        gone = asyncio.ensure_future(_gone(receive, listener))
        try:
            await self._serve(listener, after, opened, send)
        finally:
            gone.cancel()
            self._signed_in.pop(listener, None)
            self._house.tail.leave(listener)
            if opened:
                screens.closed(opened)

    async def _who(self, scope: Any) -> Viewer:
        """Who looks, as of now: looked up again where somebody lost a seat or a sign-in meanwhile."""
        for _ in range(MOST_LOOKS):
            endings = self._endings
            actor = await run_sync(self._who_is, scope)
            if endings == self._endings:
                return actor
        return PUBLIC_READER

    def _end(self, entry: Entry) -> None:
        """Cut the lines of those whom an entry takes a seat or a sign-in, before anything more is shown to them."""
        if ends := ENDS.get(entry.act):
            self._endings += 1
            for listener, actor in self._signed_in.items():
                if ends(entry, actor):
                    self._house.tail.put_out(listener, entry)

    async def _serve(self, listener: Listener, after: int, opened: Open | None, send: Any) -> None:
        """Join first, then send what was missed, then follow: what is kept in between arrives once, in order."""
        tail = self._house.tail
        tail.join(listener)
        newest = tail.newest
        while 0 <= after < newest and not listener.cut:
            missed = [entry for entry in await run_sync(self._missed, listener, after) if entry.number <= newest]
            chunk = b"".join(tail.event(entry, listener.language) for entry in missed)
            if chunk:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            after = missed[-1].number if len(missed) == BACKLOG else newest
        if opened and not listener.cut:
            await self._house.screens.catch_up(self._house, opened)
        while chunk := await listener.take():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _missed(self, listener: Listener, after: int) -> Sequence[Entry]:
        with self._house.database.reading() as session:
            return of_meeting(session, listener.meeting, listener.scope, after, BACKLOG)


def about(actor: Viewer, meeting: str) -> dict[str, Any]:
    """What the others in the room are told of a peer; nothing for those who have no seat there."""
    seats = [seat for seat in actor.seats_at(meeting) if seat.role in PARTICIPANT_ROLES]
    if not seats:
        return {}
    state = actor.delegation_at(meeting) or next((seat.state for seat in seats if seat.state), "")
    office = next((seat.office for seat in seats if seat.office), "")
    return {
        "person": actor.id,
        "name": actor.name,
        "delegation": state,
        "office": office,
        "roles": sorted({str(seat.role) for seat in seats}),
    }


def _number(text: str) -> int:
    """The number of an entry, as a browser gives it back; -1 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(2**63)) else -1


async def _refuse(send: Any) -> None:
    """The name of this browser tab is another person's: what is meant for that one goes to nobody else."""
    await answer(send, 409, b"", [(b"cache-control", b"no-store")])


async def _gone(receive: Any, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()
