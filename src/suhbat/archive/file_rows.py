"""Writes the facts of files into the tables, the same tables as those of meetings held here."""

from base64 import b64decode
from typing import Any

from msgspec import UNSET, UnsetType
from sqlalchemy import Insert, delete, insert, select
from sqlalchemy.orm import Session

from suhbat.archive.file_entry_bodies import FileBody
from suhbat.archive.models import ArchiveFile
from suhbat.formats.models import Format, Membership, Source
from suhbat.ground.database import Base
from suhbat.meetings.models import Delegation, Document, Meeting
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.public.models import KnownPerson


def save_file(
    session: Session, number: int, body: FileBody, *, text: str | UnsetType = UNSET, loaded: str | None = None
) -> None:
    """Save the content of a file for export. `number` is that of the entry; `loaded` the hash of the last load."""
    session.execute(delete(ArchiveFile).where(ArchiveFile.path == body.path))
    _add(session, ArchiveFile, [
        {
            "path": body.path,
            "of": body.of,
            "sha256": body.sha256,
            "loaded": body.sha256 if loaded is None else loaded,
            "content": body.content,
            "text": b64decode(text) if text else None,
            "entry": number,
        }
    ])  # fmt: skip


def write_people(session: Session, people: list[dict[str, Any]], number: int) -> None:
    """Replace all persons in the tables."""
    clear_people(session)
    rows = [
        {name: person[name] for name in ("id", "name", "variants", "state", "offices")} | {"entry": number}
        for person in people
    ]
    if rows:
        session.execute(insert(KnownPerson), rows)


def clear_people(session: Session) -> None:
    """Delete all persons from the tables."""
    session.execute(delete(KnownPerson))


def write_format(session: Session, of: str, content: dict[str, Any], number: int) -> None:
    """Replace the facts of a format in the tables."""
    values = {name: content[name] for name in ("name", "native_names", "kind", "established", "levels", "secretariat")}
    values |= {"summary": content["summary"], "notes": content["notes"], "short_name": content.get("short_name", "")}
    values |= {"origin": "reported", "entry": number}
    if not _write_row(session, Format, of, values):
        clear_format(session, of)
    _add(session, Membership, [
        {
            "format": of,
            "position": position,
            "state": member["state"],
            "role": member["role"],
            "since": member.get("since"),
            "until": member.get("until"),
        }
        for position, member in enumerate(content["membership"])
    ])  # fmt: skip
    _add(session, Source, [{"of": of, **source} for source in content["sources"]])


def clear_format(session: Session, of: str) -> None:
    """Delete the memberships and sources of a format. Its own row stays."""
    session.execute(delete(Membership).where(Membership.format == of))
    session.execute(delete(Source).where(Source.of == of))


def write_meeting(session: Session, of: str, content: dict[str, Any], number: int) -> None:
    """Replace the facts of a meeting in the tables."""
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
    if not _write_row(session, Meeting, of, values):
        clear_meeting(session, of)
    _add(session, Delegation, [{"meeting": of, **row} for row in delegations(content)])
    _add(session, Document, [{"meeting": of, **document} for document in content["documents"]])
    _add(session, Source, [{"of": of, **source} for source in content["sources"]])
    outcomes = content["outcomes"]
    _add(session, Outcome, [outcome_row(of, position, outcome, number) for position, outcome in enumerate(outcomes)])
    _add(session, Delivery, [
        delivery_row(f"{of}#{outcome['id']}", position, delivery, number)
        for outcome in outcomes
        for position, delivery in enumerate(outcome.get("deliveries", []))
    ])  # fmt: skip


def clear_meeting(session: Session, of: str) -> None:
    """Delete the delegations, outcomes, documents and sources of a meeting. Its own row stays."""
    outcomes = select(Outcome.id).where(Outcome.meeting == of)
    session.execute(delete(Delivery).where(Delivery.outcome.in_(outcomes)))
    for table in (Outcome, Delegation, Document):
        session.execute(delete(table).where(table.meeting == of))
    session.execute(delete(Source).where(Source.of == of))


def _write_row(session: Session, table: type[Format | Meeting], of: str, values: dict[str, Any]) -> bool:
    """Write a row. Returns whether it is new; then no other table has rows of it either."""
    row = session.get(table, of)
    if row is None:
        _add(session, table, [{"id": of, **values}])
        return True
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    return False


def _add(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows without objects, which would be slow: a load writes hundreds of thousands."""
    if rows:
        session.execute(_INSERTS[table], rows)


_INSERTS: dict[type[Base], Insert] = {
    table: insert(table.__table__)  # type: ignore[arg-type]
    for table in (ArchiveFile, Format, Membership, Source, Meeting, Delegation, Document, Outcome, Delivery)
}


def delegations(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of delegations, one for each state in the order of the file. Its first person is the head."""
    persons = list(content["participants"])
    chair = content["chair"]
    if chair and chair["state"] not in {person["state"] for person in persons}:
        persons.insert(0, chair)
    by_state: dict[str, list[dict[str, Any]]] = {}
    for person in persons:
        by_state.setdefault(person["state"], []).append(person)
    return [
        {
            "state": state,
            "position": position,
            "head_name": members[0]["name"],
            "head_office": members[0]["office"],
            "others": [{"name": person["name"], "office": person["office"]} for person in members[1:]],
            "credentials": "accepted",
        }
        for position, (state, members) in enumerate(by_state.items())
    ]


def outcome_row(of: str, position: int, outcome: dict[str, Any], number: int) -> dict[str, Any]:
    """An outcome of a file as a row."""
    amount, deliveries = outcome.get("amount") or {}, outcome.get("deliveries") or []
    return {
        "id": f"{of}#{outcome['id']}",
        "meeting": of,
        "position": position,
        "kind": outcome["kind"],
        "by": outcome["by"],
        "to": outcome["to"],
        "topic": outcome["topic"],
        "summary": outcome["summary"],
        "value": amount.get("value"),
        "currency": amount.get("currency", ""),
        "qualifier": amount.get("qualifier", ""),
        "due": outcome.get("due"),
        "part_of": outcome.get("part_of"),
        "part_of_confidence": outcome.get("part_of_confidence", ""),
        "follows": outcome.get("follows"),
        "follows_as": outcome.get("follows_as", ""),
        "fulfilled_by": outcome.get("fulfilled_by"),
        "sources": outcome["sources"],
        "origin": "reported",
        "state": deliveries[-1]["state"] if deliveries else "announced",
        "entry": number,
        "changed": number,
    }


def delivery_row(outcome: str, position: int, delivery: dict[str, Any], number: int) -> dict[str, Any]:
    """A delivery of a file as a row."""
    amount = delivery.get("amount") or {}
    return {
        "outcome": outcome,
        "position": position,
        "date": delivery["date"],
        "state": delivery["state"],
        "value": amount.get("value"),
        "currency": amount.get("currency", ""),
        "qualifier": amount.get("qualifier", ""),
        "summary": delivery["summary"],
        "source": delivery["source"],
        "entry": number,
    }
