"""What a folder of the public record must satisfy: schema, references, sources, codes, dates, ids.

All faults are named, not the first only.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from babel import Locale
from jsonschema_rs import Draft202012Validator

from suhbat.archive.schema_faults import innermost, shape_fault
from suhbat.archive.yaml_reader import Fault, File, Step
from suhbat.ground.characters import Place, fits
from suhbat.ground.clock import now
from suhbat.ground.dates import first_day, is_partial
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import CURRENCIES, MOST
from suhbat.record.hashing import canonical

SCHEMAS = Path(__file__).parent / "schema"
LONGEST = 60_000
"""Bytes of canonical JSON that one file may come to: it has to fit an entry of the record."""
_TWO_SOURCES, _TWO_PEOPLE, _TWO_OUTCOMES = (
    lazy("two sources are called %(name)s"), lazy("two persons are called %(name)s"),
    lazy("two outcomes are called %(name)s"),
)  # fmt: skip
_NO_SOURCE = lazy("%(outcome)s: there is no source %(number)s")
_NO_STATE = {"ZZ", "XA", "XB", "QO", "EZ", "UN", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


@cache
def schema(kind: str) -> Draft202012Validator:
    """The judge of a kind of file."""
    return Draft202012Validator(document_of(kind))


@cache
def document_of(kind: str) -> dict[str, Any]:
    """The schema of a kind of file. Which formats there are is asked of the folder, not of the schema."""
    document: dict[str, Any] = json.loads((SCHEMAS / f"{kind}.schema.json").read_text())
    if kind == "meeting":
        document["properties"]["format"] = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
        # What was held here may be promised in the currencies of the house, and its file has to tell of it.
        currency = document["$defs"]["amount"]["properties"]["currency"]
        currency["enum"] = list(dict.fromkeys([*currency["enum"], *CURRENCIES]))
        document["$defs"]["meetingRef"]["pattern"] = "^[a-z0-9-]+/[0-9]{4}[a-z0-9-]*$"
        document["$defs"]["outcomeRef"]["pattern"] = "^[a-z0-9-]+/[0-9]{4}[a-z0-9-]*#[a-z0-9]+(-[a-z0-9]+)*$"
    if kind == "format":
        document["properties"]["id"]["pattern"] = "^[a-z0-9]+(-[a-z0-9]+)*$"
    return document


@cache
def codes() -> frozenset[str]:
    """Codes of states and organisations: ISO 3166 of two letters, and `EU` and `GCC`."""
    known = {str(code) for code in Locale("en").territories}
    known = {code for code in known if len(code) == len("JP") and code.isalpha()}
    return frozenset(known - _NO_STATE | {"EU", "GCC"})


class Known:
    """What references may point to: ids of formats, meetings and outcomes."""

    def __init__(self, files: Sequence[File] = ()) -> None:
        self.today = now().date()
        """What became of a promise is reported when it has come about: no delivery begins after this day."""
        self.formats: set[str] = set()
        self.meetings: set[str] = set()
        self.outcomes: dict[str, dict[str, Any]] = {}
        self.unread = {file.of for file in files if file.content is None}
        """What could not be read is one fault, not one more for each file that points to it."""
        for file in files:
            if file.kind == "format":
                self.formats.add(file.of)
            elif file.kind == "meeting":
                self.meetings.add(file.of)
                given = file.content.get("outcomes") if isinstance(file.content, dict) else None
                for outcome in given if isinstance(given, list) else ():
                    if isinstance(outcome, dict):
                        self.outcomes[f"{file.of}#{outcome.get('id')}"] = outcome


def check_all(files: Sequence[File]) -> list[Fault]:
    """Every fault in those of the files that could be read; they may point to one another in any order."""
    known = Known(files)
    return [fault for file in files if file.content is not None for fault in check(file, known)]


class _Sound:
    """Tells which places of a content are as the schema wants them: what rests on shape is looked at only there."""

    def __init__(self, content: Any, wrong: set[tuple[Step, ...]]) -> None:
        self._content, self._wrong = content, wrong

    def __call__(self, *steps: Step) -> bool:
        """Whether something stands at this place, and nothing is wrong at it or below it."""
        if not self._wrong:
            return True
        inner = self._content
        for step in steps:
            try:
                inner = inner[step]
            except (LookupError, TypeError):
                return False
        return not any(each[: len(steps)] == steps for each in self._wrong)

    def items(self, *steps: Step) -> Iterator[tuple[int, Any]]:
        """The items of a list with their places, those that are wrong left out."""
        inner = self._content
        for step in steps:
            inner = inner.get(step) if isinstance(inner, dict) else None
        for position, each in enumerate(inner if isinstance(inner, list) else ()):
            if self(*steps, position):
                yield position, each


def check(file: File, known: Known) -> list[Fault]:
    """Every fault of one file: of its shape, and of what its well-shaped parts refer to."""
    shape = list(_shape(file))
    sound = _Sound(file.content, {steps for steps, _fault in shape})
    faults = [fault for _steps, fault in shape]
    faults += {"format": _format, "meeting": _meeting, "people": _people}[file.kind](file, known, sound)
    if not shape and len(canonical(file.content)) > LONGEST:
        why = lazy("comes to more than %(most)s bytes, too long for one entry of the record") % {"most": LONGEST}
        faults.append(file.fault((), why))
    return faults


def _shape(file: File) -> Iterator[tuple[tuple[Step, ...], Fault]]:
    """What is wrong with the shape of a file, each with its place."""
    leaves = list(_leaves(file.content, ()))
    odd = {steps: why for steps, each in leaves if (why := _odd(each))}
    for steps, why in odd.items():
        yield steps, file.fault(steps, _placed(steps, why))
    # The judge of schemas takes nothing that JSON could not hold: it sees null in its place.
    plain = _plain(file.content) if odd else file.content
    errors = map(innermost, schema(file.kind).iter_errors(plain))
    for error in sorted(errors, key=lambda e: [str(p) for p in e.instance_path]):
        steps = tuple(error.instance_path)
        if steps not in odd:
            yield steps, file.fault(steps, _placed(steps, shape_fault(error)))
    for steps, value in leaves:
        if steps in odd:
            continue
        if isinstance(value, str):
            for why in _text_faults(steps, value):
                yield steps, file.fault(steps, _placed(steps, why))
        elif isinstance(value, float):
            yield steps, file.fault(steps, _placed(steps, lazy("%(value)s is no whole number") % {"value": value}))
        elif value is not None and abs(value) > MOST:
            yield steps, file.fault(steps, _placed(steps, lazy("larger than %(most)s") % {"most": MOST}))


def _plain(value: Any) -> Any:
    """A content without what JSON could not hold."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if isinstance(name, str)}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return None if _odd(value) else value


