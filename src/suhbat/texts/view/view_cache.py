"""The cache of texts laid out for reading: one sheet for all readers, updated as the record of the meeting grows.

Sixty people have a text open, and each act shows all sixty what has changed. The sheet (all proposals, their answers,
the brackets) is the same for everyone except for the own notes, so it is made once per act. Where an act touched one
paragraph only, only that one is laid out again, however long the text is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.ground.database import Database, database_of
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation.own_notes import NoteKept
from suhbat.texts.negotiation.propose import ProposalMade
from suhbat.texts.view.text_view import Sheet, notes_of, sheet_of, updated_sheet

MOST = 32
"""Sheets cached in one process; the oldest is dropped first."""
MOST_ENTRIES = 200
"""After more entries than this a text is laid out again rather than updated."""
WITHIN = ("proposal.made", "proposal.revised", "proposal.joined", "position.taken", "note.kept")
"""Acts that touch one paragraph only and move no base; after any other act the whole text may have changed."""
ABOUT = (
    "text.", "paragraph.", "proposal.", "compromise.", "position.", "package.", "silence.", "adoption.",
    "explanation.", "version.", "note.",
)  # fmt: skip
"""Beginnings of the acts that change what a text or its page shows; nothing else does."""


@dataclass(frozen=True)
class _CachedSheet:
    newest: int
    sheet: Sheet


_cache: WeakKeyDictionary[Database, dict[str, _CachedSheet]] = WeakKeyDictionary()
_cache_lock = Lock()
_NEWEST = select(func.max(EntryRow.number)).where(EntryRow.meeting == bindparam("meeting"))
"""Built once, because every page with a text needs it."""


def newest_of(session: Session, meeting: str) -> int:
    """The number of the newest entry of a meeting, whatever its audience."""
    return session.scalar(_NEWEST, {"meeting": meeting}) or 0


def touched(session: Session, entries: Iterable[Entry], text: str) -> set[str] | None:
    """The paragraphs of a text (by its name) that these entries have changed; None where all may have changed."""
    proposals: set[str] = set()
    paragraphs: set[str] = set()
    for entry in entries:
        if not entry.act.startswith(ABOUT) or entry.body.get("text") != text:
            continue
        if entry.act not in WITHIN:
            return None
        body = body_of(entry)
        if isinstance(body, ProposalMade) and (body.new or body.second):
            return None
        if isinstance(body, ProposalMade | NoteKept):
            paragraphs.add(body.paragraph)
        else:
            proposals.add(body.proposal)
    if proposals:
        paragraphs |= set(session.scalars(select(Proposal.paragraph).where(Proposal.id.in_(proposals))))
    return paragraphs


def cached_sheet(database: Database, text: str, meeting: str, delegation: str = "") -> tuple[int, Sheet]:
    """The number of an entry, and the text laid out as of that entry or later.

    Never change the sheet: all readers share it. `delegation` is the reader's own, whose notes are added.
    """
    with database.reading() as session:
        newest = newest_of(session, meeting)
        shared = _shared(database, session, text, newest)
        notes = notes_of(session, text, delegation) if delegation else {}
    return newest, shared.with_notes(notes)


def cached_sheets(session: Session, texts: Sequence[str], meeting: str) -> list[Sheet]:
    """Several texts of a meeting, laid out for everyone: one query to the record if all are cached as they stand.

    Others are laid out in a session of their own, because a cached sheet must not belong to the session of one page.
    """
    if not texts:
        return []
    database, newest = database_of(session), newest_of(session, meeting)
    cache = _cache.get(database, {})
    cached = [cache.get(text) for text in texts]
    current = [entry.sheet for entry in cached if entry and entry.newest >= newest]
    if len(current) == len(texts):
        return current
    with database.reading() as own_session:
        newest = newest_of(own_session, meeting)
        return [_shared(database, own_session, text, newest) for text in texts]


def _shared(database: Database, session: Session, text: str, newest: int) -> Sheet:
    with _cache_lock:
        cache = _cache.setdefault(database, {})
        cached = cache.get(text)
        if cached and cached.newest >= newest:
            return cached.sheet
        row = session.get_one(Text, text)
        changed = _changed_since(session, row, cached.newest) if cached else None
        sheet = (
            sheet_of(session, row, translated=True)
            if cached is None or changed is None
            else updated_sheet(session, row, cached.sheet, changed)
        )
        cache.pop(text, None)
        cache[text] = _CachedSheet(newest, sheet)
        while len(cache) > MOST:
            cache.pop(next(iter(cache)))
        return sheet


def _changed_since(session: Session, text: Text, number: int) -> set[str] | None:
    """The paragraphs changed by entries after this number, whatever their audience; None: all may have changed."""
    query = select(EntryRow).where(EntryRow.meeting == text.meeting, EntryRow.number > number)
    rows = session.scalars(query.order_by(EntryRow.number).limit(MOST_ENTRIES + 1)).all()
    if len(rows) > MOST_ENTRIES:
        return None
    return touched(session, [entry_of(row) for row in rows], text.name)
