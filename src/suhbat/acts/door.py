"""The door: checks the actor, runs the rule, appends the entry and changes the tables, in one transaction."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from anyio.to_thread import run_sync
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from suhbat.acts.assistance import is_preparable
from suhbat.acts.bodies import Body, body_as_dict
from suhbat.acts.inputs import Input, read_input, refuse_unwritable
from suhbat.acts.notices import tell
from suhbat.acts.place_finders import is_closed
from suhbat.acts.registry import FOLLOWS, FURTHER, GUARDS, REGISTRY, Act, Decision, Occasion, body_of, call_handler
from suhbat.acts.roles_and_seats import ROLE_NAMES, SYSTEM, Actor, Seat, Viewer
from suhbat.acts.write_queue import Clerk
from suhbat.ground.clock import Clock
from suhbat.ground.database import Database, intact
from suhbat.ground.language import lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused, conflict, invalid, not_found
from suhbat.ground.settings import Settings
from suhbat.record.audiences import PARTICIPANTS, PUBLIC
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of
from suhbat.record.writing import Pen, release

log = logging.getLogger("suhbat.acts")
LONGEST_KEY = 80


class Placed(Protocol):
    """A meeting or a format, in which acts take place."""

    @property
    def id(self) -> Any:
        """`ca-japan/2020-08-11-special` or `ca-japan`; empty for acts that belong to no meeting."""


Asker = Callable[[Session], Actor]
"""Looks up the person who acts, at the moment of the act and in its own transaction."""


@dataclass(frozen=True)
class Done:
    """An act that was performed: its entry, and the reply that only the actor gets."""

    entry: Entry
    reply: dict[str, Any] = field(default_factory=dict)
    repeated: bool = False
    """True if the same form was sent before: this is the earlier entry, and nothing was done twice."""
    afterwards: Callable[[], dict[str, Any]] | None = None


@dataclass(frozen=True)
class Performed:
    """The result of one transaction: the acts that were requested, and every entry they led to, in order."""

    requested: list[Done]
    entries: list[Entry]


class Door:
    """Performs acts. `listeners` are notified of every entry after it is committed."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self.database, self.settings, self.clock = database, settings, clock
        self.listeners: list[Callable[[Sequence[Entry]], None]] = []
        self._clerk = Clerk(database, self._notify_listeners)

    def perform(self, actor: Actor | Asker, name: str, inputs: Input | dict[str, Any], key: str | None = None) -> Done:
        """Perform one act. `key` is the form's one-time key: the same key from the same actor acts once."""
        return self.perform_all(actor, [(name, inputs)], key)[0]

    def perform_all(
        self, actor: Actor | Asker, acts: Iterable[tuple[str, Input | dict[str, Any]]], key: str | None = None
    ) -> list[Done]:
        """Perform several acts in one transaction: all of them or none.

        A key is compared only with other acts of the same person. It has no meaning for a reader who is not signed in.
        """
        return _afterwards(self._clerk.submit(self._work(actor, acts, key)).result().requested)

    async def perform_soon(
        self, actor: Actor | Asker, name: str, inputs: Input | dict[str, Any], key: str | None = None
    ) -> Done:
        """Perform one act from the event loop, without blocking a thread while it waits."""
        done = (await asyncio.wrap_future(self._clerk.submit(self._work(actor, [(name, inputs)], key)))).requested
        return (await run_sync(_afterwards, done) if done[0].afterwards else done)[0]

    def _work(
        self, person: Actor | Asker, acts: Iterable[tuple[str, Input | dict[str, Any]]], key: str | None
    ) -> Callable[[Session, Pen], "Performed"]:
        def work(session: Session, pen: Pen) -> Performed:
            actor = person if isinstance(person, Actor) else person(session)
            own_key = key if actor.id else None
            if own_key and (earlier := _same_key(session, actor, own_key)):
                return Performed([_repeated(earlier, acts)], [])
            done: list[Done] = []
            entries: list[Entry] = []
            for name, inputs in acts:
                done.append(self._perform_one(session, pen, actor, name, inputs, None if done else own_key))
                entries += [done[-1].entry, *self._follow(session, pen, done[-1].entry)]
            return Performed(done, entries)

        return work

    def _notify_listeners(self, performed: list["Performed"]) -> None:
        """Notify the listeners. The entries are committed: a failing listener must not make the act look undone."""
        entries = [entry for transaction in performed for entry in transaction.entries]
        if not entries:
            return
        for listener in self.listeners:
            try:
                listener(entries)
            except Exception:
                log.exception("a listener failed after entry %d", entries[-1].number)

    def may(self, actor: Viewer, name: str, meeting: str = "", format_: str = "") -> bool:
        """Whether the viewer has a seat that may perform an act here. Pages check this before they offer the act."""
        act = REGISTRY[name]
        if act.rehearsal and not self.settings.rehearsal:
            return False
        seat = actor.seat_for(act.by, meeting, format_, from_meetings=act.from_meetings)
        return seat is not None and (not seat.assists or is_preparable(name))

    def offers(self, viewer: Viewer, name: str, place: "Placed", *about: Any) -> bool:
        """Whether a page offers this act: the viewer has a seat that may perform it, and its guard does not refuse.

        `about` is passed to the guard: the loaded object that the act is about. A guard makes no query.
        """
        meeting = place.id if "/" in place.id else ""
        if not self.may(viewer, name, meeting, "" if meeting else place.id):
            return False
        try:
            if guard := GUARDS.get(name):
                guard(viewer, place, *about)
        except Refused:
            return False
        return True

    def _follow(self, session: Session, pen: Pen, entry: Entry) -> list[Entry]:
        """Perform the acts that follow an entry, and those that follow them. They fail alone: see `follow`."""
        done: list[Entry] = []
        for function in FOLLOWS.get(entry.act, ()):
            position = pen.position
            try:
                with session.begin_nested():
                    following: list[Entry] = []
                    for name, inputs in call_handler(function, session, entry, body_of(entry)):
                        following.append(self._perform_one(session, pen, SYSTEM, name, inputs, None).entry)
                        following += self._follow(session, pen, following[-1])
            except Exception:
                if not intact(session.connection()):
                    raise
                pen.position = position
                log.exception("what follows %s (entry %d) was left out", entry.act, entry.number)
            else:
                done += following
        return done

    def _perform_one(
        self, session: Session, pen: Pen, actor: Actor, name: str, inputs: Input | dict[str, Any], key: str | None
    ) -> Done:
        act = find_act(name, self.settings)
        input_: Input = read_input(act.input_type, inputs, lax=False) if isinstance(inputs, dict) else inputs
        if key and len(key) > LONGEST_KEY:
            raise invalid(key=lazy("This is too long."))
        meeting, format_ = place_in(input_)
        seat = allowed(actor, act, meeting, format_)
        moment = self.clock()
        returned = act.decide(Occasion(session, actor, seat, moment, self.settings), input_)
        decision = returned if isinstance(returned, Decision) else Decision(returned)
        body = body_as_dict(decision.body) if isinstance(decision.body, Body) else decision.body
        meeting = decision.meeting or meeting
        audience, releases = _audience(session, act, decision, meeting)
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
            audience=audience,
            body=body,
        )
        refuse_unwritable(body)
        entry = pen.append(session, entry, key)
        apply(session, entry)
        session.flush()
        if releases:
            release(session, releases, entry.number)
        return Done(entry, decision.reply, afterwards=decision.afterwards)


