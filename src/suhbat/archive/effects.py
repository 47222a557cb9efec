"""What reported files mean for the tables: the same tables that meetings held here stand in."""

from base64 import b64decode
from typing import Any

from sqlalchemy import Insert, delete, insert, select
from sqlalchemy.orm import Session

from suhbat.acts import effect
from suhbat.archive import acts as _acts  # noqa: F401  (an effect needs its act)
from suhbat.archive import editor_acts as _curating  # noqa: F401  (as above)
from suhbat.archive.models import ArchiveFile
from suhbat.formats.models import Format, Membership, Source
from suhbat.ground.database import Base
from suhbat.meetings.models import Delegation, Document, Meeting
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.public.models import KnownPerson
from suhbat.record.entries import Entry


@effect("archive.format_reported")
def format_reported(session: Session, entry: Entry) -> None:
    """Write the format anew."""
    keep_file(session, entry)
    write_format(session, entry.body["of"], entry.body["content"], entry.number)


@effect("archive.meeting_reported")
def meeting_reported(session: Session, entry: Entry) -> None:
    """Write the meeting anew."""
    keep_file(session, entry)
    write_meeting(session, entry.body["of"], entry.body["content"], entry.number)


@effect("archive.people_reported")
def people_reported(session: Session, entry: Entry) -> None:
    """Write the people anew."""
    keep_file(session, entry)
    write_people(session, entry)


def write_people(session: Session, entry: Entry) -> None:
    """Put the persons into the tables in place of those who stood there."""
    session.execute(delete(KnownPerson))
    people = [
        {name: one[name] for name in ("id", "name", "variants", "state", "offices")} | {"entry": entry.number}
        for one in entry.body["content"]
    ]
    if people:
        session.execute(insert(KnownPerson), people)


@effect("archive.withdrawn")
def withdrawn(session: Session, entry: Entry) -> None:
    """Take the file and what it told of out of the tables."""
    of = entry.body["of"]
    session.execute(delete(ArchiveFile).where(ArchiveFile.path == entry.body["path"]))
    if of == "people":
        session.execute(delete(KnownPerson))
        return
    session.execute(delete(Source).where(Source.of == of))
    if "/" in of:
        _clear_meeting(session, of)
        session.execute(delete(Meeting).where(Meeting.id == of))
    else:
        session.execute(delete(Membership).where(Membership.format == of))
        session.execute(delete(Format).where(Format.id == of))


@effect("archive.delivery_added")
@effect("archive.outcome_added")
@effect("archive.corrected")
@effect("archive.meeting_added")
def edited(session: Session, entry: Entry) -> None:
    """Write anew what an editor changed; what was loaded from a file is remembered, so that a load does not undo it."""
    loaded = session.scalar(select(ArchiveFile.loaded).where(ArchiveFile.path == entry.body["path"])) or ""
    keep_file(session, entry, loaded)
    if entry.body["of"] == "people":
        write_people(session, entry)
        return
    write = write_meeting if entry.meeting else write_format
    write(session, entry.body["of"], entry.body["content"], entry.number)


def keep_file(session: Session, entry: Entry, loaded: str | None = None) -> None:
    """Keep what the file says, for export."""
    body = entry.body
    session.execute(delete(ArchiveFile).where(ArchiveFile.path == body["path"]))
    _add(session, ArchiveFile, [
        {
            "path": body["path"],
            "of": body["of"],
            "sha256": body["sha256"],
            "loaded": body["sha256"] if loaded is None else loaded,
            "content": body["content"],
            "text": b64decode(body["text"]) if body.get("text") else None,
            "entry": entry.number,
        }
    ])  # fmt: skip


def write_format(session: Session, of: str, content: dict[str, Any], number: int) -> None:
    """Put a format's facts into the tables in place of what stood there."""
    values = {name: content[name] for name in ("name", "native_names", "kind", "established", "levels", "secretariat")}
    values |= {"summary": content["summary"], "notes": content["notes"], "short_name": content.get("short_name", "")}
    values |= {"origin": "reported", "entry": number}
    if not _put(session, Format, of, values):
        session.execute(delete(Membership).where(Membership.format == of))
        session.execute(delete(Source).where(Source.of == of))
    _add(session, Membership, [
        {
            "format": of,
            "position": position,
            "state": one["state"],
            "role": one["role"],
            "since": one.get("since"),
            "until": one.get("until"),
        }
        for position, one in enumerate(content["membership"])
    ])  # fmt: skip
    _add(session, Source, [{"of": of, **one} for one in content["sources"]])