def _odd(value: Any) -> Lazy | None:
    """What YAML can say and JSON cannot, such as a date without quotes; None where it is a plain value."""
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and isfinite(value)):
        return None
    return lazy("%(value)s is no text, whole number, true, false or null (a day stands in quotes)") % {
        "value": str(value)[:60]
    }


def _text_faults(steps: tuple[Step, ...], text: str) -> Iterator[Lazy]:
    if not fits(text, Place.RECORD_FILE):
        yield lazy("has control characters")
    last = next((step for step in reversed(steps) if isinstance(step, str)), "")
    if last in {"state", "country", "members", "partners", "by", "to"} and "offices" not in steps:
        is_delivery = last == "state" and "deliveries" in steps
        if not is_delivery and text not in codes():
            yield lazy("%(code)s is no ISO 3166 code (or EU, GCC)") % {"code": text}
    if last in {"date", "starts", "ends", "since", "until", "established", "due", "from"} and not is_partial(text):
        yield lazy("%(date)s is no day, month or year that exists") % {"date": text}


def _placed(steps: tuple[Step, ...], why: Lazy | str) -> Lazy:
    """Why something is wrong, after the place where it stands."""
    place = ".".join(str(step) for step in steps)
    return lazy("%(place)s: %(why)s") % {
        "place": place or lazy("file", context="where a fault stands: the file as a whole"), "why": why,
    }  # fmt: skip