def apply(session: Session, entry: Entry, released: Iterable[Entry] = ()) -> None:
    """Apply an entry to the tables: its effects, and its notices. Performing and rebuilding both use this function.

    `released` are the entries that this one releases to a reader who could not see them before.
    """
    act, body = REGISTRY[entry.act], body_of(entry)
    if act.effect:
        call_handler(act.effect, session, entry, body)
    for earlier in released:
        own = REGISTRY[earlier.act]
        if own.effect and own.on_release:
            session.flush()
            call_handler(own.effect, session, earlier, body_of(earlier))
    for further in FURTHER.get(entry.act, ()):
        session.flush()
        call_handler(further, session, entry, body)
    tell(session, entry, body)


def find_act(name: str, settings: Settings) -> Act[Any]:
    """The act of this name. Acts of rehearsals exist only where rehearsals are switched on."""
    act = REGISTRY.get(name)
    if act is None or (act.rehearsal and not settings.rehearsal):
        raise not_found(lazy("There is no act of this name."))
    return act


def place_in(inputs: Input) -> tuple[str, str]:
    """The meeting and the format that an input names. The format of a meeting is the one in the meeting's id."""
    meeting = str(getattr(inputs, "meeting", "") or "")
    return meeting, meeting.partition("/")[0] or str(getattr(inputs, "format", "") or "")


def allowed(actor: Viewer, act: Act[Any], meeting: str, format_: str) -> Seat:
    """The seat in which the actor may perform the act. Raises a refusal if there is none."""
    seat = actor.seat_for(act.by, meeting, format_, from_meetings=act.from_meetings)
    if seat is None or (seat.assists and not is_preparable(act.name)):
        role_names = in_a_row(sorted(str(ROLE_NAMES[role]) for role in act.by))
        raise Refused(Kind.NOT_ALLOWED, lazy("This is for others to do: %(who)s.") % {"who": role_names})
    return seat


def _audience(session: Session, act: Act[Any], decision: Decision[Any], meeting: str) -> tuple[str, tuple[int, ...]]:
    """The audience of an entry, and the entries that it releases. At a closed place nothing becomes public."""
    audience = decision.audience or act.audience
    if decision.releases and audience != PUBLIC:
        raise RuntimeError(f"{act.name} makes entries public, and is not public itself")
    if audience == PUBLIC and meeting and is_closed(session, meeting):
        return PARTICIPANTS, ()
    return audience, decision.releases


def _office(seat: Seat) -> str:
    return seat.office or str(ROLE_NAMES[seat.role].message)


def _afterwards(performed: list[Done]) -> list[Done]:
    """Run what is to be done after the commit. The acts stand even if it fails."""
    for done in performed:
        if done.afterwards:
            try:
                done.reply.update(done.afterwards())
            except Exception:
                log.exception("what is done after %s (entry %d) failed", done.entry.act, done.entry.number)
    return performed


def _repeated(earlier: Entry, acts: Iterable[tuple[str, Any]]) -> Done:
    """The earlier act of this key. The key is refused if it comes with a different act."""
    if earlier.act != next(iter(acts))[0]:
        raise conflict(lazy("This form was sent before, for something else."))
    return Done(earlier, repeated=True)


_BY_KEY = select(EntryRow).where(EntryRow.actor == bindparam("actor"), EntryRow.key == bindparam("key"))


def _same_key(session: Session, actor: Actor, key: str) -> Entry | None:
    row = session.scalar(_BY_KEY, {"actor": actor.id, "key": key})
    return entry_of(row) if row else None
