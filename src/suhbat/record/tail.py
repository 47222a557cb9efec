"""The live tail: entries pushed to whoever may see them, the moment they are kept.

A listener belongs to a meeting and has a scope and a language. Listeners who would be shown the same bytes share
them: an entry is written out once per group, not once per listener. Entries carry their number as the event's id,
so a browser that lost its line asks for what came after. Signals (a WebRTC offer, who is here) carry no id and
are not kept.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from suhbat.record.entries import Entry
from suhbat.record.reading import Scope

MOST_PEERS = 20_000
"""Browser tabs of which it is remembered whose they are; the one that came first is forgotten first."""
MOST_WAITING = 512 * 1024
"""Bytes a slow listener may lag behind before its line is cut; it comes back and asks for the rest."""
PULSE = b": here\n\n"

Write = Callable[[Entry, str], dict[str, Any]]
"""How an entry is written out for a language."""


@dataclass(eq=False, slots=True)
class Listener:
    """One open line. `peer` names the browser tab; it is how signals are addressed."""

    meeting: str
    scope: Scope
    language: str
    peer: str
    person: str
    about: dict[str, Any]
    """What the others in the room are told of this peer: delegation, name, role. Empty for a mere reader."""
    waiting: list[bytes] = field(default_factory=list)
    lag: int = 0
    wake: asyncio.Future[None] | None = None
    cut: bool = False

    last: bytes = b""
    """What is sent before a line that is cut ends: why it is cut."""

    def end(self, last: bytes = b"") -> None:
        """Cut the line; a browser comes back by itself, and is then whoever it is by then."""
        self.cut, self.last = True, last
        if self.wake is not None and not self.wake.done():
            self.wake.set_result(None)

    def push(self, chunk: bytes) -> None:
        """Hand over bytes; never waits."""
        if self.cut:
            return
        self.waiting.append(chunk)
        self.lag += len(chunk)
        if self.lag > MOST_WAITING:
            self.cut = True
        if self.wake is not None and not self.wake.done():
            self.wake.set_result(None)

    async def take(self) -> bytes:
        """Wait for bytes and take all that are there; empty where the line is cut."""
        if not self.waiting and not self.cut:
            self.wake = asyncio.get_running_loop().create_future()
            await self.wake
            self.wake = None
        if self.cut:
            chunk, self.last = self.last, b""
            return chunk
        chunk = self.waiting[0] if len(self.waiting) == 1 else b"".join(self.waiting)
        self.waiting.clear()
        self.lag = 0
        return chunk


class Tail:
    """All open lines of this process. Every method but `publish_soon` runs on the event loop."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._rooms: dict[str, set[Listener]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._early: dict[int, Entry] = {}
        self._owners: OrderedDict[tuple[str, str], str] = OrderedDict()
        self.before: list[Callable[[Entry], None]] = []
        """Told of every entry in order, on the event loop, just before it is shown."""
        self.newest = 0
        """The number of the newest entry that was shown."""

    def start(self, loop: asyncio.AbstractEventLoop, newest: int) -> None:
        """Name the event loop that the lines live on, and the entry after which the tail begins."""
        self._loop, self.newest = loop, newest

    def publish_soon(self, entries: Sequence[Entry]) -> None:
        """Show entries that were just kept; may be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publish, entries)

    def publish(self, entries: Sequence[Entry]) -> None:
        """Show entries in the order of their numbers: one that comes early waits, one already shown is passed over."""
        self._early.update((entry.number, entry) for entry in entries if entry.number > self.newest)
        while entry := self._early.pop(self.newest + 1, None):
            self.newest = entry.number
            for told in self.before:
                told(entry)
            self._show(entry)

    def _show(self, entry: Entry) -> None:
        written: dict[str, bytes] = {}
        for listener in self._rooms.get(entry.meeting, ()):
            if listener.scope.sees(entry.audience):
                if listener.language not in written:
                    written[listener.language] = self.event(entry, listener.language)
                listener.push(written[listener.language])

    def event(self, entry: Entry, language: str) -> bytes:
        """An entry as a server-sent event."""
        data = json.dumps(self._write(entry, language), ensure_ascii=False, separators=(",", ":"))
        return f"id: {entry.number}\nevent: entry\ndata: {data}\n\n".encode()

    def join(self, listener: Listener) -> None:
        """Open a line and tell the room who came."""
        self._rooms.setdefault(listener.meeting, set()).add(listener)
        self._tell_who_is_here(listener.meeting)

    def leave(self, listener: Listener) -> None:
        """Close a line and tell the room who went."""
        room = self._rooms.get(listener.meeting, set())
        room.discard(listener)
        if not room:
            self._rooms.pop(listener.meeting, None)
        self._tell_who_is_here(listener.meeting)

    def here(self, meeting: str) -> list[dict[str, Any]]:
        """Those who take part and have a line open: peer, person and what is told of them."""
        found = [x for x in self._rooms.get(meeting, ()) if x.about]
        return [{"peer": x.peer, **x.about} for x in sorted(found, key=lambda x: x.peer)]

    def signal(self, meeting: str, sender: Listener, to: str, data: Any) -> bool:
        """Pass something on that nobody needs tomorrow, to one peer or (empty `to`) to all who take part."""
        chunk = _signal({"from": sender.peer, "data": data})
        reached = False
        for listener in self._rooms.get(meeting, ()):
            if listener.about and listener is not sender and to in {"", listener.peer}:
                listener.push(chunk)
                reached = True
        return reached

    def peer(self, meeting: str, peer: str, person: str) -> Listener | None:
        """The open line of a peer, if it belongs to this person."""
        for listener in self._rooms.get(meeting, ()):
            if listener.peer == peer and listener.person == person:
                return listener
        return None

    def lends(self, meeting: str, peer: str, person: str) -> bool:
        """Whether a person may be called by this peer's name: it belongs to whoever came by it first."""
        owner = self._owners.setdefault((meeting, peer), person)
        if len(self._owners) > MOST_PEERS:
            self._owners.popitem(last=False)
        return owner == person

    def put_out(self, listener: Listener, entry: Entry) -> None:
        """Cut the line of someone whom an entry takes a seat or a sign-in, and tell the room at once.

        The one who is put out is told by whom, and the others that this browser is gone for good: they need not wait
        for it to come back, as after a lost line.
        """
        listener.end(out(entry.act, entry.name if entry.actor != listener.person else ""))
        room = self._rooms.get(listener.meeting, set())
        if listener in room and listener.about:
            gone = _event("gone", {"peers": [listener.peer]})
            for other in room:
                if other.about and other is not listener:
                    other.push(gone)
            self.leave(listener)

    def pulse(self) -> None:
        """Keep every line warm, so that proxies do not close it."""
        for room in self._rooms.values():
            for listener in room:
                listener.push(PULSE)

    def close(self) -> None:
        """Cut every line; browsers come back by themselves."""
        for room in list(self._rooms.values()):
            for listener in list(room):
                listener.end()

    def _tell_who_is_here(self, meeting: str) -> None:
        room = self._rooms.get(meeting, ())
        if not any(listener.about for listener in room):
            return
        chunk = _event("here", {"peers": self.here(meeting)})
        for listener in room:
            if listener.about:
                listener.push(chunk)


def out(act: str, by: str = "") -> bytes:
    """What tells a browser that it is put out: by which act, and by whom; nobody is named for the own hand."""
    return _event("out", {"act": act, "by": by})


def _signal(data: dict[str, Any]) -> bytes:
    return _event("signal", data)


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