def _leaves(value: Any, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    """Every value in a content that holds no others, and where it stands; a name that is no text is such a value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if not isinstance(name, str):
                yield steps, (name,)
                continue
            yield from _leaves(inner, (*steps, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _leaves(inner, (*steps, position))
    else:
        yield steps, value


def _format(file: File, _known: Known, sound: _Sound) -> Iterator[Fault]:
    content = file.content
    if sound("id") and content["id"] != file.of:
        yield file.fault(("id",), lazy("id %(id)s is not the file's name") % {"id": content["id"]})
    yield from _twice(file, ("sources",), "n", _TWO_SOURCES, sound)
    for position, one in sound.items("membership"):
        if one.get("until") and one.get("since") and one["until"] < one["since"][: len(one["until"])]:
            why = lazy("membership of %(state)s ends before it begins") % {"state": one["state"]}
            yield file.fault(("membership", position), why)


def _people(file: File, _known: Known, sound: _Sound) -> Iterator[Fault]:
    yield from _twice(file, (), "id", _TWO_PEOPLE, sound)


def _meeting(file: File, known: Known, sound: _Sound) -> Iterator[Fault]:
    content = file.content
    slug = file.of.partition("/")[2]
    if sound("format") and content["format"] != file.of.partition("/")[0]:
        why = lazy("format %(format)s is not the folder's name") % {"format": content["format"]}
        yield file.fault(("format",), why)
    if sound("format") and content["format"] not in known.formats:
        yield file.fault(("format",), lazy("there is no format %(format)s") % {"format": content["format"]})
    if sound("starts") and not slug.startswith(content["starts"]):
        why = lazy("the file's name does not begin with %(date)s") % {"date": content["starts"]}
        yield file.fault(("starts",), why)
    dated = sound("starts") and sound("ends") and content["ends"]
    if dated and content["ends"] < content["starts"][: len(content["ends"])]:
        yield file.fault(("ends",), lazy("the meeting ends before it starts"))
    yield from _twice(file, ("sources",), "n", _TWO_SOURCES, sound)
    yield from _twice(file, ("outcomes",), "id", _TWO_OUTCOMES, sound)
    # (A source that is wrong elsewhere still has its number; one without a number leaves open what points to it.)
    listed = content.get("sources") if isinstance(content, dict) else None
    given = [one.get("n") if isinstance(one, dict) else None for one in listed] if isinstance(listed, list) else [None]
    numbers = None if any(not isinstance(n, int) for n in given) else set(given)
    for position, outcome in sound.items("outcomes"):
        yield from _outcome(file, ("outcomes", position), outcome, numbers, known)


def _outcome(
    file: File, at: tuple[Step, ...], outcome: dict[str, Any], numbers: set[Any] | None, known: Known
) -> Iterator[Fault]:
    own, named = f"{file.of}#{outcome['id']}", {"outcome": outcome["id"]}
    for n in outcome["sources"]:
        if numbers is not None and n not in numbers:
            yield file.fault((*at, "sources"), _NO_SOURCE % {**named, "number": n})
    for name in ("part_of", "follows"):
        if name in outcome and outcome[name].partition("#")[0] in known.unread:
            continue
        if name in outcome and outcome[name] not in known.outcomes:
            why = lazy("%(outcome)s: %(field)s points to nothing: %(id)s")
            yield file.fault((*at, name), why % {**named, "field": name, "id": outcome[name]})
        elif name in outcome and _circles(own, name, known):
            why = lazy("%(outcome)s: %(field)s leads back to itself")
            yield file.fault((*at, name), why % {**named, "field": name})
    if "fulfilled_by" in outcome and outcome["fulfilled_by"] not in known.meetings:
        why = lazy("%(outcome)s: there is no meeting %(id)s") % {**named, "id": outcome["fulfilled_by"]}
        yield file.fault((*at, "fulfilled_by"), why)
    yield from _deliveries(file, at, outcome, numbers, known.today)


def _deliveries(
    file: File, at: tuple[Step, ...], outcome: dict[str, Any], numbers: set[Any] | None, today: date
) -> Iterator[Fault]:
    last, bound = "", 0
    named = {"outcome": outcome["id"]}
    promised = outcome.get("amount")
    for position, delivery in enumerate(outcome.get("deliveries", [])):
        spot = (*at, "deliveries", position)
        if numbers is not None and delivery["source"] is not None and delivery["source"] not in numbers:
            yield file.fault((*spot, "source"), _NO_SOURCE % {**named, "number": delivery["source"]})
        day = delivery["date"] or ""
        if day and last and day < last[: len(day)]:
            yield file.fault((*spot, "date"), lazy("%(outcome)s: deliveries are not in order of time") % named)
        if day and first_day(day) > today:
            why = lazy("%(outcome)s: a delivery on %(date)s, which is yet to come") % {**named, "date": day}
            yield file.fault((*spot, "date"), why)
        last = day or last
        amount = delivery.get("amount")
        if amount and promised and amount["currency"] == promised["currency"]:
            bound += amount["value"]
            if bound > promised["value"]:
                yield file.fault(spot, lazy("%(outcome)s: more is delivered than was promised") % named)


def _circles(own: str, name: str, known: Known) -> bool:
    seen, at = {own}, own
    while at := str(known.outcomes.get(at, {}).get(name) or ""):
        if at in seen:
            return True
        seen.add(at)
    return False


def _twice(file: File, at: tuple[Step, ...], name: str, why: Lazy, sound: _Sound) -> Iterator[Fault]:
    seen = set()
    for position, one in sound.items(*at):
        if one[name] in seen:
            yield file.fault((*at, position), why % {"name": one[name]})
        seen.add(one[name])
