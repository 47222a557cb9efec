"""Search: parses the reader's query, keeps the index up to date and returns the matches in order."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.exc import ProgrammingError

from suhbat.formats.topics import TOPICS
from suhbat.formats.vocabulary import DELIVERY_STATUSES, OUTCOME_KINDS
from suhbat.ground.database import Database
from suhbat.ground.language import Lazy, lazy
from suhbat.public.presentation.ledger_filter import NO_PARTY, is_party
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Meeting, Outcome
from suhbat.public.search.index_interface import Index
from suhbat.public.search.postgres_index import PostgresIndex
from suhbat.public.search.search_documents import (
    SearchDocument,
    learn_entity_tokens,
    of_format,
    of_meeting,
    of_person,
    states_and_topics,
)
from suhbat.public.search.sqlite_index import MemoryIndex
from suhbat.public.search.tokenizer import similar_words, words_of

log = logging.getLogger("suhbat")
LONGEST, MOST_WORDS = 200, 12
_YEARS = re.compile(r"^([0-9]{4})?\.\.([0-9]{4})?$")
_CODE = re.compile(r"^[A-Z]{2,3}$")
TYPED = ("by", "to", "topic", "state", "kind", "format", "type")
TYPES = ("format", "meeting", "outcome", "person", "state", "topic")


@dataclass
class Query:
    """A search query: words and filters."""

    words: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    faults: dict[str, Lazy | str] = field(default_factory=dict)

    @property
    def of_outcomes(self) -> bool:
        """Whether only outcomes can match."""
        return bool(self.typed.keys() & {"by", "to", "state", "kind"})


def parse_query(text: str, almanac: Almanac | None = None) -> Query:
    """Parse a text such as `by:JP to:TJ topic:water state:unknown 2017..2020 hospitals`; a dozen words at most."""
    query = Query()
    allowed: dict[str, Any] = {"topic": TOPICS, "state": DELIVERY_STATUSES, "kind": OUTCOME_KINDS, "type": TYPES}
    for piece in text[:LONGEST].split():
        name, colon, value = piece.partition(":")
        years = _YEARS.match(piece)
        if years and piece != "..":
            query.since, query.until = years[1] or "", years[2] or ""
        elif colon and name.lower() in TYPED and value:
            name = name.lower()
            value = value.upper() if name in {"by", "to"} else value.lower()
            if (name in allowed and value not in allowed[name]) or (name in {"by", "to"} and not _CODE.match(value)):
                query.faults[f"{name}:{value}"] = lazy("This is not one of the choices.")
            elif almanac is not None and name in {"by", "to"} and not is_party(almanac, value):
                query.faults[f"{name}:{value}"] = NO_PARTY
            else:
                query.typed[name] = value
        else:
            query.words += words_of(piece)
    query.words = query.words[:MOST_WORDS]
    return query


@dataclass
class _CachedIndex:
    index: Index
    meetings: dict[str, Meeting] = field(default_factory=dict)
    formats: dict[str, Any] = field(default_factory=dict)
    people: Any = None
    number: int = -1


_cached: WeakKeyDictionary[Database, _CachedIndex] = WeakKeyDictionary()
_lock = Lock()


def index_of(database: Database, almanac: Almanac) -> Index:
    """The index for this almanac. Only changed documents are indexed again."""
    with _lock:
        cached = _cached.get(database)
        if cached is None:
            cached = _cached[database] = _CachedIndex(_open_index(database))
        if cached.number < almanac.number:
            _update(cached, almanac)
        return cached.index


def _open_index(database: Database) -> Index:
    learn_entity_tokens()
    if database.sqlite:
        return MemoryIndex()
    try:
        return PostgresIndex(database)
    except ProgrammingError:
        log.warning("This user may not create tables for the search: each worker builds an index of its own.")
        return MemoryIndex()


def _update(cached: _CachedIndex, almanac: Almanac) -> None:
    meetings = {meeting.id: meeting for meeting in almanac.meetings}
    changed_meetings = [id_ for id_, meeting in meetings.items() if cached.meetings.get(id_) is not meeting]
    changed_formats = [id_ for id_, format_ in almanac.formats.items() if cached.formats.get(id_) is not format_]
    removed_owners = [*(cached.meetings.keys() - meetings.keys()), *(cached.formats.keys() - almanac.formats.keys())]
    is_first, people_changed = cached.number < 0, cached.people is not almanac.people

    def new_documents() -> Iterator[SearchDocument]:
        if is_first:
            yield from states_and_topics()
        for id_ in changed_meetings:
            yield from of_meeting(meetings[id_])
        yield from (of_format(almanac.formats[id_]) for id_ in changed_formats)
        if people_changed:
            yield from (of_person(person) for person in almanac.people.values())

    if isinstance(cached.index, PostgresIndex):
        every_owner = ["fixed", "people", *meetings, *almanac.formats] if is_first else None
        cached.index.bring_to(almanac.number, new_documents(), removed_owners, every_owner)
    else:
        cached.index.drop([*removed_owners, *(["people"] if people_changed else [])])
        cached.index.put(new_documents())
    cached.meetings, cached.formats, cached.people, cached.number = (
        meetings,
        almanac.formats,
        almanac.people,
        almanac.number,
    )


def search(index: Index, almanac: Almanac, query: Query) -> tuple[list[str], dict[str, str]]:
    """Return the keys of matches, the best first, and the mistyped words with their corrections."""
    read_as: dict[str, str] = {}
    kinds = [query.typed["type"]] if "type" in query.typed else ["outcome"] if query.of_outcomes else []
    if not query.words:
        return _without_words(almanac, query, kinds), read_as
    keys = index.find([[word] for word in query.words], kinds)
    if not keys:
        groups = []
        for word in query.words:
            suggestions = [] if index.find([[word]], kinds, most=1) else similar_words(word, index.vocabulary())
            if suggestions:
                read_as[word] = suggestions[0]
            groups.append([word, *suggestions])
        keys = index.find(groups, kinds) if read_as else []
    return [key for key in keys if _fits(almanac, query, key)], read_as


def _without_words(almanac: Almanac, query: Query, kinds: list[str]) -> list[str]:
    """The keys of matches of the filters, the newest first; without filters, nothing."""
    if not (query.typed or query.since or query.until):
        return []
    keys: list[str] = []
    if (not kinds or "meeting" in kinds) and not query.of_outcomes:
        keys += [f"meeting:{meeting.id}" for meeting in reversed(almanac.meetings) if _meeting_fits(meeting, query)]
    if not kinds or "outcome" in kinds:
        keys += [
            f"outcome:{outcome.id}"
            for outcome in reversed(_shortest_list(almanac, query))
            if _outcome_fits(outcome, query)
        ]
    return keys


def _shortest_list(almanac: Almanac, query: Query) -> list[Outcome]:
    """The shortest list that contains all possible matches, so that few outcomes are checked."""
    outcomes_by = {"by": almanac.promised_by, "to": almanac.promised_to, "topic": almanac.of_topic}
    lists = [outcomes_by[name].get(value, []) for name, value in query.typed.items() if name in outcomes_by]
    return min(lists, key=len, default=almanac.outcomes)


def _fits(almanac: Almanac, query: Query, key: str) -> bool:
    kind, _colon, id_ = key.partition(":")
    if not _is_in_almanac(almanac, kind, id_):
        return False
    if not query.typed.keys() - {"type"} and not query.since and not query.until:
        return True
    if kind == "meeting":
        return not query.of_outcomes and _meeting_fits(almanac.every_meeting[id_], query)
    if kind == "outcome":
        return _outcome_fits(almanac.by_id[id_], query)
    return False


_ALMANAC_FIELDS = {"format": "formats", "person": "people", "meeting": "every_meeting", "outcome": "by_id"}
"""The almanac's attribute for each kind of document."""


def _is_in_almanac(almanac: Almanac, kind: str, id_: str) -> bool:
    """Whether this almanac has it. A shared index may be newer than the almanac of one worker."""
    name = _ALMANAC_FIELDS.get(kind)
    return name is None or id_ in getattr(almanac, name)


def _meeting_fits(meeting: Meeting, query: Query) -> bool:
    typed = query.typed
    return (
        _in_years(meeting.starts, query)
        and typed.get("format", meeting.format) == meeting.format
        and ("topic" not in typed or typed["topic"] in meeting.topics)
    )


def _outcome_fits(outcome: Outcome, query: Query) -> bool:
    typed = query.typed
    return (
        _in_years(outcome.day, query)
        and typed.get("format", outcome.format) == outcome.format
        and typed.get("topic", outcome.topic) == outcome.topic
        and typed.get("state", outcome.state) == outcome.state
        and typed.get("kind", outcome.kind) == outcome.kind
        and ("by" not in typed or typed["by"] in outcome.by)
        and ("to" not in typed or typed["to"] in outcome.to)
    )


def _in_years(day: str, query: Query) -> bool:
    return (not query.since or day[:4] >= query.since) and (not query.until or day[:4] <= query.until)
