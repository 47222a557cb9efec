"""Notices: what an act wants told, to whom, and until when something is to be done.

An act says it beside its phrase, with `@notice`. The door then adds one row to the table `notice` for each audience, in
the act's own transaction and without a query. Who gets the notice is decided when it is read: whoever holds a seat
that sees the audience. No package mails anything about an act by itself.

A notice names the meeting, the act and the deadline. It never has the words of a text, a paper, a statement or a
reason: it travels by mail, through servers of others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, update
from sqlalchemy.orm import Session

from suhbat.acts.models import NoticeRow
from suhbat.acts.registry import REGISTRY, body_of, call_handler
from suhbat.ground.clock import stamp
from suhbat.ground.register import Register, add_once
from suhbat.record.entries import Entry

_TABLE: Table = NoticeRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Notice:
    """What is told of one entry, in the language of the one who reads it."""

    says: str
    """One short sentence without any word that a person typed."""
    to: tuple[str, ...] = ()
    """The audiences to which it is told, at the entry's place; empty for the audience of the entry itself."""
    urgent: bool = False
    """Whether it is mailed at once, whatever rhythm a person chose."""
    to_do: str = ""
    """What is to be done; empty if nothing is."""
    until: datetime | None = None
    """Until when it is to be done."""
    page: str = ""
    """The address to go to, without a language; empty for the page of the entry's place."""


Teller = Callable[..., Notice | None]
"""Called with the entry and its body, and makes no query; None if nobody is told of this entry.

It is called twice: when the entry is written, for audience, urgency and deadline, and when somebody reads it, for the
words in that reader's language.
"""
Settler = Callable[..., str]
"""Called with the entry and its body; returns the audience whose notices of another act are done by it."""
TELLERS: Register[Teller] = Register("notices of acts")
"""By act: what is told of its entries."""
SETTLERS: dict[str, list[tuple[str, Settler]]] = {}
"""By act: the acts whose notices are done by its entries, and for which audience."""


def notice(name: str) -> Callable[[Teller], Teller]:
    """Register what is told of the entries of this act."""

    def register(function: Teller) -> Teller:
        TELLERS[REGISTRY[name].name] = function
        return function

    return register


def settles(name: str, *, of: str) -> Callable[[Settler], Settler]:
    """Register whose notices of the act `of`, at the same place, are done by an entry of the act `name`."""

    def register(function: Settler) -> Settler:
        known = SETTLERS.setdefault(REGISTRY[name].name, [])
        add_once([settler for _act, settler in known], function, f"what is settled by {name}")
        known.append((of, function))
        return function

    return register


def told_of(entry: Entry, body: Any = None) -> Notice | None:
    """What is told of an entry, in the present reader's language; None if nothing is."""
    teller = TELLERS.get(entry.act)
    if teller is None:
        return None
    told: Notice | None = call_handler(teller, entry, body_of(entry) if body is None else body)
    return told


def tell(session: Session, entry: Entry, body: Any) -> None:
    """Write down to whom an entry is told, and which earlier notices it settles. One insert, and no query."""
    if told := told_of(entry, body):
        common = {
            "number": entry.number, "act": entry.act, "actor": entry.actor, "format": entry.format,
            "place": entry.meeting or entry.format, "urgent": told.urgent,
            "until": stamp(told.until) if told.until else None, "done": None,
        }  # fmt: skip
        audiences = dict.fromkeys(told.to or (entry.audience,))
        session.execute(insert(_TABLE), [{**common, "audience": audience} for audience in audiences])
    for act, settler in SETTLERS.get(entry.act, ()):
        open_ones = (_TABLE.c.act == act, _TABLE.c.place == (entry.meeting or entry.format), _TABLE.c.done.is_(None))
        whose = _TABLE.c.audience == call_handler(settler, entry, body)
        session.execute(update(_TABLE).where(whose, *open_ones).values(done=entry.number))
