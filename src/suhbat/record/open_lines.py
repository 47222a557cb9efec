"""Who has a line to a meeting room, whichever process holds it, and what processes tell each other without entries.

Both stand in passing tables that all processes of an installation share, on one machine or several. A process writes
its own lines when they open and close, and with every pulse that they are still open. The lines of a process that died
are not heard of any more, and expire.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select, text, tuple_, update
from sqlalchemy.orm import Session

from suhbat.ground.clock import Clock, stamp
from suhbat.ground.database import Database
from suhbat.ground.ids import new_id
from suhbat.record.models import OpenLine, WorkerSignal

SIGNALS = "suhbat_signal"
"""PostgreSQL's channel on which a process notifies the others of signals. The rows have their content."""
FRESH = timedelta(seconds=45)
"""How long a line counts as open without being heard: three pulses."""
NAMES_KEPT = timedelta(days=1)
"""How long the name of a tab belongs to its person after the line was last heard."""
SIGNALS_KEPT = timedelta(seconds=30)
"""How long a signal may wait for a process that is slow to read it."""
JUST_NOTED = timedelta(seconds=10)
"""A line is noted a moment before its events begin: so long a pulse does not take it for lost."""
MOST_WAITING = 10_000
"""Signals that may wait to be written. The oldest are dropped first: browsers begin anew where no answer comes."""

_OPEN = text(
    "INSERT INTO open_line (place, peer, person, about, worker, open, joined, heard)"
    " VALUES (:place, :peer, :person, :about, :worker, :open, :now, :now)"
    " ON CONFLICT (place, peer) DO UPDATE SET about = excluded.about, worker = excluded.worker, open = excluded.open,"
    " joined = excluded.joined, heard = excluded.heard WHERE open_line.person = excluded.person"
)
"""Changes no row if the tab's name belongs to another person."""


@dataclass(frozen=True)
class Line:
    """A line as the processes know it of each other."""

    place: str
    peer: str
    person: str
    about: dict[str, Any]
    worker: str


@dataclass(frozen=True)
class Signal:
    """What a process tells another one, or (if `to` is empty) all others."""

    place: str
    kind: str
    """`signal`, `gone` or `here`."""
    data: dict[str, Any]
    to: str = ""


