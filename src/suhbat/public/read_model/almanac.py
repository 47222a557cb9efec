"""The almanac: all public facts in memory, brought up to date by the record itself.

A public page asks the record one question (what is your newest entry?) and is then made from memory. When entries
have come in, only the meetings and formats that they name are gathered anew. Every process keeps its own almanac, so
workers need not talk to each other. It holds what anyone may read and nothing else.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.ground.database import Database
from suhbat.public.read_model.facts import Format, Meeting, Outcome, Person
from suhbat.public.read_model.loader import gather_formats, gather_meetings, gather_people
from suhbat.record.models import EntryRow

T = TypeVar("T")
MANY = 500
"""Meetings gathered one by one at most; beyond that everything is gathered anew."""


class Almanac:
    """The public facts as they stood after entry `number`; they last changed with entry `since` or before it.

    The facts of an almanac never change: where they do, a newer one takes its place. Where entries come in that are
    not for the public and change nothing that it may read, the same almanac stands on, as of a higher number.
    """

    def __init__(
        self, number: int, formats: dict[str, Format], meetings: dict[str, Meeting], people: dict[str, Person]
    ) -> None:
        self.number, self.since = number, number
        self.formats, self.every_meeting, self.people = formats, meetings, people
        self._remembered: dict[Any, Any] = {}

    @cached_property
    def meetings(self) -> list[Meeting]:
        """All meetings but rehearsals and cancelled ones, oldest first."""
        found = [m for m in self.every_meeting.values() if not m.rehearsal and m.status != "cancelled"]
        return sorted(found, key=lambda m: (m.starts, m.id))

    @cached_property
    def of_format(self) -> dict[str, list[Meeting]]:
        """Meetings by format, oldest first."""
        made: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            made[meeting.format].append(meeting)
        return made

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """All outcomes in the order of their meetings; rehearsals left out."""
        return [outcome for meeting in self.meetings for outcome in meeting.outcomes]

    @cached_property
    def by_id(self) -> dict[str, Outcome]:
        """Outcomes by id, those of rehearsals too."""
        return {outcome.id: outcome for meeting in self.every_meeting.values() for outcome in meeting.outcomes}

    @cached_property
    def parts(self) -> dict[str, list[Outcome]]:
        """What is recorded as part of an outcome."""
        return self._linked("part_of")

    @cached_property
    def followers(self) -> dict[str, list[Outcome]]:
        """What takes an outcome up later."""
        return self._linked("follows")

    @cached_property
    def promised_in(self) -> dict[str, list[Outcome]]:
        """The promises that a meeting fulfilled by being held."""
        return self._linked("fulfilled_by")

    def _linked(self, name: str) -> dict[str, list[Outcome]]:
        made: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.by_id.values():
            if to := getattr(outcome, name):
                made[to].append(outcome)
        return dict(made)

    @cached_property
    def by_name(self) -> dict[tuple[str, str], Person]:
        """People by state and name."""
        return {(person.state, person.name): person for person in self.people.values()}

    @cached_property
    def by_state(self) -> dict[str, list[Meeting]]:
        """The meetings at which a state is named, oldest first."""
        made: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            for state in {d.state for d in meeting.delegations}:
                made[state].append(meeting)
        return made

    def remember(self, name: Any, make: Callable[[], T]) -> T:
        """What was worked out once for this almanac; in no language, since all readers share it."""
        if name not in self._remembered:
            self._remembered[name] = make()
        made: T = self._remembered[name]
        return made

    @cached_property
    def traced(self) -> dict[str, dict[str, int]]:
        """Money shown by deliveries, by outcome and currency; that of parts counts for the whole too."""
        return self._money(lambda _each: True)

    @cached_property
    def handed_over(self) -> dict[str, dict[str, int]]:
        """The same, of those outcomes alone whose last state is `delivered`."""
        return self._money(lambda each: each.state == "delivered")

    def _money(self, counts: Callable[[Outcome], bool]) -> dict[str, dict[str, int]]:
        made: dict[str, Counter[str]] = defaultdict(Counter)
        for outcome in self.by_id.values():
            if not outcome.deliveries or not counts(outcome):
                continue
            own: Counter[str] = Counter()
            for delivery in outcome.deliveries:
                if delivery.amount:
                    own[delivery.amount["currency"]] += delivery.amount["value"]
            at: Outcome | None = outcome
            seen: set[str] = set()
            while own and at is not None and at.id not in seen:
                seen.add(at.id)
                made[at.id].update(own)
                at = self.by_id.get(at.part_of or "")
        return {id_: dict(sorted(sums.items())) for id_, sums in made.items()}

    @cached_property
    def on_topic(self) -> dict[str, list[Meeting]]:
        """Meetings with a topic on their agenda or an outcome on it, oldest first."""
        made: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            topics = {*meeting.topics, *(item.get("topic") or "" for item in meeting.agenda)}
            for topic in topics | {outcome.topic for outcome in meeting.outcomes}:
                made[topic].append(meeting)
        return made

    @cached_property
    def years(self) -> Counter[int]:
        """How many meetings each year had."""
        return Counter(meeting.year for meeting in self.meetings)

    @cached_property
    def promised_to(self) -> dict[str, list[Outcome]]:
        """Outcomes by the states they are for."""
        made: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            for state in outcome.to:
                made[state].append(outcome)
        return made

    @cached_property
    def promised_by(self) -> dict[str, list[Outcome]]:
        """Outcomes by the states that made them."""
        made: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            for state in outcome.by:
                made[state].append(outcome)
        return made

    @cached_property
    def of_topic(self) -> dict[str, list[Outcome]]:
        """Outcomes by topic."""
        made: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            made[outcome.topic].append(outcome)
        return made

    @cached_property
    def appearances(self) -> dict[tuple[str, str], list[tuple[Meeting, str, bool]]]:
        """Where a person was, by state and name: the meeting, the office borne there, whether as head."""
        made: dict[tuple[str, str], list[tuple[Meeting, str, bool]]] = defaultdict(list)
        for meeting in self.meetings:
            for each in meeting.delegations:
                if each.name:
                    made[each.state, each.name].append((meeting, each.office or "", True))
                for other in each.others:
                    if other.get("name"):
                        made[each.state, other["name"]].append((meeting, other.get("office") or "", False))
        return made

    def work_out(self) -> None:
        """Work out now all that a page may ask for."""
        for name, what in vars(Almanac).items():
            if isinstance(what, cached_property):
                getattr(self, name)

    @cached_property
    def first_day(self) -> str:
        """The day of the first meeting."""
        return self.meetings[0].starts if self.meetings else ""


_NONE = Almanac(-1, {}, {}, {})
_kept: WeakKeyDictionary[Database, Almanac] = WeakKeyDictionary()
_lock = Lock()


def almanac(database: Database, session: Session) -> Almanac:
    """The almanac as of the record's newest entry in this session's view."""
    newest = session.scalar(select(func.max(EntryRow.number))) or 0
    held = _kept.get(database, _NONE)
    if held.number == newest:
        return held
    with _lock:
        held = _kept.get(database, _NONE)
        if held.number >= newest:
            return held
        fresh = _gather(session, held, newest)
        if held is not _NONE and _same(held, fresh):
            held.number = newest
            return held
        _kept[database] = fresh
        if held is _NONE:
            # What was gathered now stays: the collector of circular garbage, which would look through all of it
            # again and again (half a second for a hundred times the record), is told to leave it alone.
            gc.freeze()
    return fresh


def _same(held: Almanac, fresh: Almanac) -> bool:
    """Whether nothing that anyone may read has changed; what was not gathered anew is the same object in both."""
    return (
        (held.people is fresh.people or held.people == fresh.people)
        and held.formats == fresh.formats
        and held.every_meeting == fresh.every_meeting
    )


def _gather(session: Session, held: Almanac, newest: int) -> Almanac:
    news = select(EntryRow.act, EntryRow.format, EntryRow.meeting).where(EntryRow.number > held.number).distinct()
    changed = session.execute(news.limit(MANY + 1)).all() if held is not _NONE else []
    if held is _NONE or len(changed) > MANY:
        return Almanac(
            newest,
            {each.id: each for each in gather_formats(session)},
            {each.id: each for each in gather_meetings(session)},
            {each.id: each for each in gather_people(session)},
        )
    meetings, formats, people = dict(held.every_meeting), dict(held.formats), held.people
    if ids := sorted({row.meeting for row in changed if row.meeting}):
        fresh = {each.id: each for each in gather_meetings(session, ids)}
        meetings = {id_: each for id_, each in meetings.items() if id_ not in ids} | fresh
    if ids := sorted({row.format for row in changed if row.format}):
        again = {each.id: each for each in gather_formats(session, ids)}
        formats = {id_: each for id_, each in formats.items() if id_ not in ids} | again
    if any(row.act in {"archive.people_reported", "archive.withdrawn"} for row in changed):
        people = {each.id: each for each in gather_people(session)}
    return Almanac(newest, formats, meetings, people)
