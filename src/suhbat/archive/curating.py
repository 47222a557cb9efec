"""Editors' acts: a delivery with its source, a correction, a meeting that no file has yet.

Each puts a new content in the place of the old one; the entry carries it whole, with what was changed and why. Nothing
is kept before the editor has looked at the difference: the form comes back with it, and asks to be sent again.
"""

import copy
import difflib
import re
from typing import Annotated, Any, Literal

import msgspec
import yaml
from msgspec import Meta

from suhbat.acts import Decision, InFormat, Occasion, Wish, act, phrase
from suhbat.archive.acts import CURATORS, known_here
from suhbat.archive.checking import check
from suhbat.archive.models import ArchiveFile
from suhbat.archive.reading import File
from suhbat.archive.writing import file_text, sha256
from suhbat.formats.models import Format
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.money import CURRENCIES
from suhbat.ground.refusals import Kind, Refused, conflict, invalid, not_found
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry

Line = Annotated[str, Meta(max_length=300)]
Partial = Annotated[str, Meta(max_length=10, pattern=r"^\d{4}(-\d{2}){0,2}$")]
Url = Annotated[str, Meta(title="Address of the source", max_length=500, pattern=r"^https?://[^ ]+$")]
Text = Annotated[str, Meta(min_length=1, max_length=2_000, extra={"widget": "textarea"})]
Seen = Annotated[bool, Meta(title="I have seen the difference", extra={"widget": "difference"})]
Topics = Annotated[list[str], Meta(title="Topics", max_length=25, extra={"choices": "topics", "widget": "boxes"})]


