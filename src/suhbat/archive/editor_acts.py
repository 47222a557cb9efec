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
def add_delivery(occasion: Occasion, wish: DeliveryAdded) -> Decision:
    """An editor reports what became of an outcome of the public record, with the page that says so.

    The report is added in order of time; the last one is the present state. What was held here is reported on by the
    meeting's own delegations and secretariat.
    """
    file = _file(occasion, wish.outcome.partition("#")[0], wish.entry)
    content = copy.deepcopy(file.content)
    outcome = next((each for each in content.get("outcomes", ()) if each["id"] == wish.outcome.partition("#")[2]), None)
    if outcome is None:
        raise invalid(outcome=lazy("There is no such outcome in the public record."))
    faults: Faults = {}
    delivery: dict[str, Any] = {"date": _date(wish.date, "date", faults), "state": wish.state}
    if amount := _sum(wish.amount, faults):
        delivery["amount"] = amount
    if wish.date and is_partial(wish.date) and first_day(wish.date) > occasion.now.date():
        faults["date"] = lazy("This day is yet to come: report what became of a promise once it has.")
    source = _source(content, wish, faults, needed=wish.state != "unknown")
    _refuse(faults)
    delivery |= {"summary": wish.summary, "source": source["n"] if source else None}
    held = outcome.pop("deliveries", [])
    spot = next((n for n, each in enumerate(held) if wish.date and (each["date"] or "") > wish.date), len(held))
    sources = outcome.pop("sources")
    outcome |= {"deliveries": [*held[:spot], delivery, *held[spot:]], "sources": sources}
    what = {"outcome": wish.outcome, "delivery": delivery}
    return _decide(occasion, file.path, content, seen=wish.seen, what=what, page=_page(wish.outcome))


@act("archive.outcome_added", "Add an outcome to a reported meeting", by=CURATORS, audience="public")
def add_outcome(occasion: Occasion, wish: OutcomeAdded) -> Decision:
    """An editor adds what a reported meeting left behind: who promised or decided what, for whom, and where it says so.

    Its name makes its address and never changes. What was held here is promised by those who met.
    """
    file = _file(occasion, wish.of, wish.entry)
    if "outcomes" not in file.content:
        raise invalid(of=lazy("Only meetings have outcomes."))
    content = copy.deepcopy(file.content)
    faults: Faults = {}
    if wish.name in {each["id"] for each in content["outcomes"]}:
        faults["name"] = lazy("An outcome of this meeting has this name already.")
    for name in ("by", "to"):
        if not set(getattr(wish, name)) <= codes():
            faults[name] = lazy("There is no such state.")
    if wish.topic not in TOPICS:
        faults["topic"] = lazy("This is not one of the choices.")
    outcome: dict[str, Any] = {
        "id": wish.name, "kind": wish.kind, "by": list(dict.fromkeys(wish.by)), "to": list(dict.fromkeys(wish.to)),
        "topic": wish.topic, "summary": wish.summary,
    }  # fmt: skip
    further = {
        "amount": _sum(wish.amount, faults), "due": _date(wish.due, "due", faults), **_links(occasion, wish, faults),
    }  # fmt: skip
    outcome |= {name: value for name, value in further.items() if value}
    source = _source(content, wish, faults)
    _refuse(faults)
    content["outcomes"].append(outcome | {"sources": [source["n"]] if source else []})
    what = {"outcome": f"{wish.of}#{wish.name}"}
    return _decide(occasion, file.path, content, seen=wish.seen, what=what, page=_page(what["outcome"]))


def _links(occasion: Occasion, wish: OutcomeAdded, faults: Faults) -> dict[str, Any]:
    """What an outcome is part of, takes up, or was fulfilled by; each has to be there."""
    for name in ("part_of", "follows"):
        if getattr(wish, name) and occasion.session.get(Outcome, getattr(wish, name)) is None:
            faults[name] = lazy("There is no such outcome in the public record.")
    if wish.fulfilled_by and occasion.session.get(Meeting, wish.fulfilled_by) is None:
        faults["fulfilled_by"] = lazy("There is no such meeting.")
    if bool(wish.follows) != bool(wish.follows_as):
        faults["follows_as" if wish.follows else "follows"] = lazy("This is needed.")
    return {
        "part_of": wish.part_of, "part_of_confidence": "likely" if wish.part_of and wish.part_likely else "",
        "follows": wish.follows, "follows_as": wish.follows_as, "fulfilled_by": wish.fulfilled_by,
    }  # fmt: skip


