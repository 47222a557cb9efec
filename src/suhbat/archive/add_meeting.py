"""An editor adds a meeting that has no file yet."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, act, effect, phrase
from suhbat.archive.edited_files import checked_sha256, write_edited
from suhbat.archive.editor_fields import Partial, Slug, Sourced, checked_day, refuse_if_any
from suhbat.archive.field_edit import Faults
from suhbat.archive.file_entry_bodies import FileBody, decision_on_file
from suhbat.archive.file_reports import CURATORS
from suhbat.archive.file_validation import codes
from suhbat.archive.source_of_edit import name_source
from suhbat.formats.models import Format
from suhbat.formats.vocabulary import Level, Mode
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person named in a source, or at least the rank."""

    state: Annotated[
        str, Meta(title="State", max_length=3, extra={"choices": "record states", "context": "a country"})
    ] = ""
    name: Annotated[str, Meta(title="Name", max_length=200, extra={"context": "a person's"})] = ""
    office: Annotated[str, Meta(title="Office", max_length=300)] = ""


class MeetingAdded(Sourced, frozen=True, kw_only=True):
    """A meeting known from a source."""

    format: Annotated[str, Meta(title="Format", max_length=80, extra={"choices": "record formats"})]
    title: Annotated[str, Meta(title="Title", min_length=1, max_length=400, extra={"context": "a meeting's"})]
    name: Slug
    level: Annotated[Level, Meta(title="Level")]
    number: Annotated[int, Meta(title="Number in the series", ge=1, le=1000)] | None = None
    starts: Annotated[Partial, Meta(title="First day", description="2020-08-11, 2020-08 or 2020")]
    ends: Annotated[Partial, Meta(title="Last day")] | None = None
    mode: Annotated[Mode, Meta(title="How it met")] | None = None
    city: Annotated[str, Meta(title="City", max_length=120)] | None = None
    country: Annotated[str, Meta(title="State of the place", max_length=3, extra={"choices": "record states"})] = ""
    chair: Annotated[Person, Meta(title="In the chair", extra={"drawn": "person"})] = Person()
    participants: Annotated[
        dict[str, Person], Meta(title="Who took part", max_length=60, extra={"drawn": "people"})
    ] = {}
    topics: Annotated[
        list[str], Meta(title="Topics", max_length=25, extra={"choices": "topics", "widget": "boxes"})
    ] = []
    confidence: Annotated[
        Literal["high", "medium", "low"], Meta(title="How sure", extra={"choices": "record confidence"})
    ] = "medium"
    notes: Annotated[str, Meta(title="Where sources differ", max_length=4_000, extra={"widget": "textarea"})] = ""


class AddedMeeting(FileBody, frozen=True, kw_only=True):
    """The file of the new meeting."""

    content: dict[str, Any]


@act("archive.meeting_added", "Add a meeting to the public record", by=CURATORS, audience="public")
def add_meeting(occasion: Occasion, inputs: MeetingAdded) -> Decision[AddedMeeting]:
    """An editor adds a meeting that a source reports. What came of it is added next, one by one.

    Its address is the format, the first day and a short name, and never changes.
    """
    of = f"{inputs.format}/{inputs.starts}-{inputs.name}"
    path, content = f"meetings/{of}.yaml", _content(occasion, inputs, of)
    digest = checked_sha256(occasion, path, content, difference_seen=inputs.seen)
    return decision_on_file(AddedMeeting(path=path, of=of, sha256=digest, content=content), f"/meetings/{of}")


def _content(occasion: Occasion, inputs: MeetingAdded, of: str) -> dict[str, Any]:
    """The input, as a file writes it."""
    faults: Faults = {}
    if occasion.session.get(Meeting, of):
        faults["name"] = lazy("A meeting has this address already.")
    format_ = occasion.session.get(Format, inputs.format)
    if format_ is None or format_.hidden:
        faults["format"] = lazy("There is no such format.")
    if inputs.country and inputs.country not in codes():
        faults["country"] = lazy("There is no such state.")
    if inputs.city and not inputs.country:
        faults["country"] = lazy("This is needed.")
    content: dict[str, Any] = {
        "format": inputs.format,
        "number": inputs.number,
        "title": inputs.title,
        "level": inputs.level,
        "mode": inputs.mode,
        "starts": checked_day(inputs.starts, "starts", faults),
        "ends": checked_day(inputs.ends, "ends", faults),
        "place": {"city": inputs.city, "country": inputs.country} if inputs.country else None,
        "chair": _person(inputs.chair, "chair", faults),
        "participants": _people(inputs, faults),
        "agenda": list(inputs.topics),
        "outcomes": [],
        "documents": [],
        "sources": [],
        "confidence": inputs.confidence,
        "notes": inputs.notes or None,
    }
    name_source(content, inputs, faults)
    refuse_if_any(faults)
    return content


def _people(inputs: MeetingAdded, faults: Faults) -> list[dict[str, Any]]:
    """The persons that were entered, in the order of their rows."""
    rows = sorted(inputs.participants.items(), key=lambda row: (len(row[0]), row[0]))
    people = [_person(person, f"participants.{row}", faults) for row, person in rows]
    return [person for person in people if person]


def _person(person: Person, name: str, faults: Faults) -> dict[str, Any] | None:
    if not (person.state or person.name or person.office):
        return None
    if person.state not in codes():
        faults[f"{name}.state"] = lazy("There is no such state.") if person.state else lazy("This is needed.")
    return {"state": person.state, "name": person.name or None, "office": person.office or None}


@effect("archive.meeting_added")
def meeting_added(session: Session, entry: Entry, body: AddedMeeting) -> None:
    """The meeting is in the tables."""
    write_edited(session, entry.number, body)


@phrase("archive.meeting_added")
def say_meeting_added(_entry: Entry, body: AddedMeeting) -> str:
    """The sentence with the meeting's title."""
    return _("Added to the public record: %(title)s") % {"title": body.content["title"]}
