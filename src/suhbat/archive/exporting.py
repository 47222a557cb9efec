"""Writing the record as files: byte for byte what was loaded, with editors' changes, and with what was held here."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from suhbat.archive.models import ArchiveFile
from suhbat.archive.writing import file_text
from suhbat.formats.topics import TOPICS
from suhbat.ground.database import Database
from suhbat.public.facts import HELD, Meeting, Outcome
from suhbat.public.gathering import gather_formats, gather_meetings


@dataclass
class Exported:
    """How many files were written: as they were loaded, changed since by editors, and of meetings held here."""

    loaded: int = 0
    edited: int = 0
    held: int = 0


def export(database: Database, folder: Path, origin: str) -> Exported:
    """Write every file of the public record below a folder. Only what anyone may read is written."""
    done = Exported()
    with database.reading() as session:
        rows = list(session.scalars(select(ArchiveFile).order_by(ArchiveFile.path)))
        held = [each for each in gather_meetings(session) if _published(each)]
        formats = [each for each in gather_formats(session) if each.origin == HELD]
    for row in rows:
        text = zlib.decompress(row.text).decode() if row.text else file_text(row.content)
        _write(folder / row.path, text)
        if row.sha256 == row.loaded:
            done.loaded += 1
        else:
            done.edited += 1
    for format_ in formats:
        source = {"n": 1, "url": origin + format_.path, "publisher": "Suhbat", "date": None}
        _write(folder / "formats" / f"{format_.id}.yaml", file_text({
            "id": format_.id, "name": format_.name,
            **({"short_name": format_.short_name} if format_.short_name else {}),
            "native_names": format_.native_names, "kind": format_.kind,
            "members": [m.state for m in format_.members if m.role == "member"],
            "partners": [m.state for m in format_.members if m.role == "partner"],
            "membership": [_member(m) for m in format_.members],
            "established": format_.established, "levels": format_.levels, "secretariat": format_.secretariat,
            "summary": format_.summary or format_.name, "notes": format_.notes, "sources": [source],
        }))  # fmt: skip
        done.held += 1
    files = files_of(held, {row.of for row in rows})
    for meeting in held:
        _write(folder / "meetings" / f"{files[meeting.id]}.yaml", file_text(told(meeting, origin, files)))
        done.held += 1
    return done


def files_of(held: Iterable[Meeting], taken: set[str]) -> dict[str, str]:
    """Under which id the file of each meeting held here stands: one that no reported meeting has."""
    made: dict[str, str] = {}
    for meeting in held:
        name = f"{meeting.format}/{name_of(meeting)}"
        while name in taken:
            name += "-held"
        taken = taken | {name}
        made[meeting.id] = name
    return made


def _published(meeting: Meeting) -> bool:
    return meeting.origin == HELD and meeting.status == "published" and not meeting.rehearsal


def name_of(meeting: Meeting) -> str:
    """The file's name: it begins with the first day."""
    slug = meeting.id.partition("/")[2]
    return slug if slug.startswith(meeting.starts) else f"{meeting.starts}-{slug}"


def told(meeting: Meeting, origin: str, files: dict[str, str]) -> dict[str, Any]:
    """A meeting held here as a file tells it; its source is its own public page."""
    topics = [*meeting.topics, *(str(item.get("topic") or "") for item in meeting.agenda)]
    topics += [each.topic for each in meeting.outcomes]
    chair = meeting.chair
    return {
        "format": meeting.format, "number": meeting.number, "title": meeting.title, "level": meeting.level,
        "mode": meeting.mode, "starts": meeting.starts, "ends": meeting.ends,
        "place": {"city": meeting.city, "country": meeting.country} if meeting.country else None,
        "chair": {"state": chair.state, "name": chair.name, "office": chair.office} if chair else None,
        "participants": [
            {"state": each.state, "name": each.name, "office": each.office} for each in meeting.delegations
        ],
        "agenda": [code for code in dict.fromkeys(topics) if code in TOPICS],
        "outcomes": [_outcome(each, files) for each in meeting.outcomes],
        "documents": [],
        "sources": [{
            "n": 1, "url": origin + meeting.path, "publisher": "Suhbat: the record of the meeting",
            "date": meeting.starts,
        }],
        "confidence": "high",
        "notes": f"Held here; the record's entry {meeting.entry} is the last on it.",
    }  # fmt: skip


def _outcome(each: Outcome, files: dict[str, str]) -> dict[str, Any]:
    summary = f"{each.title}: {each.summary}" if each.title and each.title != each.summary else each.summary
    made: dict[str, Any] = {
        "id": each.name, "kind": each.kind, "by": each.by, "to": each.to, "topic": each.topic, "summary": summary,
    }  # fmt: skip
    if each.amount:
        made["amount"] = _amount(each.amount)
        said = each.amount.get("as_said")
        if said and said not in summary:
            made["summary"] = f"{summary} (“{said}”)"
    for name in ("due", "part_of", "part_of_confidence", "follows", "follows_as", "fulfilled_by"):
        if value := getattr(each, name):
            made[name] = _renamed(value, files)
    if each.deliveries:
        made["deliveries"] = [
            {
                "date": d.date,
                "state": d.state,
                **({"amount": _amount(d.amount)} if d.amount else {}),
                "summary": d.summary,
                "source": 1,
            }
            for d in each.deliveries
        ]
    return made | {"sources": [1]}


def _renamed(reference: str, files: dict[str, str]) -> str:
    """A reference to a meeting held here, or to its outcome, by the id that its file has."""
    meeting, sign, name = reference.partition("#")
    return files.get(meeting, meeting) + sign + name


def _amount(amount: dict[str, Any]) -> dict[str, Any]:
    return {name: amount[name] for name in ("value", "currency", "qualifier")}


def _member(member: Any) -> dict[str, Any]:
    made = {"state": member.state, "role": member.role, "since": member.since}
    return made | ({"until": member.until} if member.until else {})


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