class OpenLines:
    """The lines of this process in the shared table, and its signals. All but `send` may wait for the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self.worker = new_id()
        """The name of this process."""
        self._seen: set[str] = set()
        self._waiting: deque[Signal] = deque(maxlen=MOST_WAITING)
        self._lost: deque[tuple[str, str]] = deque(maxlen=MOST_WAITING)
        self._writing = Lock()
        self.receiving = asyncio.Lock()
        """Held while signals are read and passed on, so that they are in order."""
        self.ring: Callable[[], None] = lambda: None
        """Called when something waits to be written."""

    def begin(self) -> None:
        """Note at the start of a server who was there when the last one ended: they have a minute to come back."""
        now = self._clock()
        with self._database.passing() as connection:
            if not connection.scalar(select(_heard_since(now - FRESH))):
                _close_all(connection, now)
            self._seen.update(connection.scalars(select(WorkerSignal.id)))

    def open(self, place: str, peer: str, person: str, about: dict[str, Any]) -> bool:
        """Note a line of this process. False if the name of the tab is another person's; then nothing is noted."""
        row = {
            "place": place, "peer": peer, "person": person, "about": _json(about), "worker": self.worker,
            "open": True, "now": stamp(self._clock()),
        }  # fmt: skip
        with self._database.passing() as connection:
            if connection.execute(_OPEN, row).rowcount == 0:
                return False
            self._write(connection, [Signal(place, "here", {})])
        return True

    def pulse(self, lines: Collection[tuple[str, str]]) -> None:
        """Note that these lines of this process, and no others, are still open. Forget what is old."""
        now = self._clock()
        own = tuple_(OpenLine.place, OpenLine.peer)
        with self._database.passing() as connection:
            if connection.scalar(select(~_heard_since(now - FRESH) & exists().where(OpenLine.open.is_(True)))):
                _close_all(connection, now)  # every server slept, or the database was away: nobody has left by that
            written = update(OpenLine).where(OpenLine.worker == self.worker)
            if lines:
                connection.execute(written.where(own.in_(lines)).values(open=True, heard=stamp(now)))
            lost = written.where(OpenLine.open.is_(True), OpenLine.heard < stamp(now - JUST_NOTED))
            connection.execute((lost.where(own.not_in(lines)) if lines else lost).values(open=False))
            connection.execute(delete(OpenLine).where(OpenLine.heard < stamp(now - NAMES_KEPT)))
            connection.execute(delete(WorkerSignal).where(WorkerSignal.sent < stamp(now - SIGNALS_KEPT)))

    def has(self, place: str, peer: str, person: str) -> bool:
        """Whether this person has this line now, at any process."""
        with self._database.reading() as session:
            row = session.get(OpenLine, (place, peer))
            return row is not None and row.person == person and is_open(row, self._clock())

    def elsewhere(self) -> dict[str, list[Line]]:
        """The lines that other processes hold, by place."""
        with self._database.reading() as session:
            query = select(OpenLine).where(
                OpenLine.worker != self.worker, OpenLine.open.is_(True), OpenLine.heard >= stamp(self._clock() - FRESH)
            )
            lines: dict[str, list[Line]] = {}
            for row in session.scalars(query.order_by(OpenLine.place, OpenLine.peer)):
                line = Line(row.place, row.peer, row.person, json.loads(row.about), row.worker)
                lines.setdefault(row.place, []).append(line)
            return lines

    def send(self, signal: Signal) -> None:
        """Send a signal soon: it waits until `write_waiting`."""
        self._waiting.append(signal)
        self.ring()

    def lose(self, place: str, peer: str) -> None:
        """Note soon that a line of this process is lost."""
        self._lost.append((place, peer))
        self.ring()

    def write_waiting(self) -> None:
        """Write what waits: the lost lines, and the signals in order. A line that another process has by now stays."""
        with self._writing:
            self._write_waiting()

    def _write_waiting(self) -> None:
        signals = [self._waiting.popleft() for _ in range(len(self._waiting))]
        lost = [self._lost.popleft() for _ in range(len(self._lost))]
        if not signals and not lost:
            return
        signals += [Signal(place, "here", {}) for place in dict.fromkeys(place for place, _ in lost)]
        with self._database.passing() as connection:
            if lost:
                connection.execute(
                    update(OpenLine)
                    .where(tuple_(OpenLine.place, OpenLine.peer).in_(lost), OpenLine.worker == self.worker)
                    .values(open=False, heard=stamp(self._clock()))
                )
            self._write(connection, signals)

    def received(self) -> list[Signal]:
        """The signals of other processes that were not received before, in the order in which they were sent."""
        with self._database.reading() as session:
            query = select(WorkerSignal.id).where(
                WorkerSignal.worker != self.worker, WorkerSignal.to.in_(("", self.worker))
            )
            ids = set(session.scalars(query))
            new, self._seen = ids - self._seen, ids
            if not new:
                return []
            rows = session.scalars(
                select(WorkerSignal).where(WorkerSignal.id.in_(new)).order_by(WorkerSignal.sent, WorkerSignal.id)
            )
            return [Signal(row.place, row.kind, json.loads(row.data), row.to) for row in rows]

    def _write(self, connection: Connection, signals: Iterable[Signal]) -> None:
        now = self._clock()
        rows = [
            {"id": new_id(), "worker": self.worker, "to": signal.to, "place": signal.place, "kind": signal.kind,
             "data": _json(signal.data), "sent": stamp(now + timedelta(microseconds=n))}
            for n, signal in enumerate(signals)
        ]  # fmt: skip
        connection.execute(insert(WorkerSignal), rows)
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_notify(:channel, :worker)"), {"channel": SIGNALS, "worker": self.worker})


def _heard_since(moment: datetime) -> ColumnElement[bool]:
    return exists().where(OpenLine.heard >= stamp(moment))


def _close_all(connection: Connection, now: datetime) -> None:
    connection.execute(update(OpenLine).values(open=False, heard=stamp(now)))


def lines_at(session: Session, place: str) -> Sequence[OpenLine]:
    """The lines of a place that were heard within a day, open or lost, the earliest first."""
    query = select(OpenLine).where(OpenLine.place == place)
    return session.scalars(query.order_by(OpenLine.joined, OpenLine.peer)).all()


def is_open(line: OpenLine, now: datetime) -> bool:
    """Whether the line is open: a dead process has left lines that are open but are not heard any more."""
    return line.open and line.heard >= stamp(now - FRESH)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
