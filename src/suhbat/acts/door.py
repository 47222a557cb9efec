"""The one way in: may this actor, is it in order, change rows, append entry; one transaction."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from anyio.to_thread import run_sync
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from suhbat.acts.actors import ROLE_NAMES, SYSTEM, Actor, Seat, Viewer
from suhbat.acts.bodies import Body, written
from suhbat.acts.inputs import Input, read_input, unspoilt
from suhbat.acts.registry import FOLLOWS, FURTHER, GUARDS, REGISTRY, Act, Decision, Occasion, body_of, told
from suhbat.acts.write_queue import Clerk
from suhbat.ground.clock import Clock, now
from suhbat.ground.database import Database, intact
from suhbat.ground.language import lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused, conflict, invalid, not_found
from suhbat.ground.settings import Settings
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import value
from suhbat.record.writing import Pen, release

log = logging.getLogger("suhbat.acts")
LONGEST_KEY = 80


class Placed(Protocol):
    """A meeting or a format: what acts take place in."""

    @property
    def id(self) -> Any:
        """`ca-japan/2020-08-11-special` or `ca-japan`; empty for what belongs to no meeting."""


Asker = Callable[[Session], Actor]
"""Who asks, looked up at the moment of the act and in its own transaction."""


@dataclass(frozen=True)
class Done:
    """An act that was performed: its entry, and what only the actor is told."""

    entry: Entry
    reply: dict[str, Any] = field(default_factory=dict)
    repeated: bool = False
    """True where the same form had been sent before: the earlier entry is given back, nothing was done twice."""
    afterwards: Callable[[], dict[str, Any]] | None = None


@dataclass(frozen=True)
class Performed:
    """What became of one order: the acts that were asked for, and every entry they led to, in order."""

    asked: list[Done]
    entries: list[Entry]


class Door:
    """Performs acts. `listeners` are told of every entry after it is durably kept."""

    def __init__(self, database: Database, settings: Settings, clock: Clock = now) -> None:
        self.database, self.settings, self.clock = database, settings, clock
        self.listeners: list[Callable[[Sequence[Entry]], None]] = []
        self._clerk = Clerk(database, self._tell)

    def perform(self, actor: Actor | Asker, name: str, inputs: Input | dict[str, Any], key: str | None = None) -> Done:
        """Perform one act. `key` is the form's one-time key: the same key from the same actor acts once."""
        return self.perform_all(actor, [(name, inputs)], key)[0]

    def perform_all(
        self, actor: Actor | Asker, acts: Iterable[tuple[str, Input | dict[str, Any]]], key: str | None = None
    ) -> list[Done]:
        """Perform several acts in one transaction: all of them or none.

        A key counts within one person's acts; nobody's acts cannot be told apart, so there it counts for nothing.
        """
        return _afterwards(self._clerk.submit(self._work(actor, acts, key)).result().asked)

    async def perform_soon(
        self, actor: Actor | Asker, name: str, inputs: Input | dict[str, Any], key: str | None = None
    ) -> Done:
        """Perform one act from the event loop, without holding a thread while it waits."""
        done = (await asyncio.wrap_future(self._clerk.submit(self._work(actor, [(name, inputs)], key)))).asked
        return (await run_sync(_afterwards, done) if done[0].afterwards else done)[0]

    def _work(
        self, who: Actor | Asker, acts: Iterable[tuple[str, Input | dict[str, Any]]], key: str | None
    ) -> Callable[[Session, Pen], "Performed"]:
        def work(session: Session, pen: Pen) -> Performed:
            actor = who if isinstance(who, Actor) else who(session)
            own_key = key if actor.id else None
            if own_key and (before := _same_key(session, actor, own_key)):
                return Performed([_again(before, acts)], [])
            done: list[Done] = []
            entries: list[Entry] = []
            for name, inputs in acts:
                done.append(self._one(session, pen, actor, name, inputs, None if done else own_key))
                entries += [done[-1].entry, *self._follow(session, pen, done[-1].entry)]
            return Performed(done, entries)

        return work

    def _tell(self, performed: list["Performed"]) -> None:
        """Tell who listens. It is kept already: a listener that fails must not make it look undone."""
        entries = [entry for each in performed for entry in each.entries]
        if not entries:
            return
        for listener in self.listeners:
            try:
                listener(entries)
            except Exception:
                log.exception("a listener failed after entry %d", entries[-1].number)

    def may(self, actor: Viewer, name: str, meeting: str = "", format_: str = "") -> bool:
        """Whether the actor has a seat that may perform an act here. Pages ask this before they offer it."""
        known = REGISTRY[name]
        if known.rehearsal and not self.settings.rehearsal:
            return False
        return actor.seat_for(known.by, meeting, format_) is not None

    def offers(self, viewer: Viewer, name: str, place: "Placed", *about: Any) -> bool:
        """Whether a control for this act belongs on the page: the viewer has a seat that may, and its guard agrees.

        `about` is what the guard is given: the loaded thing that the act is about. A guard makes no query.
        """
        meeting = place.id if "/" in place.id else ""
        if not self.may(viewer, name, meeting, "" if meeting else place.id):
            return False
        try:
            if held := GUARDS.get(name):
                held(viewer, place, *about)
        except Refused:
            return False
        return True

    def _follow(self, session: Session, pen: Pen, entry: Entry) -> list[Entry]:
        """What the house itself does after an entry, and after what it so did. It fails alone: see `follow`."""
        done: list[Entry] = []
        for what in FOLLOWS.get(entry.act, ()):
            before = pen.position
            try:
                with session.begin_nested():
                    mine: list[Entry] = []
                    for name, inputs in told(what, session, entry, body_of(entry)):
                        mine.append(self._one(session, pen, SYSTEM, name, inputs, None).entry)
                        mine += self._follow(session, pen, mine[-1])
            except Exception:
                if not intact(session.connection()):
                    raise
                pen.position = before
                log.exception("what follows %s (entry %d) was left out", entry.act, entry.number)
            else:
                done += mine
        return done

    def _one(
        self, session: Session, pen: Pen, actor: Actor, name: str, inputs: Input | dict[str, Any], key: str | None
    ) -> Done:
        known = find(name, self.settings)
        asked: Input = read_input(known.input_type, inputs, lax=False) if isinstance(inputs, dict) else inputs
        if key and len(key) > LONGEST_KEY:
            raise invalid(key=lazy("This is too long."))
        meeting, format_ = place(asked)
        seat = allowed(actor, known, meeting, format_)
        moment = self.clock()
        decided = known.decide(Occasion(session, actor, seat, moment, self.settings), asked)
        decision = decided if isinstance(decided, Decision) else Decision(decided)
        body = written(decision.body) if isinstance(decision.body, Body) else decision.body
        meeting = decision.meeting or meeting
        entry = Entry(
            number=pen.next_number,
            format=decision.format or format_ or meeting.partition("/")[0],
            meeting=meeting,
            act=name,
            actor=actor.id,
            name=actor.name,
            office=_office(seat),
            delegation=seat.state,
            time=moment,
            audience=decision.audience or known.audience,
            body=body,
        )
        unspoilt(body)
        entry = pen.append(session, entry, key)
        apply(session, entry)
        session.flush()
        if decision.releases:
            release(session, decision.releases, entry.number)
        return Done(entry, decision.reply, afterwards=decision.afterwards)


