"""Editors' acts: a delivery with its source, an outcome, a correction, a meeting that no file has yet.

Each puts a new content in the place of the old one; the entry carries it whole, with what was changed and why. Nothing
is kept before the editor has looked at the difference: the form comes back with it, and asks to be sent again.
"""

import copy
import difflib
from typing import Any

import msgspec
from sqlalchemy import select

from suhbat.acts import Decision, Occasion, act, phrase
from suhbat.archive import form_controls as _drawing  # noqa: F401  (the forms of these acts)
from suhbat.archive.acts import CURATORS, known_here
from suhbat.archive.editor_inputs import Corrected, DeliveryAdded, MeetingAdded, OutcomeAdded, Person, Sourced, Sum
from suhbat.archive.field_edit import APPENDED, KEPT, Faults, Steps, held_at, put, read, shape_at
from suhbat.archive.field_labels import label
from suhbat.archive.file_validation import check, codes
from suhbat.archive.models import ArchiveFile
from suhbat.archive.schema_shape import place
from suhbat.archive.yaml_reader import File
from suhbat.archive.yaml_writer import file_text, sha256
from suhbat.formats.models import Format
from suhbat.formats.topics import TOPICS
from suhbat.ground.dates import first_day, is_partial
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.money import CURRENCIES
from suhbat.ground.refusals import Kind, Refused, conflict, invalid, not_found
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.public.presentation.caption_sentences import clauses
from suhbat.record.entries import Entry

UNSOURCED = {"sources", "notes", "confidence", "part_of_confidence"}
"""What is about the sources, or is the editors' own judgement, needs no further source."""


@act("archive.delivery_added", "Add what became of a promise", by=CURATORS, audience="public")
def add_delivery(occasion: Occasion, inputs: DeliveryAdded) -> Decision[Any]:
    """An editor reports what became of an outcome of the public record, with the page that says so.

    The report is added in order of time; the last one is the present state. What was held here is reported on by the
    meeting's own delegations and secretariat.
    """
    file = _file(occasion, inputs.outcome.partition("#")[0], inputs.entry)
    content = copy.deepcopy(file.content)
    outcome = next(
        (each for each in content.get("outcomes", ()) if each["id"] == inputs.outcome.partition("#")[2]), None
    )
    if outcome is None:
        raise invalid(outcome=lazy("There is no such outcome in the public record."))
    faults: Faults = {}
    delivery: dict[str, Any] = {"date": _date(inputs.date, "date", faults), "state": inputs.state}
    if amount := _sum(inputs.amount, faults):
        delivery["amount"] = amount
    if inputs.date and is_partial(inputs.date) and first_day(inputs.date) > occasion.now.date():
        faults["date"] = lazy("This day is yet to come: report what became of a promise once it has.")
    source = _source(content, inputs, faults, needed=inputs.state != "unknown")
    _refuse(faults)
    delivery |= {"summary": inputs.summary, "source": source["n"] if source else None}
    held = outcome.pop("deliveries", [])
    spot = next((n for n, each in enumerate(held) if inputs.date and (each["date"] or "") > inputs.date), len(held))
    sources = outcome.pop("sources")
    outcome |= {"deliveries": [*held[:spot], delivery, *held[spot:]], "sources": sources}
    what = {"outcome": inputs.outcome, "delivery": delivery}
    return _decide(occasion, file.path, content, seen=inputs.seen, what=what, page=_page(inputs.outcome))


