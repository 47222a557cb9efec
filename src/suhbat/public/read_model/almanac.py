"""The almanac: the read model of all public facts, in memory, updated from the record.

A public page reads the number of the newest entry from the database; everything else comes from memory. After new
entries, only the meetings and formats that they name are loaded again. Every process has its own almanac, so workers
need not talk to each other. It contains only what anyone may read.
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
from suhbat.public.read_model.almanac_loader import load_formats, load_meetings, load_people
from suhbat.public.read_model.fact_types import Format, Meeting, Outcome, Person
from suhbat.record.models import EntryRow

T = TypeVar("T")
MANY = 500
"""Changed meetings that are loaded one by one, at most. If there are more, everything is loaded again."""


class Almanac:
    """The public facts as of entry `number`; they last changed with entry `since` or before it.

    The facts of an almanac never change: a newer almanac replaces it. If new entries change nothing that the public
    may read, the same almanac stays and only its number rises.
    """

    def __init__(
        self, number: int, formats: dict[str, Format], meetings: dict[str, Meeting], people: dict[str, Person]
    ) -> None:
        self.number, self.since = number, number
        self.formats, self.every_meeting, self.people = formats, meetings, people
        self._remembered: dict[Any, Any] = {}

    @cached_property
    def meetings(self) -> list[Meeting]:
        """All meetings except rehearsals and cancelled ones, oldest first."""
        meetings = [m for m in self.every_meeting.values() if not m.rehearsal and m.status != "cancelled"]
        return sorted(meetings, key=lambda m: (m.starts, m.id))

    @cached_property
    def of_format(self) -> dict[str, list[Meeting]]:
        """Meetings by format, oldest first."""
        by_format: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            by_format[meeting.format].append(meeting)
        return by_format

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """All outcomes in the order of their meetings, without rehearsals."""
        return [outcome for meeting in self.meetings for outcome in meeting.outcomes]

    @cached_property
    def by_id(self) -> dict[str, Outcome]:
        """Outcomes by id, with those of rehearsals."""
        return {outcome.id: outcome for meeting in self.every_meeting.values() for outcome in meeting.outcomes}

    @cached_property
    def parts(self) -> dict[str, list[Outcome]]:
        """The recorded parts of an outcome, by its id."""
        return self._linked("part_of")

    @cached_property
    def followers(self) -> dict[str, list[Outcome]]:
        """The outcomes that take up an earlier one, by the id of the earlier one."""
        return self._linked("follows")

    @cached_property
    def promised_in(self) -> dict[str, list[Outcome]]:
        """The promises of a next meeting that a meeting fulfilled, by the meeting's id."""
        return self._linked("fulfilled_by")

    def _linked(self, name: str) -> dict[str, list[Outcome]]:
        by_id: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.by_id.values():
            if id_ := getattr(outcome, name):
                by_id[id_].append(outcome)
        return dict(by_id)

    @cached_property
    def by_name(self) -> dict[tuple[str, str], Person]:
        """People by state and name."""
        return {(person.state, person.name): person for person in self.people.values()}

    @cached_property
    def by_state(self) -> dict[str, list[Meeting]]:
        """The meetings at which a state is named, oldest first."""
        by_state: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            for state in {d.state for d in meeting.delegations}:
                by_state[state].append(meeting)
        return by_state

    def remember(self, name: Any, make: Callable[[], T]) -> T:
        """A value that is computed once for this almanac. It must not depend on the language: all readers share it."""
        if name not in self._remembered:
            self._remembered[name] = make()
        value: T = self._remembered[name]
        return value

    @cached_property
    def traced(self) -> dict[str, dict[str, int]]:
        """Money shown by deliveries, by outcome and currency. Money of a part counts for the whole too."""
        return self._money(lambda _outcome: True)

    @cached_property
    def handed_over(self) -> dict[str, dict[str, int]]:
        """The same, only for outcomes whose last state is `delivered`."""
        return self._money(lambda outcome: outcome.state == "delivered")

    def _money(self, counts: Callable[[Outcome], bool]) -> dict[str, dict[str, int]]:
        money: dict[str, Counter[str]] = defaultdict(Counter)
        for outcome in self.by_id.values():
            if not outcome.deliveries or not counts(outcome):
                continue
            own: Counter[str] = Counter()
            for delivery in outcome.deliveries:
                if delivery.amount:
                    own[delivery.amount["currency"]] += delivery.amount["value"]
            holder: Outcome | None = outcome
            counted_ids: set[str] = set()
            while own and holder is not None and holder.id not in counted_ids:
                counted_ids.add(holder.id)
                money[holder.id].update(own)
                holder = self.by_id.get(holder.part_of or "")
        return {id_: dict(sorted(sums.items())) for id_, sums in money.items()}

    @cached_property
    def on_topic(self) -> dict[str, list[Meeting]]:
        """Meetings by topic, oldest first: the topic is on the agenda, or an outcome is about it."""
        by_topic: dict[str, list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            topics = {*meeting.topics, *(item.get("topic") or "" for item in meeting.agenda)}
            for topic in topics | {outcome.topic for outcome in meeting.outcomes}:
                by_topic[topic].append(meeting)
        return by_topic

    @cached_property
    def years(self) -> Counter[int]:
        """The number of meetings in each year."""
        return Counter(meeting.year for meeting in self.meetings)

    @cached_property
    def promised_to(self) -> dict[str, list[Outcome]]:
        """Outcomes by the states that receive them."""
        by_state: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            for state in outcome.to:
                by_state[state].append(outcome)
        return by_state

    @cached_property
    def promised_by(self) -> dict[str, list[Outcome]]:
        """Outcomes by the states that made them."""
        by_state: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            for state in outcome.by:
                by_state[state].append(outcome)
        return by_state

    @cached_property
    def of_topic(self) -> dict[str, list[Outcome]]:
        """Outcomes by topic."""
        by_topic: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            by_topic[outcome.topic].append(outcome)
        return by_topic

    @cached_property
    def appearances(self) -> dict[tuple[str, str], list[tuple[Meeting, str, bool]]]:
        """The meetings of a person, by state and name: the meeting, the office held there, whether as head."""
        by_person: dict[tuple[str, str], list[tuple[Meeting, str, bool]]] = defaultdict(list)
        for meeting in self.meetings:
            for delegation in meeting.delegations:
                if delegation.name:
                    by_person[delegation.state, delegation.name].append((meeting, delegation.office or "", True))
                for other in delegation.others:
                    if other.get("name"):
                        by_person[delegation.state, other["name"]].append((meeting, other.get("office") or "", False))
        return by_person

    def work_out(self) -> None:
        """Compute now every cached property that a page may need."""
        for name, attribute in vars(Almanac).items():
            if isinstance(attribute, cached_property):
                getattr(self, name)

    @cached_property
    def first_day(self) -> str:
        """The day of the first meeting."""
        return self.meetings[0].starts if self.meetings else ""


_NONE = Almanac(-1, {}, {}, {})
_cached: WeakKeyDictionary[Database, Almanac] = WeakKeyDictionary()
_lock = Lock()


def current_almanac(database: Database, session: Session) -> Almanac:
    """The almanac as of the record's newest entry in this session's view."""
    newest = session.scalar(select(func.max(EntryRow.number))) or 0
    cached = _cached.get(database, _NONE)
    if cached.number == newest:
        return cached
    with _lock:
        cached = _cached.get(database, _NONE)
        if cached.number >= newest:
            return cached
        fresh = _gather(session, cached, newest)
        if cached is not _NONE and _is_unchanged(cached, fresh):
            cached.number = newest
            return cached
        _cached[database] = fresh
        if cached is _NONE:
            # These objects stay for good. The garbage collector need not scan them again and again, which takes
            # half a second for a record a hundred times as large.
            gc.freeze()
    return fresh


def _is_unchanged(cached: Almanac, fresh: Almanac) -> bool:
    """Whether no public fact has changed. Facts that were not loaded again are the same objects in both."""
    return (
        (cached.people is fresh.people or cached.people == fresh.people)
        and cached.formats == fresh.formats
        and cached.every_meeting == fresh.every_meeting
    )


def _gather(session: Session, cached: Almanac, newest: int) -> Almanac:
    changes = select(EntryRow.act, EntryRow.format, EntryRow.meeting).where(EntryRow.number > cached.number).distinct()
    changed = session.execute(changes.limit(MANY + 1)).all() if cached is not _NONE else []
    if cached is _NONE or len(changed) > MANY:
        return Almanac(
            newest,
            {format_.id: format_ for format_ in load_formats(session)},
            {meeting.id: meeting for meeting in load_meetings(session)},
            {person.id: person for person in load_people(session)},
        )
    meetings, formats, people = dict(cached.every_meeting), dict(cached.formats), cached.people
    if ids := sorted({row.meeting for row in changed if row.meeting}):
        fresh_meetings = {meeting.id: meeting for meeting in load_meetings(session, ids)}
        meetings = {id_: meeting for id_, meeting in meetings.items() if id_ not in ids} | fresh_meetings
    if ids := sorted({row.format for row in changed if row.format}):
        fresh_formats = {format_.id: format_ for format_ in load_formats(session, ids)}
        formats = {id_: format_ for id_, format_ in formats.items() if id_ not in ids} | fresh_formats
    if any(row.act in {"archive.people_reported", "archive.withdrawn"} for row in changed):
        people = {person.id: person for person in load_people(session)}
    return Almanac(newest, formats, meetings, people)
