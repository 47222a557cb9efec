"""The live tail over HTTP: one server-sent event stream per browser, and the way up for signals.

A plain ASGI application outside the framework's layers: five thousand open lines must cost little each.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from anyio.to_thread import run_sync

from suhbat.acts.actors import PARTICIPANT_ROLES, Actor
from suhbat.acts.house import House
from suhbat.ground.language import language
from suhbat.record.entries import Entry
from suhbat.record.reading import of_meeting
from suhbat.record.tail import Listener

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
FIRST = b"retry: 1000\n\n"
BACKLOG = 500
"""Entries that a returning browser is given at a time, until it has them all."""

WhoIs = Callable[[dict[str, str]], Actor]
AboutPeer = Callable[[Actor, str], dict[str, Any]]


class Live:
    """Serves `/live/<meeting>`; `who_is` reads the actor from the request's cookies."""

    def __init__(self, house: House, who_is: WhoIs) -> None:
        self._house, self._who_is = house, who_is

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hold the line until the browser goes."""
        meeting = scope["path"].removeprefix("/live/").strip("/")
        query = {k: v[-1] for k, v in parse_qs(scope.get("query_string", b"").decode("latin-1")).items()}
        headers = {k.decode().lower(): v.decode("latin-1") for k, v in scope["headers"]}
        actor = await run_sync(self._who_is, headers)
        listener = Listener(
            meeting=meeting,
            scope=actor.scope(meeting),
            language=language(),
            peer=query.get("peer", "")[:40],
            person=actor.id,
            about=about(actor, meeting) if query.get("peer") else {},
        )
        after = _number(headers.get("last-event-id") or query.get("after") or "")
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": FIRST, "more_body": True})
        gone = asyncio.ensure_future(_gone(receive, listener))
        try:
            await self._serve(listener, after, send)
        finally:
            gone.cancel()
            self._house.tail.leave(listener)

    async def _serve(self, listener: Listener, after: int, send: Any) -> None:
        """Join first, then send what was missed, then follow: what is kept in between arrives once, in order."""
        tail = self._house.tail
        tail.join(listener)
        newest = tail.newest
        while 0 <= after < newest:
            missed = [entry for entry in await run_sync(self._missed, listener, after) if entry.number <= newest]
            chunk = b"".join(tail.event(entry, listener.language) for entry in missed)
            if chunk:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            after = missed[-1].number if len(missed) == BACKLOG else newest
        while chunk := await listener.take():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _missed(self, listener: Listener, after: int) -> Sequence[Entry]:
        with self._house.database.reading() as session:
            return of_meeting(session, listener.meeting, listener.scope, after, BACKLOG)


def about(actor: Actor, meeting: str) -> dict[str, Any]:
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


async def _gone(receive: Any, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.cut = True
    if listener.wake is not None and not listener.wake.done():
        listener.wake.set_result(None)