@act("archive.outcome_added", "Add an outcome to a reported meeting", by=CURATORS, audience="public")
def add_outcome(occasion: Occasion, inputs: OutcomeAdded) -> Decision[Any]:
    """An editor adds what a reported meeting left behind: who promised or decided what, for whom, and where it says so.

    Its name makes its address and never changes. What was held here is promised by those who met.
    """
    file = _file(occasion, inputs.of, inputs.entry)
    if "outcomes" not in file.content:
        raise invalid(of=lazy("Only meetings have outcomes."))
    content = copy.deepcopy(file.content)
    faults: Faults = {}
    if inputs.name in {each["id"] for each in content["outcomes"]}:
        faults["name"] = lazy("An outcome of this meeting has this name already.")
    for name in ("by", "to"):
        if not set(getattr(inputs, name)) <= codes():
            faults[name] = lazy("There is no such state.")
    if inputs.topic not in TOPICS:
        faults["topic"] = lazy("This is not one of the choices.")
    outcome: dict[str, Any] = {
        "id": inputs.name, "kind": inputs.kind, "by": list(dict.fromkeys(inputs.by)),
        "to": list(dict.fromkeys(inputs.to)),
        "topic": inputs.topic, "summary": inputs.summary,
    }  # fmt: skip
    further = {
        "amount": _sum(inputs.amount, faults), "due": _date(inputs.due, "due", faults),
        **_links(occasion, inputs, faults),
    }  # fmt: skip
    outcome |= {name: value for name, value in further.items() if value}
    source = _source(content, inputs, faults)
    _refuse(faults)
    content["outcomes"].append(outcome | {"sources": [source["n"]] if source else []})
    what = {"outcome": f"{inputs.of}#{inputs.name}"}
    return _decide(occasion, file.path, content, seen=inputs.seen, what=what, page=_page(what["outcome"]))


def _links(occasion: Occasion, inputs: OutcomeAdded, faults: Faults) -> dict[str, Any]:
    """What an outcome is part of, takes up, or was fulfilled by; each has to be there."""
    for name in ("part_of", "follows"):
        if getattr(inputs, name) and occasion.session.get(Outcome, getattr(inputs, name)) is None:
            faults[name] = lazy("There is no such outcome in the public record.")
    if inputs.fulfilled_by and occasion.session.get(Meeting, inputs.fulfilled_by) is None:
        faults["fulfilled_by"] = lazy("There is no such meeting.")
    if bool(inputs.follows) != bool(inputs.follows_as):
        faults["follows_as" if inputs.follows else "follows"] = lazy("This is needed.")
    return {
        "part_of": inputs.part_of, "part_of_confidence": "likely" if inputs.part_of and inputs.part_likely else "",
        "follows": inputs.follows, "follows_as": inputs.follows_as, "fulfilled_by": inputs.fulfilled_by,
    }  # fmt: skip


@act("archive.corrected", "Correct a fact of the public record", by=CURATORS, audience="public")
def correct(occasion: Occasion, inputs: Corrected) -> Decision[Any]:
    """An editor puts one fact of a reported format, meeting or person right, and says why and by which source.

    The record keeps what it said before. Facts of meetings held here are corrected by those who held them.
    """
    file = _file(occasion, inputs.of, inputs.entry)
    kind, steps = File(file.path, "").kind, place(inputs.field)
    shape = shape_at(kind, steps)
    content: Any = copy.deepcopy(file.content)
    try:
        before = held_at(content, steps)
    except (LookupError, TypeError) as fault:
        raise invalid(field=lazy("There is no such field in it.")) from fault
    if shape is None or not _may_change(steps, before, gone=inputs.gone):
        raise invalid(field=lazy("There is no such field in it."))
    faults: Faults = {}
    after = None if inputs.gone else read(shape, steps, inputs.now, before, faults)
    about_sources = bool(UNSOURCED & {step for step in steps if isinstance(step, str)})
    source = _source(content, inputs, faults, needed=not (about_sources or after == before))
    _refuse(faults)
    if steps[0] == "sources" and isinstance(after, dict) and before is None:
        after = {"n": _next_number(content), **after}
    put(content, kind, steps, after)
    _cite(content, steps, source)
    if content == file.content:
        raise invalid(now=lazy("This is what it says already."))
    what = {"field": inputs.field, "was": before, "now": after, "why": inputs.why, "source": source}
    return _decide(occasion, file.path, content, seen=inputs.seen, what=what, page=_page_of(file, content, steps))


def _may_change(steps: Steps, before: Any, *, gone: bool) -> bool:
    """Whether a place stands there, or may be added; what others point to is not taken out."""
    listed = str(steps[-2]) if len(steps) > 1 else "people"
    if not isinstance(steps[-1], int):
        return not gone
    return (before is not None or listed in APPENDED) and not (gone and (before is None or listed in KEPT))


