"""A text laid out once for all who have it open, until the record of its meeting grows.

Sixty people have a text open; each act brings all sixty back within a second. The laying out (all proposals, their
answers, the brackets) is the same for everyone but for the own notes, so it is done once per act.
"""

from dataclasses import replace
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.ground.database import Database
from suhbat.record.models import EntryRow
from suhbat.texts.models import Text
from suhbat.texts.sheet import Sheet, notes_of, sheet_of

MOST = 32
"""Texts kept laid out in one process; the one laid out first goes first."""

_kept: WeakKeyDictionary[Database, dict[str, tuple[int, Sheet]]] = WeakKeyDictionary()
_one_at_a_time = Lock()


def newest_of(session: Session, meeting: str) -> int:
    """The number of the newest entry of a meeting, whatever its audience."""
    return session.scalar(select(func.max(EntryRow.number)).where(EntryRow.meeting == meeting)) or 0


def kept_sheet(database: Database, text: str, meeting: str, delegation: str = "") -> tuple[int, Sheet]:
    """The text laid out as of an entry, and that entry's number. For looking only: the sheet belongs to everyone."""
    with database.reading() as session:
        newest = newest_of(session, meeting)
        shared = _shared(database, session, text, newest)
        if not delegation:
            return newest, shared
        own = notes_of(session, [line.paragraph for line in shared.lines], delegation)
    lines = [replace(line, notes=own[line.paragraph.id]) if line.paragraph.id in own else line for line in shared.lines]
    return newest, replace(shared, lines=lines)


def _shared(database: Database, session: Session, text: str, newest: int) -> Sheet:
    with _one_at_a_time:
        kept = _kept.setdefault(database, {})
        if text in kept and kept[text][0] == newest:
            return kept[text][1]
        made = sheet_of(session, session.get_one(Text, text))
        kept.pop(text, None)
        kept[text] = (newest, made)
        while len(kept) > MOST:
            kept.pop(next(iter(kept)))
        return made
