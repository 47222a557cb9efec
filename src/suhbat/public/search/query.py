"""Search: what the reader typed, understood; what was found, ranked."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.exc import ProgrammingError

from suhbat.formats.topics import TOPICS
from suhbat.ground.database import Database
from suhbat.ground.language import Lazy, lazy
from suhbat.public.presentation.code_labels import KINDS, STATES
from suhbat.public.presentation.ledger_filter import NO_PARTY, is_party
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.facts import Meeting, Outcome
from suhbat.public.search.documents import Paper, fixed, know_marks, of_format, of_meeting, of_person
from suhbat.public.search.index import Index
from suhbat.public.search.postgres_index import PostgresIndex
from suhbat.public.search.sqlite_index import MemoryIndex
from suhbat.public.search.tokenizer import near, words_of

log = logging.getLogger("suhbat")
LONGEST, MOST_WORDS = 200, 12
_YEARS = re.compile(r"^([0-9]{4})?\.\.([0-9]{4})?$")
_CODE = re.compile(r"^[A-Z]{2,3}$")
TYPED = ("by", "to", "topic", "state", "kind", "format", "type")
TYPES = ("format", "meeting", "outcome", "person", "state", "topic")


@dataclass
class Wanted:
    """A question to the search: words, and what they are narrowed by."""

    words: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    faults: dict[str, Lazy | str] = field(default_factory=dict)

    @property
    def of_outcomes(self) -> bool:
        """Whether only outcomes can fit."""
        return bool(self.typed.keys() & {"by", "to", "state", "kind"})


def understand(text: str, known: Almanac | None = None) -> Wanted:
    """`by:JP to:TJ topic:water state:unknown 2017..2020 hospitals` → what is asked; a dozen words at most."""
    wanted = Wanted()
    allowed: dict[str, Any] = {"topic": TOPICS, "state": STATES, "kind": KINDS, "type": TYPES}
    for piece in text[:LONGEST].split():
        name, colon, value = piece.partition(":")
        years = _YEARS.match(piece)
        if years and piece != "..":
            wanted.since, wanted.until = years[1] or "", years[2] or ""
        elif colon and name.lower() in TYPED and value:
            name = name.lower()
            value = value.upper() if name in {"by", "to"} else value.lower()
            if (name in allowed and value not in allowed[name]) or (name in {"by", "to"} and not _CODE.match(value)):
                wanted.faults[f"{name}:{value}"] = lazy("This is not one of the choices.")
            elif known is not None and name in {"by", "to"} and not is_party(known, value):
                wanted.faults[f"{name}:{value}"] = NO_PARTY
            else:
                wanted.typed[name] = value
        else:
            wanted.words += words_of(piece)
    wanted.words = wanted.words[:MOST_WORDS]
    return wanted


@dataclass
class _Kept:
    index: Index
    meetings: dict[str, Meeting] = field(default_factory=dict)
    formats: dict[str, Any] = field(default_factory=dict)
    people: Any = None
    number: int = -1


_kept: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()
_lock = Lock()


def index_of(database: Database, known: Almanac) -> Index:
    """The index as of this almanac: only what changed since is indexed anew."""
    with _lock:
        kept = _kept.get(database)
        if kept is None:
            kept = _kept[database] = _Kept(_open(database))
        if kept.number < known.number:
            _bring_up(kept, known)
        return kept.index


def _open(database: Database) -> Index:
    know_marks()
    if database.sqlite:
        return MemoryIndex()
    try:
        return PostgresIndex(database)
    except ProgrammingError:
        log.warning("The database lets nobody make tables for the search: each worker keeps an index of its own.")
        return MemoryIndex()


def _bring_up(kept: _Kept, known: Almanac) -> None:
    meetings = {each.id: each for each in known.meetings}
    changed = [id_ for id_, each in meetings.items() if kept.meetings.get(id_) is not each]
    formats = [id_ for id_, each in known.formats.items() if kept.formats.get(id_) is not each]
    gone = [*(kept.meetings.keys() - meetings.keys()), *(kept.formats.keys() - known.formats.keys())]
    first, people = kept.number < 0, kept.people is not known.people

    def fresh() -> Iterator[Paper]:
        if first:
            yield from fixed()
        for id_ in changed:
            yield from of_meeting(meetings[id_])
        yield from (of_format(known.formats[id_]) for id_ in formats)
        if people:
            yield from (of_person(each) for each in known.people.values())

    if isinstance(kept.index, PostgresIndex):
        every = ["fixed", "people", *meetings, *known.formats] if first else None
        kept.index.bring_to(known.number, fresh(), gone, every)
    else:
        kept.index.drop([*gone, *(["people"] if people else [])])
        kept.index.put(fresh())
    kept.meetings, kept.formats, kept.people, kept.number = meetings, known.formats, known.people, known.number


def search(index: Index, known: Almanac, wanted: Wanted) -> tuple[list[str], dict[str, str]]:
    """Keys of what fits, the best first; and which mistyped words were read as which."""
    read_as: dict[str, str] = {}
    kinds = [wanted.typed["type"]] if "type" in wanted.typed else ["outcome"] if wanted.of_outcomes else []
    if not wanted.words:
        return _without_words(known, wanted, kinds), read_as
    keys = index.find([[word] for word in wanted.words], kinds)
    if not keys:
        groups = []
        for word in wanted.words:
            meant = [] if index.find([[word]], kinds, most=1) else near(word, index.vocabulary())
            if meant:
                read_as[word] = meant[0]
            groups.append([word, *meant])
        keys = index.find(groups, kinds) if read_as else []
    return [key for key in keys if _fits(known, wanted, key)], read_as


def _without_words(known: Almanac, wanted: Wanted, kinds: list[str]) -> list[str]:
    """What fits the conditions alone, the newest first; without any condition, nothing."""
    if not (wanted.typed or wanted.since or wanted.until):
        return []
    made: list[str] = []
    if (not kinds or "meeting" in kinds) and not wanted.of_outcomes:
        made += [f"meeting:{each.id}" for each in reversed(known.meetings) if _meeting_fits(each, wanted)]
    if not kinds or "outcome" in kinds:
        made += [f"outcome:{each.id}" for each in reversed(_nearest(known, wanted)) if _outcome_fits(each, wanted)]
    return made


def _nearest(known: Almanac, wanted: Wanted) -> list[Outcome]:
    """The shortest list that has all the outcomes which can fit, so that few are looked at."""
    ways = {"by": known.promised_by, "to": known.promised_to, "topic": known.of_topic}
    lists = [ways[name].get(value, []) for name, value in wanted.typed.items() if name in ways]
    return min(lists, key=len, default=known.outcomes)


def _fits(known: Almanac, wanted: Wanted, key: str) -> bool:
    kind, _colon, id_ = key.partition(":")
    if not _is_there(known, kind, id_):
        return False
    if not wanted.typed.keys() - {"type"} and not wanted.since and not wanted.until:
        return True
    if kind == "meeting":
        return not wanted.of_outcomes and _meeting_fits(known.every_meeting[id_], wanted)
    if kind == "outcome":
        return _outcome_fits(known.by_id[id_], wanted)
    return False


_HERE = {"format": "formats", "person": "people", "meeting": "every_meeting", "outcome": "by_id"}
"""Where an almanac has things of a kind."""


def _is_there(known: Almanac, kind: str, id_: str) -> bool:
    """Whether this almanac has it: an index that workers share may be an entry ahead of one of them."""
    name = _HERE.get(kind)
    return name is None or id_ in getattr(known, name)


def _meeting_fits(meeting: Meeting, wanted: Wanted) -> bool:
    typed = wanted.typed
    return (
        _in_years(meeting.starts, wanted)
        and typed.get("format", meeting.format) == meeting.format
        and ("topic" not in typed or typed["topic"] in meeting.topics)
    )


def _outcome_fits(outcome: Outcome, wanted: Wanted) -> bool:
    typed = wanted.typed
    return (
        _in_years(outcome.day, wanted)
        and typed.get("format", outcome.format) == outcome.format
        and typed.get("topic", outcome.topic) == outcome.topic
        and typed.get("state", outcome.state) == outcome.state
        and typed.get("kind", outcome.kind) == outcome.kind
        and ("by" not in typed or typed["by"] in outcome.by)
        and ("to" not in typed or typed["to"] in outcome.to)
    )


def _in_years(day: str, wanted: Wanted) -> bool:
    return (not wanted.since or day[:4] >= wanted.since) and (not wanted.until or day[:4] <= wanted.until)
