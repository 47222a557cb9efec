"""The one way in: may this actor, is it in order, change rows, append entry; one transaction."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import ROLE_NAMES, SYSTEM, Actor, Seat
from suhbat.acts.inputs import Wish, read_wish
from suhbat.acts.registry import FOLLOWS, FURTHER, REGISTRY, Act, Decision, Occasion
from suhbat.ground.clock import Clock, now
from suhbat.ground.database import Database
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Kind, Refused, not_found
from suhbat.ground.settings import Settings
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow, Head
from suhbat.record.reading import value
from suhbat.record.writing import append, lock_head, release

log = logging.getLogger("suhbat.acts")


@dataclass(frozen=True)
class Done:
    """An act that was performed: its entry, and what only the actor is told."""

    entry: Entry
    reply: dict[str, Any] = field(default_factory=dict)
    repeated: bool = False
    """True where the same form had been sent before: the earlier entry is given back, nothing was done twice."""
    afterwards: Callable[[], dict[str, Any]] | None = None


class Door:
    """Performs acts. `listeners` are told of every entry after it is durably kept."""

    def __init__(self, database: Database, settings: Settings, clock: Clock = now) -> None:
        self.database, self.settings, self.clock = database, settings, clock
        self.listeners: list[Callable[[Sequence[Entry]], None]] = []

    def perform(self, actor: Actor, name: str, wish: Wish | dict[str, Any], key: str | None = None) -> Done:
        """Perform one act. `key` is the form's one-time key: the same key from the same actor acts once."""
        return self.perform_all(actor, [(name, wish)], key)[0]

    def perform_all(
        self, actor: Actor, acts: Iterable[tuple[str, Wish | dict[str, Any]]], key: str | None = None
    ) -> list[Done]:
        """Perform several acts in one transaction: all of them or none.

        A key counts within one person's acts; nobody's acts cannot be told apart, so there it counts for nothing.
        """
        key = key if actor.id else None
        with self.database.writing() as session:
            if key and (before := _same_key(session, actor, key)):
                return [Done(before, repeated=True)]
            head = lock_head(session)
            done: list[Done] = []
            followed: list[Done] = []
            for name, wish in acts:
                done.append(self._one(session, head, actor, name, wish, None if done else key))
                followed += self._follow(session, head, done[-1].entry)
        for listener in self.listeners:
            listener(sorted((each.entry for each in [*done, *followed]), key=lambda entry: entry.number))
        for each in done:
            if each.afterwards:
                each.reply.update(each.afterwards())
        return done

    def may(self, actor: Actor, name: str, meeting: str = "", format_: str = "") -> bool:
        """Whether the actor has a seat that may perform an act here. Pages ask this before they offer it."""
        known = REGISTRY[name]
        if known.rehearsal and not self.settings.rehearsal:
            return False
        return actor.seat_for(known.by, meeting, format_) is not None

    def _follow(self, session: Session, head: Head, entry: Entry) -> list[Done]:
        """What the house itself does after an entry, and after what it so did. It fails alone: see `follow`."""
        done: list[Done] = []
        for what in FOLLOWS.get(entry.act, ()):
            try:
                with session.begin_nested():
                    mine: list[Done] = []
                    for name, wish in what(session, entry):
                        mine.append(self._one(session, head, SYSTEM, name, wish, None))
                        mine += self._follow(session, head, mine[-1].entry)
            except Exception:
                log.exception("what follows %s (entry %d) was left out", entry.act, entry.number)
            else:
                done += mine
        return done

    def _one(
        self, session: Session, head: Head, actor: Actor, name: str, wish: Wish | dict[str, Any], key: str | None
    ) -> Done:
        known = find(name, self.settings)
        asked: Wish = read_wish(known.wish, wish, lax=False) if isinstance(wish, dict) else wish
        meeting, format_ = place(asked)
        seat = allowed(actor, known, meeting, format_)
        moment = self.clock()
        decided = known.decide(Occasion(session, actor, seat, moment, self.settings), asked)
        decision = decided if isinstance(decided, Decision) else Decision(decided)
        meeting = decision.meeting or meeting
        entry = Entry(
            number=head.size + 1,
            format=decision.format or format_ or meeting.partition("/")[0],
            meeting=meeting,
            act=name,
            actor=actor.id,
            name=actor.name,
            office=_office(seat),
            delegation=seat.state,
            time=moment,
            audience=decision.audience or known.audience,
            body=decision.body,
        )
        apply(session, entry)
        entry = append(session, head, entry, key)
        if decision.releases:
            session.flush()
            release(session, decision.releases, entry.number)
        session.flush()
        return Done(entry, decision.reply, afterwards=decision.afterwards)


def apply(session: Session, entry: Entry) -> None:
    """Let an entry take effect on the tables; performing and rebuilding both come through here."""
    known = REGISTRY[entry.act]
    if known.effect:
        known.effect(session, entry)
    for further in FURTHER.get(entry.act, ()):
        session.flush()
        further(session, entry)


def find(name: str, settings: Settings) -> Act[Any]:
    """The act of this name; acts of rehearsals are there only where rehearsals are switched on."""
    known = REGISTRY.get(name)
    if known is None or (known.rehearsal and not settings.rehearsal):
        raise not_found(lazy("There is no act of this name."))
    return known


def place(wish: Wish) -> tuple[str, str]:
    """The meeting and the format that a wish names; a meeting's id begins with its format's."""
    meeting = str(getattr(wish, "meeting", "") or "")
    return meeting, str(getattr(wish, "format", "") or "") or meeting.partition("/")[0]


def allowed(actor: Actor, known: Act[Any], meeting: str, format_: str) -> Seat:
    """The seat in which the actor may perform the act; refused if there is none."""
    seat = actor.seat_for(known.by, meeting, format_)
    if seat is None:
        who = ", ".join(sorted(str(ROLE_NAMES[role]) for role in known.by))
        raise Refused(Kind.NOT_ALLOWED, lazy("This is for others to do: %(who)s.") % {"who": who})
    return seat


def _office(seat: Seat) -> str:
    return seat.office or str(ROLE_NAMES[seat.role].message)


def _same_key(session: Session, actor: Actor, key: str) -> Entry | None:
    row = session.scalar(select(EntryRow).where(EntryRow.actor == actor.id, EntryRow.key == key))
    return value(row) if row else None