def apply(session: Session, entry: Entry) -> None:
    """Let an entry take effect on the tables; performing and rebuilding both come through here."""
    known, body = REGISTRY[entry.act], body_of(entry)
    if known.effect:
        told(known.effect, session, entry, body)
    for further in FURTHER.get(entry.act, ()):
        session.flush()
        told(further, session, entry, body)


def find(name: str, settings: Settings) -> Act[Any]:
    """The act of this name; acts of rehearsals are there only where rehearsals are switched on."""
    known = REGISTRY.get(name)
    if known is None or (known.rehearsal and not settings.rehearsal):
        raise not_found(lazy("There is no act of this name."))
    return known


def place(inputs: Input) -> tuple[str, str]:
    """The meeting and the format that an input names; a meeting's id begins with its format's, whatever it says."""
    meeting = str(getattr(inputs, "meeting", "") or "")
    return meeting, meeting.partition("/")[0] or str(getattr(inputs, "format", "") or "")


def allowed(actor: Viewer, known: Act[Any], meeting: str, format_: str) -> Seat:
    """The seat in which the actor may perform the act; refused if there is none."""
    seat = actor.seat_for(known.by, meeting, format_)
    if seat is None:
        who = in_a_row(sorted(str(ROLE_NAMES[role]) for role in known.by))
        raise Refused(Kind.NOT_ALLOWED, lazy("This is for others to do: %(who)s.") % {"who": who})
    return seat


def _office(seat: Seat) -> str:
    return seat.office or str(ROLE_NAMES[seat.role].message)


def _afterwards(done: list[Done]) -> list[Done]:
    """What is still to be done once the acts are kept. They stand, whatever becomes of it."""
    for each in done:
        if each.afterwards:
            try:
                each.reply.update(each.afterwards())
            except Exception:
                log.exception("what is done after %s (entry %d) failed", each.entry.act, each.entry.number)
    return done


def _again(before: Entry, acts: Iterable[tuple[str, Any]]) -> Done:
    """The earlier act of this key; a key that comes back for another act is refused."""
    if before.act != next(iter(acts))[0]:
        raise conflict(lazy("This form was sent before, for something else."))
    return Done(before, repeated=True)


_BY_KEY = select(EntryRow).where(EntryRow.actor == bindparam("actor"), EntryRow.key == bindparam("key"))


def _same_key(session: Session, actor: Actor, key: str) -> Entry | None:
    row = session.scalar(_BY_KEY, {"actor": actor.id, "key": key})
    return value(row) if row else None
