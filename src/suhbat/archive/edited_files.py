"""How an editor's act changes a file: as the form showed it, and with the difference seen before anything is kept.

Each act puts a new content in the place of the old one; the entry carries it whole, with what was changed and why. The
form comes back with the difference, and asks to be sent again.
"""

import difflib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion
from suhbat.archive.file_entry_bodies import FileBody
from suhbat.archive.file_rows import keep_file, write_format, write_meeting, write_people
from suhbat.archive.file_validation import check
from suhbat.archive.models import ArchiveFile
from suhbat.archive.queries import file_about, known_here
from suhbat.archive.yaml_reader import File
from suhbat.archive.yaml_writer import file_text, sha256
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Kind, Refused, conflict, not_found
from suhbat.public.presentation.caption_parts import clauses


def file_shown(session: Session, of: str, entry: int) -> ArchiveFile:
    """The file that tells of a thing, as the form showed it. `entry` is the one that had last changed it then."""
    file = file_about(session, of)
    if file is None:
        raise not_found(lazy("There is no such format or meeting among the reported ones."))
    if entry and entry != file.entry:
        raise conflict(lazy("This was changed after you saw it. Look again and decide again."))
    return file


def looked_through(occasion: Occasion, path: str, content: Any, *, seen: bool) -> str:
    """The hash of a file with a new content, once nothing is found wrong with it and the difference was seen."""
    file = File(path, "", content)
    if faults := check(file, known_here(occasion.session, occasion.now.date(), file)):
        raise Refused(Kind.INVALID, clauses(fault.reason for fault in faults[:10]))
    text = file_text(content)
    before = occasion.session.get(ArchiveFile, path)
    if not seen:
        shown = difference(file_text(before.content) if before else "", text)
        raise Refused(
            Kind.INVALID, lazy("Look at the difference, then tick the box and send it again."), {"seen": shown}
        )
    return sha256(text)


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


def outcomes_of(file: ArchiveFile) -> list[dict[str, Any]] | None:
    """The outcomes that a file tells of; None where it is no meeting's."""
    return file.content.get("outcomes") if isinstance(file.content, dict) else None


def page_of_outcome(outcome: str) -> str:
    """The address of an outcome's page."""
    return "/outcomes/" + outcome.replace("#", "/")


def write_edited(session: Session, number: int, body: FileBody) -> None:
    """Write anew what an editor changed; what was loaded from a file is remembered, so that a load does not undo it."""
    loaded = session.scalar(select(ArchiveFile.loaded).where(ArchiveFile.path == body.path)) or ""
    keep_file(session, number, body, loaded=loaded)
    if isinstance(body.content, list):
        write_people(session, body.content, number)
        return
    write = write_meeting if "/" in body.of else write_format
    write(session, body.of, body.content, number)