class Sum(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that a report shows for the first time."""

    value: Annotated[int, Meta(title="Amount in whole units", ge=1, le=10**15)] | None = None
    currency: Annotated[str, Meta(title="Currency", max_length=3, extra={"choices": "currencies"})] = ""
    qualifier: Annotated[Literal["exact", "about", "nearly", "at-least", "up-to"], Meta(title="How it was said")] = (
        "exact"
    )


class DeliveryAdded(Wish, frozen=True, kw_only=True):
    """A report on an outcome."""

    outcome: Annotated[str, Meta(title="Outcome", description="As in its address: format/meeting#name", max_length=240)]
    date: Annotated[Partial, Meta(title="When (day, month or year)")] | None = None
    state: Annotated[Literal["delivered", "in-progress", "dropped", "unknown"], Meta(title="How things stand after it")]
    amount: Sum = Sum()
    summary: Annotated[Text, Meta(title="What happened, in your own words")]
    source: Url
    publisher: Annotated[str, Meta(title="Published by", min_length=1, max_length=300)]
    published: Annotated[Partial, Meta(title="Published on")] | None = None
    seen: Seen = False


class Corrected(Wish, frozen=True, kw_only=True):
    """A fact put right."""

    of: Annotated[str, Meta(title="Format or meeting", description="As in its address", max_length=160)]
    field: Annotated[
        str,
        Meta(title="Which field", description="Such as title, place.city or outcomes.0.summary", max_length=200,
             pattern=r"^[a-z_]+(\.[a-z0-9_-]+)*$"),
    ]  # fmt: skip
    now: Annotated[str, Meta(title="What it should say", max_length=4_000, extra={"widget": "textarea"})]
    why: Annotated[str, Meta(title="Why, and by which source", min_length=1, max_length=1_000)]
    was: Annotated[str, Meta(title="What it says now, if you want to be sure", max_length=4_000)] = ""
    seen: Seen = False


class MeetingAdded(InFormat, frozen=True, kw_only=True):
    """A meeting known from a source."""

    format: Annotated[str, Meta(title="Format", description="As in its address, such as ca-japan", max_length=80)]
    name: Annotated[str, Meta(title="Name for its address", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    title: Annotated[str, Meta(title="Title", min_length=1, max_length=400)]
    number: Annotated[int, Meta(title="Number in the series", ge=1, le=1000)] | None = None
    level: Annotated[
        Literal["summit", "ministerial", "senior-officials", "expert", "business", "intellectual"], Meta(title="Level")
    ]
    mode: Annotated[Literal["in-person", "video", "hybrid"], Meta(title="How it met")] | None = None
    starts: Annotated[Partial, Meta(title="First day")]
    ends: Annotated[Partial, Meta(title="Last day")] | None = None
    city: Annotated[str, Meta(title="City", max_length=120)] | None = None
    country: Annotated[str, Meta(title="State of the place", pattern=r"^[A-Z]{2}$")] | None = None
    participants: Annotated[
        str,
        Meta(title="Who took part", description="One a line: state; name; office. Leave out what no source says.",
             max_length=4_000, extra={"widget": "textarea"}),
    ] = ""  # fmt: skip
    topics: Topics = []
    source: Url
    publisher: Annotated[str, Meta(title="Published by", min_length=1, max_length=300)]
    published: Annotated[Partial, Meta(title="Published on")] | None = None
    confidence: Annotated[Literal["high", "medium", "low"], Meta(title="How sure")] = "medium"
    notes: Annotated[str, Meta(title="Where sources differ", max_length=4_000, extra={"widget": "textarea"})] = ""
    seen: Seen = False


@act("archive.delivery_added", "Add what became of a promise", by=CURATORS, audience="public")
def add_delivery(occasion: Occasion, wish: DeliveryAdded) -> Decision:
    """An editor reports what became of an outcome of the public record, with the page that says so.

    The report is added in order of time; the last one is the present state. What was held here is reported on by the
    meeting's own delegations and secretariat.
    """
    file = _file(occasion, wish.outcome.partition("#")[0])
    content = copy.deepcopy(file.content)
    outcome = next((each for each in content["outcomes"] if each["id"] == wish.outcome.partition("#")[2]), None)
    if outcome is None:
        raise invalid(outcome=lazy("There is no such outcome in the public record."))
    number = _source(content, wish.source, wish.publisher, wish.published)
    delivery: dict[str, Any] = {"date": wish.date, "state": wish.state}
    if wish.amount.value is not None:
        if wish.amount.currency not in CURRENCIES:
            raise invalid(amount__currency=lazy("A sum needs its currency."))
        delivery["amount"] = msgspec.to_builtins(wish.amount)
    delivery |= {"summary": wish.summary, "source": number}
    held = outcome.pop("deliveries", [])
    place = next((n for n, each in enumerate(held) if wish.date and (each["date"] or "") > wish.date), len(held))
    sources = outcome.pop("sources")
    outcome |= {"deliveries": [*held[:place], delivery, *held[place:]], "sources": sources}
    return _decide(occasion, file.path, content, seen=wish.seen, what={"outcome": wish.outcome, "delivery": delivery})


@act("archive.corrected", "Correct a fact of the public record", by=CURATORS, audience="public")
def correct(occasion: Occasion, wish: Corrected) -> Decision:
    """An editor puts one field of a reported format or meeting right and says why and by which source.

    The record keeps what it said before. Facts of meetings held here are corrected by those who held them.
    """
    file = _file(occasion, wish.of)
    content: Any = copy.deepcopy(file.content)
    *steps, last = [int(step) if step.isdigit() else step for step in wish.field.split(".")]
    try:
        inner: Any = content
        for step in steps:
            inner = inner[step]
        before = inner[last]
    except (KeyError, IndexError, TypeError) as fault:
        raise invalid(field=lazy("There is no such field in it.")) from fault
    if wish.was and str(before) != wish.was:
        raise conflict()
    inner[last] = _value(wish.now, before)
    what = {"field": wish.field, "was": before, "now": inner[last], "why": wish.why}
    return _decide(occasion, file.path, content, seen=wish.seen, what=what)


@act("archive.meeting_added", "Add a meeting to the public record", by=CURATORS, audience="public")
def add_meeting(occasion: Occasion, wish: MeetingAdded) -> Decision:
    """An editor adds a meeting that a source reports. Its outcomes are added as corrections or by a file.

    Its address is the format, the first day and a short name, and never changes.
    """
    of = f"{wish.format}/{wish.starts}-{wish.name}"
    if occasion.session.get(Meeting, of):
        raise invalid(name=lazy("A meeting has this address already."))
    if occasion.session.get(Format, wish.format) is None:
        raise invalid(format=lazy("There is no such format."))
    people = _people(wish.participants)
    content: dict[str, Any] = {
        "format": wish.format, "number": wish.number, "title": wish.title, "level": wish.level, "mode": wish.mode,
        "starts": wish.starts, "ends": wish.ends,
        "place": {"city": wish.city, "country": wish.country} if wish.country else None, "chair": None,
        "participants": people, "agenda": list(wish.topics), "outcomes": [], "documents": [],
        "sources": [{"n": 1, "url": wish.source, "publisher": wish.publisher, "date": wish.published}],
        "confidence": wish.confidence, "notes": wish.notes or None,
    }  # fmt: skip
    return _decide(occasion, f"meetings/{of}.yaml", content, seen=wish.seen, what={})


def _file(occasion: Occasion, of: str) -> ArchiveFile:
    folder = "meetings" if "/" in of else "formats"
    row = occasion.session.get(ArchiveFile, f"{folder}/{of}.yaml")
    if row is None:
        raise not_found(lazy("There is no such format or meeting among the reported ones."))
    return row


def _decide(occasion: Occasion, path: str, content: Any, *, seen: bool, what: dict[str, Any]) -> Decision:
    file = File(path, "", content)
    if faults := check(file, known_here(occasion, file)):
        raise Refused(Kind.INVALID, "; ".join(fault.reason for fault in faults[:10]))
    text = file_text(content)
    held = occasion.session.get(ArchiveFile, path)
    if not seen:
        told = difference(file_text(held.content) if held else "", text)
        raise Refused(
            Kind.INVALID, lazy("Look at the difference, then tick the box and send it again."), {"seen": told}
        )
    body = {"path": path, "of": file.of, "sha256": sha256(text), "content": content, **what}
    meeting = file.of if "/" in file.of else ""
    page = f"/meetings/{file.of}" if meeting else f"/formats/{file.of}"
    return Decision(body, format=file.of.partition("/")[0], meeting=meeting, reply={"then": page})


def difference(before: str, after: str) -> str:
    """The lines that change, marked with - and +, with a line around them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))[:6_000]