@act("archive.corrected", "Correct a fact of the public record", by=CURATORS, audience="public")
def correct(occasion: Occasion, wish: Corrected) -> Decision:
    """An editor puts one fact of a reported format, meeting or person right, and says why and by which source.

    The record keeps what it said before. Facts of meetings held here are corrected by those who held them.
    """
    file = _file(occasion, wish.of, wish.entry)
    kind, steps = File(file.path, "").kind, place(wish.field)
    shape = shape_at(kind, steps)
    content: Any = copy.deepcopy(file.content)
    try:
        before = held_at(content, steps)
    except (LookupError, TypeError) as fault:
        raise invalid(field=lazy("There is no such field in it.")) from fault
    if shape is None or not _may_change(steps, before, gone=wish.gone):
        raise invalid(field=lazy("There is no such field in it."))
    faults: Faults = {}
    after = None if wish.gone else read(shape, steps, wish.now, before, faults)
    about_sources = bool(UNSOURCED & {step for step in steps if isinstance(step, str)})
    source = _source(content, wish, faults, needed=not (about_sources or after == before))
    _refuse(faults)
    if steps[0] == "sources" and isinstance(after, dict) and before is None:
        after = {"n": _next_number(content), **after}
    put(content, kind, steps, after)
    _cite(content, steps, source)
    if content == file.content:
        raise invalid(now=lazy("This is what it says already."))
    what = {"field": wish.field, "was": before, "now": after, "why": wish.why, "source": source}
    return _decide(occasion, file.path, content, seen=wish.seen, what=what, page=_page_of(file, content, steps))


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
def add_meeting(occasion: Occasion, wish: MeetingAdded) -> Decision:
    """An editor adds a meeting that a source reports. What came of it is added next, one by one.

    Its address is the format, the first day and a short name, and never changes.
    """
    of = f"{wish.format}/{wish.starts}-{wish.name}"
    faults: Faults = {}
    if occasion.session.get(Meeting, of):
        faults["name"] = lazy("A meeting has this address already.")
    if occasion.session.get(Format, wish.format) is None:
        faults["format"] = lazy("There is no such format.")
    if wish.country and wish.country not in codes():
        faults["country"] = lazy("There is no such state.")
    if wish.city and not wish.country:
        faults["country"] = lazy("This is needed.")
    content: dict[str, Any] = {
        "format": wish.format, "number": wish.number, "title": wish.title, "level": wish.level, "mode": wish.mode,
        "starts": _date(wish.starts, "starts", faults), "ends": _date(wish.ends, "ends", faults),
        "place": {"city": wish.city, "country": wish.country} if wish.country else None,
        "chair": _person(wish.chair, "chair", faults), "participants": _people(wish, faults),
        "agenda": list(wish.topics), "outcomes": [], "documents": [], "sources": [],
        "confidence": wish.confidence, "notes": wish.notes or None,
    }  # fmt: skip
    _source(content, wish, faults)
    _refuse(faults)
    return _decide(occasion, f"meetings/{of}.yaml", content, seen=wish.seen, what={}, page=f"/meetings/{of}")


def _people(wish: MeetingAdded, faults: Faults) -> list[dict[str, Any]]:
    """Those named, in the order of their rows."""
    rows = sorted(wish.participants.items(), key=lambda row: (len(row[0]), row[0]))
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


def _decide(occasion: Occasion, path: str, content: Any, *, seen: bool, what: dict[str, Any], page: str) -> Decision:
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


def _source(content: Any, wish: Sourced, faults: Faults, *, needed: bool = True) -> dict[str, Any] | None:
    """The source that an act names, added to the file where it is new there: a page is not named twice.

    The file of persons names no sources; there the entry alone keeps it.
    """
    listed: list[dict[str, Any]] = content["sources"] if isinstance(content, dict) else []
    if wish.source:
        if found := next((each for each in listed if each["url"] == wish.source), None):
            return found
        if not wish.publisher:
            faults["publisher"] = lazy("This is needed.")
        made = {
            "n": _next_number(content), "url": wish.source, "publisher": wish.publisher,
            "date": _date(wish.published, "published", faults),
        }  # fmt: skip
        listed.append(made)
        return made
    if wish.cites is not None:
        found = next((each for each in listed if each["n"] == wish.cites), None)
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
