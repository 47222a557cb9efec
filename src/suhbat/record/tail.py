"""The live tail: entries are pushed to everyone who may see them, as soon as they are committed.

A listener belongs to a place (a meeting, a format or the installation) and has a scope and a language. Listeners with
the same language share the same bytes: an entry is written once per language, not once per listener. Entries have their
number as the event's id, so a browser that lost its connection asks for what came after. Signals (a WebRTC offer, who
is here) have no id and are not stored. Those for a listener of another process go through `open_lines`.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from suhbat.record.audiences import Scope
from suhbat.record.entries import Entry
from suhbat.record.open_lines import Line, Signal

MOST_PEERS = 20_000
"""Browser tabs whose owners are remembered, at most. The oldest is forgotten first."""
MOST_WAITING = 512 * 1024
"""Bytes that may wait for a slow listener before its connection is cut. Its browser then asks for the rest."""
PULSE = b": here\n\n"

Write = Callable[[Entry, str], dict[str, Any]]
"""Writes an entry in a language, as the data of an event."""


@dataclass(eq=False, slots=True)
class Listener:
    """One open connection. `peer` names the browser tab; signals are addressed to it."""

    place: str
    """A meeting, a format, or the installation (empty)."""
    scope: Scope
    language: str
    peer: str
    person: str
    about: dict[str, Any]
    """What the other participants are shown about this peer: delegation, name, role. Empty for a mere reader."""
    waiting: list[bytes] = field(default_factory=list)
    lag: int = 0
    wake: asyncio.Future[None] | None = None
    cut: bool = False

    last: bytes = b""
    """The last bytes before the connection is cut: the reason."""

    def end(self, last: bytes = b"") -> None:
        """Cut the connection. The browser reconnects by itself, and its viewer is then looked up again."""
        self.cut, self.last = True, last
        if self.wake is not None and not self.wake.done():
            self.wake.set_result(None)

    def push(self, chunk: bytes) -> None:
        """Add bytes to the waiting ones. Never blocks."""
        if self.cut:
            return
        self.waiting.append(chunk)
        self.lag += len(chunk)
        if self.lag > MOST_WAITING:
            self.cut = True
        if self.wake is not None and not self.wake.done():
            self.wake.set_result(None)

    async def take(self) -> bytes:
        """Wait for bytes and take all that are waiting. After a cut: the last bytes, which may be empty."""
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
    """All open connections of this process. Every method but `publish_soon` runs on the event loop."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._listeners: dict[str, set[Listener]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._early: dict[int, Entry] = {}
        self._owners: OrderedDict[tuple[str, str], str] = OrderedDict()
        self.before: list[Callable[[Entry], None]] = []
        """Functions called with every entry in order, on the event loop, just before it is shown."""
        self.newest = 0
        """The number of the newest entry that was shown."""
        self.elsewhere: Mapping[str, Sequence[Line]] = {}
        """The participants whose connection another process has, by place."""
        self.send: Callable[[Signal], None] = lambda _signal: None
        """Sends a signal to other processes."""

    def start(self, loop: asyncio.AbstractEventLoop, newest: int) -> None:
        """Set the event loop of the connections, and the entry after which the tail begins."""
        self._loop, self.newest = loop, newest

    def publish_soon(self, entries: Sequence[Entry]) -> None:
        """Show entries that were just committed. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publish, entries)

    def publish(self, entries: Sequence[Entry]) -> None:
        """Show entries in the order of their numbers. One that comes too early waits; one that was shown is skipped."""
        self._early.update((entry.number, entry) for entry in entries if entry.number > self.newest)
        while entry := self._early.pop(self.newest + 1, None):
            self.newest = entry.number
            for function in self.before:
                function(entry)
            self._show(entry)

    def _show(self, entry: Entry) -> None:
        events: dict[str, bytes] = {}
        for listener in self._listeners.get(entry.place, ()):
            if listener.scope.sees(entry.audience):
                if listener.language not in events:
                    events[listener.language] = self.event(entry, listener.language)
                listener.push(events[listener.language])

    def event(self, entry: Entry, language: str) -> bytes:
        """An entry as a server-sent event."""
        data = json.dumps(self._write(entry, language), ensure_ascii=False, separators=(",", ":"))
        return f"id: {entry.number}\nevent: entry\ndata: {data}\n\n".encode()

    def join(self, listener: Listener) -> None:
        """Add a listener, and send the list of peers to its place."""
        self._listeners.setdefault(listener.place, set()).add(listener)
        self.send_peers(listener.place)

    def leave(self, listener: Listener, *, quietly: bool = False) -> None:
        """Remove a listener, and send the list of peers to its place (unless `quietly`)."""
        listeners = self._listeners.get(listener.place, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(listener.place, None)
        if not quietly:
            self.send_peers(listener.place)

    def here(self, place: str) -> list[dict[str, Any]]:
        """The participants with an open connection, at any process: peer, person and what is shown about them."""
        peers = {line.peer: line.about for line in self.elsewhere.get(place, ())}
        peers |= {listener.peer: listener.about for listener in self._participants(place)}
        return [{"peer": peer, **peers[peer]} for peer in sorted(peers)]

    def peers(self) -> list[tuple[str, str]]:
        """The participants with an open connection of this process: place and peer."""
        return list({(place, each.peer): None for place in self._listeners for each in self._participants(place)})

    def holds(self, place: str, peer: str) -> bool:
        """Whether this process has the connection of a participant."""
        return any(listener.peer == peer for listener in self._participants(place))

    def _participants(self, place: str) -> list[Listener]:
        return [listener for listener in self._listeners.get(place, ()) if listener.about]

    def signal(self, place: str, sender: str, to: str, data: Any) -> bool:
        """Send something that is not stored, to one peer or (if `to` is empty) to all participants but the sender.

        Returns whether anybody was reached, as far as this process knows.
        """
        signal = Signal(place, "signal", {"from": sender, "to": to, "data": data})
        here = self._pass_on(signal)
        workers = [
            line.worker for line in self.elsewhere.get(place, ()) if line.peer != sender and to in {"", line.peer}
        ]
        if workers:
            self.send(replace(signal, to=workers[0] if to else ""))
        return here or bool(workers)

    def receive(self, signal: Signal) -> None:
        """Pass on a signal of another process."""
        if signal.kind == "gone":
            self._send_gone(signal)
        else:
            self._pass_on(signal)

    def _pass_on(self, signal: Signal) -> bool:
        sender, to = signal.data["from"], signal.data["to"]
        chunk = _event("signal", {"from": sender, "data": signal.data["data"]})
        listeners = [each for each in self._participants(signal.place) if each.peer != sender and to in {"", each.peer}]
        for listener in listeners:
            listener.push(chunk)
        return bool(listeners)

    def has_line(self, place: str, peer: str, person: str) -> bool:
        """Whether a participant has an open connection under this peer name, as far as this process knows."""
        here = any(each.peer == peer and each.person == person for each in self._participants(place))
        return here or any(line.peer == peer and line.person == person for line in self.elsewhere.get(place, ()))

    def may_use_peer(self, place: str, peer: str, person: str) -> bool:
        """Whether a person may use this peer name here. It belongs to the person who used it first.

        Those who take part are asked for at `OpenLines.open` too, which knows of every process.
        """
        owner = self._owners.setdefault((place, peer), person)
        if len(self._owners) > MOST_PEERS:
            self._owners.popitem(last=False)
        return owner == person

    def put_out(self, listener: Listener, entry: Entry) -> None:
        """Cut the connection of a person whose seat or sign-in an entry ends, and notify its place at once.

        The person is shown who did it. The others are notified that this browser does not come back, so they do not
        wait for it as after a lost connection.
        """
        listener.end(out_event(entry.act, entry.name if entry.actor != listener.person else ""))
        if listener in self._listeners.get(listener.place, set()) and listener.about:
            self.leave(listener, quietly=True)
            gone = Signal(listener.place, "gone", {"peers": [listener.peer]})
            self._send_gone(gone)
            self.send(gone)
            self.send_peers(listener.place)

    def _send_gone(self, signal: Signal) -> None:
        for listener in self._participants(signal.place):
            listener.push(_event("gone", signal.data))

    def pulse(self) -> None:
        """Send a comment on every connection, so that proxies do not close it."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.push(PULSE)

    def close(self) -> None:
        """Cut every connection. Browsers reconnect by themselves."""
        for listeners in list(self._listeners.values()):
            for listener in list(listeners):
                listener.end()

    def send_peers(self, place: str) -> None:
        """Send the list of peers to all participants of a place."""
        if listeners := self._participants(place):
            chunk = _event("here", {"peers": self.here(place)})
            for listener in listeners:
                listener.push(chunk)


def out_event(act: str, by: str = "") -> bytes:
    """The event that ends a browser's part: by which act, and by whom. `by` is empty if the person did it."""
    return _event("out", {"act": act, "by": by})


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
