"""A summary record as a value, for pages, exports and the digest."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.formats.models import Format
from suhbat.ground.clock import stamp
from suhbat.meetings.models import Meeting
from suhbat.minutes.minutes_agreement import delegations_of, stands_now
from suhbat.minutes.models import Minutes, MinutesParagraph
from suhbat.minutes.outcomes_in_log import LoggedOutcome, outcomes_in
from suhbat.record.entries import Entry
from suhbat.record.hashing import canonical
from suhbat.record.models import EntryRow
from suhbat.record.reading import all_of_meeting

NUMBERED = {"text", "intervention"}


@dataclass(frozen=True)
class Line:
    """One paragraph of the summary record."""

    name: str
    number: int
    """Its number in the summary record; 0 for headings and the items of lists."""
    kind: str
    text: str
    delegation: str
    entries: list[int]
    about: dict[str, Any]
    changed: int
    outcome: LoggedOutcome | None = None


@dataclass(frozen=True)
class Document:
    """A summary record, whole."""

    meeting: Meeting
    format: str
    """The format's name in English, part of the digest."""
    native_names: dict[str, str]
    """Its names in other languages, from the format's own file."""
    language: str
    version: int
    published: Entry | None
    """The entry that published it; None for a draft."""
    date: datetime
    """When it was published or last changed: the date of its files."""
    lines: list[Line]
    outcomes: list[LoggedOutcome]
    agreed: list[str]
    not_agreed: list[str]
    """Delegations that object to this version or have not answered, in protocol order."""
    statements: list[dict[str, Any]]
    """Statements filed with interventions: `delegation`, `title`, `language`, `text`, `entry`."""
    entries: list[int]
    """All entries that it is based on."""


def document_of(session: Session, meeting: Meeting, minutes: Minutes, *, published_only: bool) -> Document:
    """Build the document. For a published one, only entries up to its publication count."""
    until = minutes.published
    entries = [entry for entry in all_of_meeting(session, meeting.id) if not until or entry.number <= until]
    outcomes = [outcome for outcome in outcomes_in(entries) if outcome.confirmed or not published_only]
    by_id = {outcome.id: outcome for outcome in outcomes}
    numbers = paragraph_numbers(minutes.paragraphs)
    lines = [
        Line(
            name=paragraph.name,
            number=numbers.get(paragraph.name, 0),
            kind=paragraph.kind,
            text=paragraph.text,
            delegation=paragraph.delegation,
            entries=list(paragraph.entries),
            about=paragraph.about,
            changed=paragraph.changed,
            outcome=by_id.get(str(paragraph.about.get("outcome", ""))),
        )
        for paragraph in minutes.paragraphs
    ]
    lines = [line for line in lines if line.kind != "outcome" or line.outcome is not None]
    stands, delegations = stands_now(minutes), delegations_of(meeting)
    format_ = session.get(Format, meeting.format)
    return Document(
        meeting=meeting,
        format=format_.name if format_ is not None else meeting.format,
        native_names=dict(format_.native_names) if format_ is not None else {},
        language=minutes.language,
        version=minutes.version,
        published=next((entry for entry in entries if entry.number == until), None),
        date=next(entry.time for entry in entries if entry.number == minutes.changed),
        lines=lines,
        outcomes=outcomes,
        agreed=[state for state in delegations if state in stands and stands[state].agrees],
        not_agreed=[state for state in delegations if state not in stands or not stands[state].agrees],
        statements=_statements(lines, entries),
        entries=sorted(
            {number for line in lines for number in line.entries}
            | {number for outcome in outcomes for number in outcome.entries}
        ),
    )


def paragraph_numbers(paragraphs: Iterable[MinutesParagraph]) -> dict[str, int]:
    """The numbers of the numbered paragraphs, by their names."""
    names = [paragraph.name for paragraph in paragraphs if paragraph.kind in NUMBERED]
    return {name: number for number, name in enumerate(names, 1)}


def _statements(lines: list[Line], entries: list[Entry]) -> list[dict[str, Any]]:
    """The statements that the interventions name, with their texts, in the order of the interventions."""
    bodies = {entry.number: body_of(entry) for entry in entries if entry.act == "statement.filed"}
    numbers = [statement["entry"] for line in lines for statement in line.about.get("statements", [])]
    return [
        {
            "delegation": bodies[number].delegation,
            "title": bodies[number].title,
            "language": bodies[number].language,
            "text": bodies[number].text,
            "entry": number,
        }
        for number in numbers
        if number in bodies
    ]


def content(document: Document) -> dict[str, Any]:
    """What is agreed and published, as plain values. The version is not part of it."""
    meeting = document.meeting
    return {
        "meeting": meeting.id,
        "title": meeting.title,
        "rehearsal": meeting.rehearsal,
        "format": document.format,
        "number": meeting.number,
        "level": meeting.level,
        "mode": meeting.mode,
        "starts": meeting.starts,
        "ends": meeting.ends,
        "city": meeting.city,
        "country": meeting.country,
        "chair": {"state": meeting.chair_state, "name": meeting.chair_name, "office": meeting.chair_office},
        "language": document.language,
        "paragraphs": [
            {
                "number": line.number or None,
                "kind": line.kind,
                "delegation": line.delegation or None,
                "text": line.text,
                "about": line.about,
                "entries": line.entries,
            }
            for line in document.lines
        ],
        "outcomes": [
            {**msgspec.to_builtins(outcome.wording), "entries": outcome.entries} for outcome in document.outcomes
        ],
        "statements": document.statements,
    }


def digest(document: Document) -> str:
    """SHA-256 of the content's canonical JSON (RFC 8785); `minutes.published` stores it."""
    return hashlib.sha256(canonical(content(document))).hexdigest()


def as_json(session: Session, document: Document) -> dict[str, Any]:
    """The summary record as data: its content, its status, and the entries that it is based on, with their hashes."""
    rows = session.scalars(select(EntryRow).where(EntryRow.number.in_(document.entries)).order_by(EntryRow.number))
    published = document.published
    return {
        "summary_record": content(document),
        "digest": digest(document),
        "version": document.version,
        "status": "published" if published else "draft",
        "published": {"entry": published.number, "time": stamp(published.time)} if published else None,
        "agreed": document.agreed,
        "not_agreed": document.not_agreed,
        "entries": [
            {
                "number": row.number,
                "act": row.act,
                "time": row.time,
                "hash": row.hash.hex(),
                "page": f"/record/{row.number}",
            }
            for row in rows
        ],
        "licence": "CC BY 4.0" if published else None,
    }