def _source(content: dict[str, Any], url: str, publisher: str, published: str | None) -> int:
    """The number of a source in a file; a page that is there already is not named twice."""
    for each in content["sources"]:
        if each["url"] == url:
            return int(each["n"])
    number = max((int(each["n"]) for each in content["sources"]), default=0) + 1
    content["sources"].append({"n": number, "url": url, "publisher": publisher, "date": published})
    return number


def _value(text: str, before: Any) -> Any:
    """What was typed, as the kind of thing that stands there: a text stays a text; lists and numbers are read."""
    if isinstance(before, str) or (before is None and not re.fullmatch(r"\s*(null|\[.*\]|\{.*\}|\d+)\s*", text)):
        return text if text != "null" else None
    if len(text) > 4_000 or "&" in text or "*" in text:  # noqa: PLR2004
        raise invalid(now=lazy("This cannot be read."))
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise invalid(now=lazy("This cannot be read.")) from fault


def _people(text: str) -> list[dict[str, Any]]:
    made = []
    for line in text.splitlines():
        if line.strip():
            parts = [part.strip() or None for part in line.split(";")] + [None, None]
            made.append({"state": parts[0] or "", "name": parts[1], "office": parts[2]})
    return made


@phrase("archive.delivery_added")
def _say_delivery(entry: Entry) -> str:
    return _("What became of %(outcome)s: %(summary)s") % {
        "outcome": entry.body["outcome"], "summary": entry.body["delivery"]["summary"],
    }  # fmt: skip


@phrase("archive.corrected")
def _say_corrected(entry: Entry) -> str:
    return _("Corrected in %(of)s: %(field)s (%(why)s)") % {
        "of": entry.body["of"], "field": entry.body["field"], "why": entry.body["why"],
    }  # fmt: skip


@phrase("archive.meeting_added")
def _say_added(entry: Entry) -> str:
    return _("Added to the public record: %(title)s") % {"title": entry.body["content"]["title"]}
