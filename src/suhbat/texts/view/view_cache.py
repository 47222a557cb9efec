"""A text laid out once for all who have it open, and brought up as the record of its meeting grows.

Sixty people have a text open; each act shows all sixty what has changed. The laying out (all proposals, their
answers, the brackets) is the same for everyone but for the own notes, so it is done once per act; and where an act
touched one paragraph only, only that one is laid out again, however long the text is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.ground.database import Database
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation.own_notes import NoteKept
from suhbat.texts.negotiation.propose import ProposalMade
from suhbat.texts.view.text_view import Sheet, brought_up, notes_of, sheet_of

MOST = 32
"""Texts kept laid out in one process; the one laid out first goes first."""
MOST_ENTRIES = 200
"""Entries after which a text is laid out anew rather than brought up."""
WITHIN = ("proposal.made", "proposal.revised", "proposal.joined", "position.taken", "note.kept")
"""Acts that touch one paragraph only and move no base; after any other, everything may be another."""
ABOUT = (
    "text.", "paragraph.", "proposal.", "compromise.", "position.", "package.", "silence.", "adoption.",
    "explanation.", "version.", "note.",
)  # fmt: skip
"""Beginnings of the acts that change what a text or its page shows; nothing else does."""


@dataclass(frozen=True)
class _Kept:
    newest: int
    sheet: Sheet


_kept: WeakKeyDictionary[Database, dict[str, _Kept]] = WeakKeyDictionary()
_one_at_a_time = Lock()


def newest_of(session: Session, meeting: str) -> int:
    """The number of the newest entry of a meeting, whatever its audience."""
    return session.scalar(select(func.max(EntryRow.number)).where(EntryRow.meeting == meeting)) or 0


def touched(session: Session, entries: Iterable[Entry], text: str) -> set[str] | None:
    """The paragraphs of a text (by its name) that these entries have changed; None where all may be another."""
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


def kept_sheet(database: Database, text: str, meeting: str, delegation: str = "") -> tuple[int, Sheet]:
    """The text laid out as of an entry (or later), and that entry's number.

    For looking only: the sheet belongs to everyone. `delegation` is the reader's own, whose notes are laid beside.
    """
    with database.reading() as session:
        newest = newest_of(session, meeting)
        shared = _shared(database, session, text, newest)
        notes = notes_of(session, text, delegation) if delegation else {}
    return newest, shared.with_notes(notes)


def kept_sheets(database: Database, texts: Sequence[str], meeting: str) -> list[Sheet]:
    """Several texts of a meeting, laid out for everyone: one question to the record for all that are kept."""
    with database.reading() as session:
        newest = newest_of(session, meeting)
        return [_shared(database, session, each, newest) for each in texts]


def _shared(database: Database, session: Session, text: str, newest: int) -> Sheet:
    with _one_at_a_time:
        kept = _kept.setdefault(database, {})
        held = kept.get(text)
        if held and held.newest >= newest:
            return held.sheet
        found = session.get_one(Text, text)
        changed = _changed_since(session, found, held.newest) if held else None
        made = (
            sheet_of(session, found)
            if held is None or changed is None
            else brought_up(session, found, held.sheet, changed)
        )
        kept.pop(text, None)
        kept[text] = _Kept(newest, made)
        while len(kept) > MOST:
            kept.pop(next(iter(kept)))
        return made


def _changed_since(session: Session, text: Text, number: int) -> set[str] | None:
    """The paragraphs changed by entries after this number, whatever their audience; None: lay it all out anew."""
    query = select(EntryRow).where(EntryRow.meeting == text.meeting, EntryRow.number > number)
    rows = session.scalars(query.order_by(EntryRow.number).limit(MOST_ENTRIES + 1)).all()
    if len(rows) > MOST_ENTRIES:
        return None
    return touched(session, [entry_of(row) for row in rows], text.name)
