"""The checks of a folder of the public record: schema, references, sources, codes, dates, ids.

They return all faults, not only the first.
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
from suhbat.ground.dates import first_day, is_partial
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import CURRENCIES, MOST
from suhbat.record.hashing import canonical

SCHEMAS = Path(__file__).parent / "schema"
LONGEST = 60_000
"""Bytes of canonical JSON of one file at most: it must fit into an entry of the record."""
_TWO_SOURCES, _TWO_PEOPLE, _TWO_OUTCOMES = (
    lazy("two sources are called %(name)s"), lazy("two persons are called %(name)s"),
    lazy("two outcomes are called %(name)s"),
)  # fmt: skip
_NO_SOURCE = lazy("%(outcome)s: there is no source %(number)s")
_NOT_STATES = {"ZZ", "XA", "XB", "QO", "EZ", "UN", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


@cache
def schema(kind: str) -> Draft202012Validator:
    """The validator of a kind of file."""
    return Draft202012Validator(document_of(kind))


@cache
def document_of(kind: str) -> dict[str, Any]:
    """The schema of a kind of file. The published schema lists the ids of formats; here any id is taken."""
    document: dict[str, Any] = json.loads((SCHEMAS / f"{kind}.schema.json").read_text())
    if kind == "meeting":
        document["properties"]["format"] = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
        # Meetings held here may promise in any currency of the installation, and are exported as files.
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
    territories = {str(code) for code in Locale("en").territories}
    states = {code for code in territories if len(code) == len("JP") and code.isalpha()}
    return frozenset(states - _NOT_STATES | {"EU", "GCC"})


class ReferenceTargets:
    """What files may refer to: ids of formats, meetings and outcomes."""

    def __init__(self, today: date, files: Sequence[File] = ()) -> None:
        self.today = today
        """No delivery may be dated after this day."""
        self.formats: set[str] = set()
        self.meetings: set[str] = set()
        self.outcomes: dict[str, dict[str, Any]] = {}
        self.unread = {file.of for file in files if file.content is None}
        """Ids of files that could not be read. That is one fault: references to them are not faults too."""
        for file in files:
            if file.kind == "format":
                self.formats.add(file.of)
            elif file.kind == "meeting":
                self.meetings.add(file.of)
                outcomes = file.content.get("outcomes") if isinstance(file.content, dict) else None
                for outcome in outcomes if isinstance(outcomes, list) else ():
                    if isinstance(outcome, dict):
                        self.outcomes[f"{file.of}#{outcome.get('id')}"] = outcome


def check_all(files: Sequence[File], today: date) -> list[Fault]:
    """Every fault in the files that could be read. They may refer to one another in any order."""
    targets = ReferenceTargets(today, files)
    return [fault for file in files if file.content is not None for fault in check(file, targets)]


class _ValidPlaces:
    """The places of a content that fit the schema. Other checks look only at these."""

    def __init__(self, content: Any, invalid: set[tuple[Step, ...]]) -> None:
        self._content, self._invalid = content, invalid

    def __call__(self, *steps: Step) -> bool:
        """Whether this place has a value without faults in it or below it."""
        if not self._invalid:
            return True
        inner = self._content
        for step in steps:
            try:
                inner = inner[step]
            except (LookupError, TypeError):
                return False
        return not any(place[: len(steps)] == steps for place in self._invalid)

    def elements(self, *steps: Step) -> Iterator[tuple[int, Any]]:
        """The valid elements of a list, with their positions."""
        inner = self._content
        for step in steps:
            inner = inner.get(step) if isinstance(inner, dict) else None
        for position, element in enumerate(inner if isinstance(inner, list) else ()):
            if self(*steps, position):
                yield position, element


def check(file: File, targets: ReferenceTargets) -> list[Fault]:
    """Every fault of one file: of its shape, and of the references, codes and dates in its valid parts."""
    shape_faults = list(_shape_faults(file))
    valid = _ValidPlaces(file.content, {steps for steps, _fault in shape_faults})
    faults = [fault for _steps, fault in shape_faults]
    faults += {"format": _format, "meeting": _meeting, "people": _people}[file.kind](file, targets, valid)
    if not shape_faults and len(canonical(file.content)) > LONGEST:
        why = lazy("comes to more than %(most)s bytes, too long for one entry of the record") % {"most": LONGEST}
        faults.append(file.fault((), why))
    return faults


def _shape_faults(file: File) -> Iterator[tuple[tuple[Step, ...], Fault]]:
    """The faults in the shape of a file, each with its place."""
    leaves = list(_leaves(file.content, ()))
    not_json = {steps: why for steps, value in leaves if (why := _not_json(value))}
    for steps, why in not_json.items():
        yield steps, file.fault(steps, _with_place(steps, why))
    # The validator takes JSON only: it gets null for any other value.
    json_content = _json_only(file.content) if not_json else file.content
    errors = map(innermost, schema(file.kind).iter_errors(json_content))
    for error in sorted(errors, key=lambda e: [str(p) for p in e.instance_path]):
        steps = tuple(error.instance_path)
        if steps not in not_json:
            yield steps, file.fault(steps, _with_place(steps, shape_fault(error)))
    for steps, value in leaves:
        if steps in not_json:
            continue
        if isinstance(value, str):
            for why in _text_faults(steps, value):
                yield steps, file.fault(steps, _with_place(steps, why))
        elif isinstance(value, float):
            yield steps, file.fault(steps, _with_place(steps, lazy("%(value)s is no whole number") % {"value": value}))
        elif value is not None and abs(value) > MOST:
            yield steps, file.fault(steps, _with_place(steps, lazy("larger than %(most)s") % {"most": MOST}))


def _json_only(value: Any) -> Any:
    """A content with null for values that JSON does not have."""
    if isinstance(value, dict):
        return {name: _json_only(inner) for name, inner in value.items() if isinstance(name, str)}
    if isinstance(value, list):
        return [_json_only(inner) for inner in value]
    return None if _not_json(value) else value


def _not_json(value: Any) -> Lazy | None:
    """The fault of a value that YAML has and JSON has not, such as a date without quotes; None for other values."""
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


def _with_place(steps: tuple[Step, ...], why: Lazy | str) -> Lazy:
    """A fault with its place before it."""
    place = ".".join(str(step) for step in steps)
    return lazy("%(place)s: %(why)s") % {
        "place": place or lazy("file", context="where a fault stands: the file as a whole"), "why": why,
    }  # fmt: skip


def _leaves(value: Any, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    """Every value that is not a list or object, with its place; also each key that is not a text."""
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


def _format(file: File, _targets: ReferenceTargets, valid: _ValidPlaces) -> Iterator[Fault]:
    content = file.content
    if valid("id") and content["id"] != file.of:
        yield file.fault(("id",), lazy("id %(id)s is not the file's name") % {"id": content["id"]})
    yield from _duplicates(file, ("sources",), "n", _TWO_SOURCES, valid)
    for position, member in valid.elements("membership"):
        since, until = member.get("since"), member.get("until")
        if until and since and until < since[: len(until)]:
            why = lazy("membership of %(state)s ends before it begins") % {"state": member["state"]}
            yield file.fault(("membership", position), why)


def _people(file: File, _targets: ReferenceTargets, valid: _ValidPlaces) -> Iterator[Fault]:
    yield from _duplicates(file, (), "id", _TWO_PEOPLE, valid)


def _meeting(file: File, targets: ReferenceTargets, valid: _ValidPlaces) -> Iterator[Fault]:
    content = file.content
    slug = file.of.partition("/")[2]
    if valid("format") and content["format"] != file.of.partition("/")[0]:
        why = lazy("format %(format)s is not the folder's name") % {"format": content["format"]}
        yield file.fault(("format",), why)
    if valid("format") and content["format"] not in targets.formats:
        yield file.fault(("format",), lazy("there is no format %(format)s") % {"format": content["format"]})
    if valid("starts") and not slug.startswith(content["starts"]):
        why = lazy("the file's name does not begin with %(date)s") % {"date": content["starts"]}
        yield file.fault(("starts",), why)
    has_dates = valid("starts") and valid("ends") and content["ends"]
    if has_dates and content["ends"] < content["starts"][: len(content["ends"])]:
        yield file.fault(("ends",), lazy("the meeting ends before it starts"))
    yield from _duplicates(file, ("sources",), "n", _TWO_SOURCES, valid)
    yield from _duplicates(file, ("outcomes",), "id", _TWO_OUTCOMES, valid)
    numbers = _source_numbers(content)
    for position, outcome in valid.elements("outcomes"):
        yield from _outcome(file, ("outcomes", position), outcome, numbers, targets)


def _source_numbers(content: Any) -> set[int] | None:
    """The numbers of all sources, with other faults or not; None if any has no number, so that they are unknown."""
    sources = content.get("sources") if isinstance(content, dict) else None
    if not isinstance(sources, list):
        return None
    numbers: list[Any] = [source.get("n") if isinstance(source, dict) else None for source in sources]
    return None if any(not isinstance(n, int) for n in numbers) else set(numbers)


def _outcome(
    file: File, place: tuple[Step, ...], outcome: dict[str, Any], numbers: set[int] | None, targets: ReferenceTargets
) -> Iterator[Fault]:
    own_id, names = f"{file.of}#{outcome['id']}", {"outcome": outcome["id"]}
    for n in outcome["sources"]:
        if numbers is not None and n not in numbers:
            yield file.fault((*place, "sources"), _NO_SOURCE % {**names, "number": n})
    for name in ("part_of", "follows"):
        if name in outcome and outcome[name].partition("#")[0] in targets.unread:
            continue
        if name in outcome and outcome[name] not in targets.outcomes:
            why = lazy("%(outcome)s: %(field)s points to nothing: %(id)s")
            yield file.fault((*place, name), why % {**names, "field": name, "id": outcome[name]})
        elif name in outcome and _is_circular(own_id, name, targets):
            why = lazy("%(outcome)s: %(field)s leads back to itself")
            yield file.fault((*place, name), why % {**names, "field": name})
    if "fulfilled_by" in outcome and outcome["fulfilled_by"] not in targets.meetings:
        why = lazy("%(outcome)s: there is no meeting %(id)s") % {**names, "id": outcome["fulfilled_by"]}
        yield file.fault((*place, "fulfilled_by"), why)
    yield from _deliveries(file, place, outcome, numbers, targets.today)


def _deliveries(
    file: File, place: tuple[Step, ...], outcome: dict[str, Any], numbers: set[int] | None, today: date
) -> Iterator[Fault]:
    last, delivered = "", 0
    names = {"outcome": outcome["id"]}
    promised = outcome.get("amount")
    for position, delivery in enumerate(outcome.get("deliveries", [])):
        spot = (*place, "deliveries", position)
        if numbers is not None and delivery["source"] is not None and delivery["source"] not in numbers:
            yield file.fault((*spot, "source"), _NO_SOURCE % {**names, "number": delivery["source"]})
        day = delivery["date"] or ""
        if day and last and day < last[: len(day)]:
            yield file.fault((*spot, "date"), lazy("%(outcome)s: deliveries are not in order of time") % names)
        if day and first_day(day) > today:
            why = lazy("%(outcome)s: a delivery on %(date)s, which is yet to come") % {**names, "date": day}
            yield file.fault((*spot, "date"), why)
        last = day or last
        amount = delivery.get("amount")
        if amount and promised and amount["currency"] == promised["currency"]:
            delivered += amount["value"]
            if delivered > promised["value"]:
                yield file.fault(spot, lazy("%(outcome)s: more is delivered than was promised") % names)


def _is_circular(own_id: str, name: str, targets: ReferenceTargets) -> bool:
    seen_ids, id_ = {own_id}, own_id
    while id_ := str(targets.outcomes.get(id_, {}).get(name) or ""):
        if id_ in seen_ids:
            return True
        seen_ids.add(id_)
    return False


def _duplicates(file: File, place: tuple[Step, ...], name: str, why: Lazy, valid: _ValidPlaces) -> Iterator[Fault]:
    seen_names = set()
    for position, element in valid.elements(*place):
        if element[name] in seen_names:
            yield file.fault((*place, position), why % {"name": element[name]})
        seen_names.add(element[name])