def write_meeting(session: Session, of: str, content: dict[str, Any], number: int) -> None:
    """Put a meeting's facts into the tables in place of what stood there."""
    place, chair = content["place"] or {}, content["chair"] or {}
    values = {name: content[name] for name in ("format", "number", "title", "level", "mode", "starts", "ends")}
    values |= {
        "city": place.get("city"),
        "country": place.get("country"),
        "chair_state": chair.get("state"),
        "chair_name": chair.get("name"),
        "chair_office": chair.get("office"),
        "topics": content["agenda"],
        "status": "reported",
        "origin": "reported",
        "confidence": content["confidence"],
        "notes": content["notes"],
        "entry": number,
    }
    if not _put(session, Meeting, of, values):
        _clear_meeting(session, of)
        session.execute(delete(Source).where(Source.of == of))
    _add(session, Delegation, [{"meeting": of, **row} for row in delegations(content)])
    _add(session, Document, [{"meeting": of, **one} for one in content["documents"]])
    _add(session, Source, [{"of": of, **one} for one in content["sources"]])
    outcomes = content["outcomes"]
    _add(session, Outcome, [outcome_row(of, position, one, number) for position, one in enumerate(outcomes)])
    _add(session, Delivery, [
        delivery_row(f"{of}#{one['id']}", position, delivery, number)
        for one in outcomes
        for position, delivery in enumerate(one.get("deliveries", []))
    ])  # fmt: skip


def _put(session: Session, table: type[Format | Meeting], of: str, values: dict[str, Any]) -> bool:
    """Write a row; whether it is a new one. Of what is not there yet, no other table tells anything either."""
    row = session.get(table, of)
    if row is None:
        _add(session, table, [{"id": of, **values}])
        return True
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    return False


def _add(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows without making objects of them: a load writes hundreds of thousands."""
    if rows:
        session.execute(_INSERTS[table], rows)


_INSERTS: dict[type[Base], Insert] = {
    table: insert(table.__table__)  # type: ignore[arg-type]
    for table in (ArchiveFile, Format, Membership, Source, Meeting, Delegation, Document, Outcome, Delivery)
}


def _clear_meeting(session: Session, of: str) -> None:
    outcomes = select(Outcome.id).where(Outcome.meeting == of)
    session.execute(delete(Delivery).where(Delivery.outcome.in_(outcomes)))
    for table in (Outcome, Delegation, Document):
        session.execute(delete(table).where(table.meeting == of))


def delegations(content: dict[str, Any]) -> list[dict[str, Any]]:
    """One delegation per state that a source names, in the file's order; its first person leads it."""
    persons = list(content["participants"])
    chair = content["chair"]
    if chair and chair["state"] not in {one["state"] for one in persons}:
        persons.insert(0, chair)
    by_state: dict[str, list[dict[str, Any]]] = {}
    for one in persons:
        by_state.setdefault(one["state"], []).append(one)
    return [
        {
            "state": state,
            "position": position,
            "head_name": named[0]["name"],
            "head_office": named[0]["office"],
            "others": [{"name": one["name"], "office": one["office"]} for one in named[1:]],
            "credentials": "accepted",
        }
        for position, (state, named) in enumerate(by_state.items())
    ]


def outcome_row(of: str, position: int, one: dict[str, Any], number: int) -> dict[str, Any]:
    """An outcome of a file as a row."""
    amount, deliveries = one.get("amount") or {}, one.get("deliveries") or []
    return {
        "id": f"{of}#{one['id']}",
        "meeting": of,
        "position": position,
        "kind": one["kind"],
        "by": one["by"],
        "to": one["to"],
        "topic": one["topic"],
        "summary": one["summary"],
        "value": amount.get("value"),
        "currency": amount.get("currency", ""),
        "qualifier": amount.get("qualifier", ""),
        "due": one.get("due"),
        "part_of": one.get("part_of"),
        "part_of_confidence": one.get("part_of_confidence", ""),
        "follows": one.get("follows"),
        "follows_as": one.get("follows_as", ""),
        "fulfilled_by": one.get("fulfilled_by"),
        "sources": one["sources"],
        "origin": "reported",
        "state": deliveries[-1]["state"] if deliveries else "announced",
        "entry": number,
        "changed": number,
    }


def delivery_row(outcome: str, position: int, one: dict[str, Any], number: int) -> dict[str, Any]:
    """A delivery of a file as a row."""
    amount = one.get("amount") or {}
    return {
        "outcome": outcome,
        "position": position,
        "date": one["date"],
        "state": one["state"],
        "value": amount.get("value"),
        "currency": amount.get("currency", ""),
        "qualifier": amount.get("qualifier", ""),
        "summary": one["summary"],
        "source": one["source"],
        "entry": number,
    }
