"""Writes the public record as files: the same bytes as loaded, editors' changes, and published meetings held here."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from suhbat.archive.models import ArchiveFile
from suhbat.archive.yaml_writer import file_text
from suhbat.formats.topics import TOPICS
from suhbat.ground.database import Database
from suhbat.public.read_model.almanac_loader import load_formats, load_meetings
from suhbat.public.read_model.fact_types import HELD, Meeting, Outcome


@dataclass
class Exported:
    """How many files were written: as loaded, changed by editors, and of formats and meetings held here."""

    loaded: int = 0
    edited: int = 0
    held: int = 0


def export(database: Database, folder: Path, origin: str) -> Exported:
    """Write every file of the public record into a folder. Only public facts are written."""
    done = Exported()
    with database.reading() as session:
        rows = list(session.scalars(select(ArchiveFile).order_by(ArchiveFile.path)))
        held_meetings = [meeting for meeting in load_meetings(session) if _is_exported(meeting)]
        founded_formats = [format_ for format_ in load_formats(session) if format_.origin == HELD]
    for row in rows:
        text = zlib.decompress(row.text).decode() if row.text else file_text(row.content)
        _write(folder / row.path, text)
        if row.sha256 == row.loaded:
            done.loaded += 1
        else:
            done.edited += 1
    for format_ in founded_formats:
        source = {"n": 1, "url": origin + format_.path, "publisher": "Suhbat", "date": None}
        _write(folder / "formats" / f"{format_.id}.yaml", file_text({
            "id": format_.id, "name": format_.name,
            **({"short_name": format_.short_name} if format_.short_name else {}),
            "native_names": format_.native_names, "kind": format_.kind,
            "members": [member.state for member in format_.members if member.role == "member"],
            "partners": [member.state for member in format_.members if member.role == "partner"],
            "membership": [_membership(member) for member in format_.members],
            "established": format_.established, "levels": format_.levels, "secretariat": format_.secretariat,
            "summary": format_.summary or format_.name, "notes": format_.notes, "sources": [source],
        }))  # fmt: skip
        done.held += 1
    ids = file_ids(held_meetings, {row.of for row in rows})
    for meeting in held_meetings:
        _write(folder / "meetings" / f"{ids[meeting.id]}.yaml", file_text(meeting_content(meeting, origin, ids)))
        done.held += 1
    return done


def file_ids(held_meetings: Iterable[Meeting], reported_ids: set[str]) -> dict[str, str]:
    """The id for the file of each meeting held here, by the meeting's id. No reported meeting has the same."""
    ids: dict[str, str] = {}
    for meeting in held_meetings:
        id_ = f"{meeting.format}/{file_name(meeting)}"
        while id_ in reported_ids or id_ in ids.values():
            id_ += "-held"
        ids[meeting.id] = id_
    return ids


def _is_exported(meeting: Meeting) -> bool:
    return meeting.origin == HELD and meeting.status == "published" and not meeting.rehearsal


def file_name(meeting: Meeting) -> str:
    """The name of a meeting's file. It begins with the first day."""
    slug = meeting.id.partition("/")[2]
    return slug if slug.startswith(meeting.starts) else f"{meeting.starts}-{slug}"


def meeting_content(meeting: Meeting, origin: str, ids: dict[str, str]) -> dict[str, Any]:
    """The content of the file of a meeting held here. Its source is its own public page."""
    topics = [*meeting.topics, *(str(item.get("topic") or "") for item in meeting.agenda)]
    topics += [outcome.topic for outcome in meeting.outcomes]
    chair = meeting.chair
    return {
        "format": meeting.format, "number": meeting.number, "title": meeting.title, "level": meeting.level,
        "mode": meeting.mode, "starts": meeting.starts, "ends": meeting.ends,
        "place": {"city": meeting.city, "country": meeting.country} if meeting.country else None,
        "chair": {"state": chair.state, "name": chair.name, "office": chair.office} if chair else None,
        "participants": [
            {"state": head.state, "name": head.name, "office": head.office} for head in meeting.delegations
        ],
        "agenda": [code for code in dict.fromkeys(topics) if code in TOPICS],
        "outcomes": [_outcome(outcome, ids) for outcome in meeting.outcomes],
        "documents": [],
        "sources": [{
            "n": 1, "url": origin + meeting.path, "publisher": "Suhbat: the record of the meeting",
            "date": meeting.starts,
        }],
        "confidence": "high",
        "notes": f"Held here; the record's entry {meeting.entry} is the last on it.",
    }  # fmt: skip


def _outcome(outcome: Outcome, ids: dict[str, str]) -> dict[str, Any]:
    title, summary = outcome.title, outcome.summary
    if title and title != summary:
        summary = f"{title}: {summary}"
    content: dict[str, Any] = {
        "id": outcome.name, "kind": outcome.kind, "by": outcome.by, "to": outcome.to,
        "topic": outcome.topic, "summary": summary,
    }  # fmt: skip
    if outcome.amount:
        content["amount"] = _amount(outcome.amount)
        as_said = outcome.amount.get("as_said")
        if as_said and as_said not in summary:
            content["summary"] = f"{summary} (“{as_said}”)"
    for name in ("due", "part_of", "part_of_confidence", "follows", "follows_as", "fulfilled_by"):
        if value := getattr(outcome, name):
            content[name] = _exported_reference(value, ids)
    if outcome.deliveries:
        content["deliveries"] = [
            {
                "date": delivery.date,
                "state": delivery.state,
                **({"amount": _amount(delivery.amount)} if delivery.amount else {}),
                "summary": delivery.summary,
                "source": 1,
            }
            for delivery in outcome.deliveries
        ]
    return content | {"sources": [1]}


def _exported_reference(reference: str, ids: dict[str, str]) -> str:
    """A reference to a meeting or outcome, with the id of the meeting's file."""
    meeting, sign, name = reference.partition("#")
    return ids.get(meeting, meeting) + sign + name


def _amount(amount: dict[str, Any]) -> dict[str, Any]:
    return {name: amount[name] for name in ("value", "currency", "qualifier")}


def _membership(member: Any) -> dict[str, Any]:
    membership = {"state": member.state, "role": member.role, "since": member.since}
    return membership | ({"until": member.until} if member.until else {})


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