def _cite(content: Any, steps: Steps, source: dict[str, Any] | None) -> None:
    """Let the outcome, or the report on it, name the source; facts of a meeting itself rest on its sources together."""
    if not source or not isinstance(content, dict) or steps[:1] != ("outcomes",) or not isinstance(steps[1], int):
        return
    outcome = content["outcomes"][steps[1]]
    if steps[2:3] == ("deliveries",):
        deliveries = outcome.get("deliveries", [])
        if isinstance(steps[3], int) and steps[3] < len(deliveries):
            deliveries[steps[3]]["source"] = source["n"]
    elif source["n"] not in outcome["sources"]:
        outcome["sources"].append(source["n"])


@act("archive.meeting_added", "Add a meeting to the public record", by=CURATORS, audience="public")
def add_meeting(occasion: Occasion, inputs: MeetingAdded) -> Decision[Any]:
    """An editor adds a meeting that a source reports. What came of it is added next, one by one.

    Its address is the format, the first day and a short name, and never changes.
    """
    of = f"{inputs.format}/{inputs.starts}-{inputs.name}"
    faults: Faults = {}
    if occasion.session.get(Meeting, of):
        faults["name"] = lazy("A meeting has this address already.")
    if occasion.session.get(Format, inputs.format) is None:
        faults["format"] = lazy("There is no such format.")
    if inputs.country and inputs.country not in codes():
        faults["country"] = lazy("There is no such state.")
    if inputs.city and not inputs.country:
        faults["country"] = lazy("This is needed.")
    content: dict[str, Any] = {
        "format": inputs.format, "number": inputs.number, "title": inputs.title, "level": inputs.level,
        "mode": inputs.mode,
        "starts": _date(inputs.starts, "starts", faults), "ends": _date(inputs.ends, "ends", faults),
        "place": {"city": inputs.city, "country": inputs.country} if inputs.country else None,
        "chair": _person(inputs.chair, "chair", faults), "participants": _people(inputs, faults),
        "agenda": list(inputs.topics), "outcomes": [], "documents": [], "sources": [],
        "confidence": inputs.confidence, "notes": inputs.notes or None,
    }  # fmt: skip
    _source(content, inputs, faults)
    _refuse(faults)
    return _decide(occasion, f"meetings/{of}.yaml", content, seen=inputs.seen, what={}, page=f"/meetings/{of}")


def _people(inputs: MeetingAdded, faults: Faults) -> list[dict[str, Any]]:
    """Those named, in the order of their rows."""
    rows = sorted(inputs.participants.items(), key=lambda row: (len(row[0]), row[0]))
    named = [_person(each, f"participants.{row}", faults) for row, each in rows]
    return [each for each in named if each]


def _person(given: Person, name: str, faults: Faults) -> dict[str, Any] | None:
    if not (given.state or given.name or given.office):
        return None
    if given.state not in codes():
        faults[f"{name}.state"] = lazy("There is no such state.") if given.state else lazy("This is needed.")
    return {"state": given.state, "name": given.name or None, "office": given.office or None}


def _file(occasion: Occasion, of: str, entry: int) -> ArchiveFile:
    """The file that tells of a thing, as the form showed it."""
    row = occasion.session.scalar(select(ArchiveFile).where(ArchiveFile.of == of).limit(1))
    if row is None:
        raise not_found(lazy("There is no such format or meeting among the reported ones."))
    if entry and entry != row.entry:
        raise conflict(lazy("This has been changed since you saw it. Look again and decide anew."))
    return row


def _decide(
    occasion: Occasion, path: str, content: Any, *, seen: bool, what: dict[str, Any], page: str
) -> Decision[Any]:
    file = File(path, "", content)
    if faults := check(file, known_here(occasion, file)):
        raise Refused(Kind.INVALID, clauses(fault.reason for fault in faults[:10]))
    text = file_text(content)
    held = occasion.session.get(ArchiveFile, path)
    if not seen:
        told = difference(file_text(held.content) if held else "", text)
        raise Refused(
            Kind.INVALID, lazy("Look at the difference, then tick the box and send it again."), {"seen": told}
        )
    body = {"path": path, "of": file.of, "sha256": sha256(text), "content": content, **what}
    if file.kind == "people":
        return Decision(body, reply={"then": page})
    meeting = file.of if "/" in file.of else ""
    return Decision(body, format=file.of.partition("/")[0], meeting=meeting, reply={"then": page})


