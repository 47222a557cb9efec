"""How an editor's act changes a file: it must be unchanged since the form, and the editor must see the difference.

Each act replaces the content of the file. Its entry has the whole new content, what was changed and why. The form comes
back with the difference, and is sent again.
"""

import difflib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion
from suhbat.archive.file_entry_bodies import FileBody
from suhbat.archive.file_rows import save_file, write_format, write_meeting, write_people
from suhbat.archive.file_validation import check
from suhbat.archive.models import ArchiveFile
from suhbat.archive.queries import file_about, targets_here
from suhbat.archive.yaml_reader import File
from suhbat.archive.yaml_writer import file_text, sha256
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Kind, Refused, conflict, not_found
from suhbat.public.presentation.caption_parts import clauses


def current_file(session: Session, of: str, shown_entry: int) -> ArchiveFile:
    """The file about a format, meeting or people. Refused if it changed after the entry that the form shows."""
    file = file_about(session, of)
    if file is None:
        raise not_found(lazy("There is no such format or meeting among the reported ones."))
    if shown_entry and shown_entry != file.entry:
        raise conflict(lazy("This was changed after you saw it. Look again and decide again."))
    return file


def checked_sha256(occasion: Occasion, path: str, content: Any, *, difference_seen: bool) -> str:
    """The hash of a file with new content. Refused if the content has faults or the difference was not seen."""
    file = File(path, "", content)
    if faults := check(file, targets_here(occasion.session, occasion.now.date(), file)):
        raise Refused(Kind.INVALID, clauses(fault.reason for fault in faults[:10]))
    text = file_text(content)
    before = occasion.session.get(ArchiveFile, path)
    if not difference_seen:
        lines = difference(file_text(before.content) if before else "", text)
        raise Refused(
            Kind.INVALID, lazy("Look at the difference, then tick the box and send it again."), {"seen": lines}
        )
    return sha256(text)


def difference(before: str, after: str) -> str:
    """The lines that change, marked with - and +, with one line before and after."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    # (Lines that occur often, such as "currency: JPY", are compared like any other: autojunk would skip them.)
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(1):
        for tag, a, b, c, d in group:
            if tag == "equal":
                lines += [" " + line for line in old[a:b]]
            else:
                lines += ["-" + line for line in old[a:b]] + ["+" + line for line in new[c:d]]
    return "\n".join(lines)[:6_000]


def outcomes_of(file: ArchiveFile) -> list[dict[str, Any]] | None:
    """The outcomes in a file; None if it is not the file of a meeting."""
    return file.content.get("outcomes") if isinstance(file.content, dict) else None


def page_of_outcome(outcome: str) -> str:
    """The address of an outcome's page."""
    return "/outcomes/" + outcome.replace("#", "/")


def write_edited(session: Session, number: int, body: FileBody) -> None:
    """Update the tables after an edit. The hash of the loaded file is kept, so that a load does not undo the edit."""
    loaded = session.scalar(select(ArchiveFile.loaded).where(ArchiveFile.path == body.path)) or ""
    save_file(session, number, body, loaded=loaded)
    if isinstance(body.content, list):
        write_people(session, body.content, number)
        return
    write = write_meeting if "/" in body.of else write_format
    write(session, body.of, body.content, number)