def _page(outcome: str) -> str:
    return "/outcomes/" + outcome.replace("#", "/")


def _page_of(file: ArchiveFile, content: Any, steps: Steps) -> str:
    """Where what was put right is shown."""
    if file.of == "people":
        return f"/people/{content[steps[0]]['id']}"
    if steps[0] == "outcomes":
        return _page(f"{file.of}#{content['outcomes'][steps[1]]['id']}")
    return f"/meetings/{file.of}" if "/" in file.of else f"/formats/{file.of}"


def difference(before: str, after: str) -> str:
    """The lines that change, marked with - and +, with a line around them."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    # (Lines that occur often, such as "currency: JPY", are compared like any other: autojunk would skip them.)
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(1):
        for what, a, b, c, d in group:
            if what == "equal":
                lines += [" " + line for line in old[a:b]]
            else:
                lines += ["-" + line for line in old[a:b]] + ["+" + line for line in new[c:d]]
    return "\n".join(lines)[:6_000]


def _refuse(faults: Faults) -> None:
    if faults:
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults)


def _date(given: str | None, name: str, faults: Faults) -> str | None:
    if given and not is_partial(given):
        faults[name] = lazy("This is no day, month or year that exists.")
    return given


def _sum(given: Sum, faults: Faults) -> dict[str, Any] | None:
    """A sum as a file writes it; a currency alone, or a figure alone, is none."""
    if given.value is None:
        if given.currency:
            faults["amount.value"] = lazy("This is needed.")
        return None
    if given.currency not in CURRENCIES:
        faults["amount.currency"] = lazy("A sum needs its currency.")
    made: dict[str, Any] = msgspec.to_builtins(given)
    return made


def _source(content: Any, inputs: Sourced, faults: Faults, *, needed: bool = True) -> dict[str, Any] | None:
    """The source that an act names, added to the file where it is new there: a page is not named twice.

    The file of persons names no sources; there the entry alone keeps it.
    """
    listed: list[dict[str, Any]] = content["sources"] if isinstance(content, dict) else []
    if inputs.source:
        if found := next((each for each in listed if each["url"] == inputs.source), None):
            return found
        if not inputs.publisher:
            faults["publisher"] = lazy("This is needed.")
        made = {
            "n": _next_number(content), "url": inputs.source, "publisher": inputs.publisher,
            "date": _date(inputs.published, "published", faults),
        }  # fmt: skip
        listed.append(made)
        return made
    if inputs.cites is not None:
        found = next((each for each in listed if each["n"] == inputs.cites), None)
        if found is None:
            faults["cites"] = lazy("This is not one of the choices.")
        return found
    if needed:
        faults["source"] = lazy("Where is it published? Choose a source, or name another.")
    return None


def _next_number(content: Any) -> int:
    listed = content["sources"] if isinstance(content, dict) else []
    return max((int(each["n"]) for each in listed), default=0) + 1


@phrase("archive.delivery_added")
def _say_delivery(entry: Entry) -> str:
    return _("What became of %(outcome)s: %(summary)s") % {
        "outcome": entry.body["outcome"], "summary": entry.body["delivery"]["summary"],
    }  # fmt: skip


@phrase("archive.corrected")
def _say_corrected(entry: Entry) -> str:
    return _("Corrected in %(of)s: %(field)s (%(why)s)") % {
        "of": entry.body["of"], "field": label(place(entry.body["field"])), "why": entry.body["why"],
    }  # fmt: skip


@phrase("archive.outcome_added")
def _say_outcome(entry: Entry) -> str:
    return _("Added to the public record: %(title)s") % {"title": entry.body["content"]["outcomes"][-1]["summary"]}


@phrase("archive.meeting_added")
def _say_added(entry: Entry) -> str:
    return _("Added to the public record: %(title)s") % {"title": entry.body["content"]["title"]}
