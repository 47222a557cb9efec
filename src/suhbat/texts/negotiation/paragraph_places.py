"""The places of paragraphs: adding, moving, and saving every place that one takes."""

from collections.abc import Sequence

import msgspec
from sqlalchemy.orm import Session

from suhbat.ground.clock import stamp
from suhbat.record.entries import Entry
from suhbat.texts.models import Paragraph, Placement, Revision, Text
from suhbat.texts.text_guard_checks import CHAIR, live_on, paragraphs_of


class FreshParagraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph that comes into a text."""

    id: str
    kind: str
    """As in `Paragraph.kind`."""
    wording: str
    """Empty while it is only proposed."""


def add_paragraph(session: Session, entry: Entry, text: Text, fresh: FreshParagraph, position: int, why: str) -> None:
    """Add a paragraph with its first revision; without wording it is only proposed and has no revision yet."""
    session.add(
        Paragraph(
            id=fresh.id,
            text=text.id,
            position=position,
            kind=fresh.kind,
            revision=1 if fresh.wording else 0,
            wording=fresh.wording,
            status="open",
            changed=entry.number,
        )
    )
    session.flush()
    if fresh.wording:
        session.add(
            Revision(
                paragraph=fresh.id,
                number=1,
                wording=fresh.wording,
                why=why,
                entry=entry.number,
                time=stamp(entry.time),
            )
        )


def insert_after(
    session: Session, entry: Entry, text: Text, after: str | None, fresh: Sequence[FreshParagraph], why: str
) -> None:
    """Put paragraphs behind another (None: at the beginning) and number the places again."""
    paragraphs = paragraphs_of(session, text.id)
    at = next((n + 1 for n, paragraph in enumerate(paragraphs) if paragraph.id == after), 0)
    for paragraph in paragraphs[at:]:
        paragraph.position += len(fresh)
    for n, paragraph in enumerate(paragraphs[:at]):
        paragraph.position = n
    for n, paragraph in enumerate(paragraphs[at:]):
        paragraph.position = at + len(fresh) + n
    for n, added in enumerate(fresh):
        add_paragraph(session, entry, text, added, at + n, why)
    keep_places(session, entry, text, paragraphs[at - 1].id if at else "", [added.id for added in fresh])


def place_for(session: Session, text: Text, by: str, neighbour: str | None, *, first: bool) -> str | None:
    """The paragraph that a proposed one would follow; None: it stands first.

    It follows its neighbour, and the paragraphs proposed there by delegations before it in protocol order. Without a
    neighbour it stands at the end of the text, or `first`.
    """
    paragraphs = paragraphs_of(session, text.id)
    ids = [paragraph.id for paragraph in paragraphs]
    last = next((p.id for p in reversed(paragraphs) if p.revision), None)  # not behind proposed ones at the end
    after = neighbour or (None if first else last)
    at = ids.index(after) + 1 if after in ids else 0  # the title is not among the paragraphs: after it means first
    rank = {state: n for n, state in enumerate([CHAIR, *text.order])}
    while at < len(paragraphs) and paragraphs[at].revision == 0:
        proposal = next(iter(live_on(session, paragraphs[at].id)), None)
        if proposal is not None and rank.get(proposal.by, len(rank)) > rank.get(by, len(rank)):
            break
        after, at = paragraphs[at].id, at + 1
    return after


def place_after(session: Session, entry: Entry, text: Text, moved: str, after: str | None) -> None:
    """Move a paragraph behind another (None: to the beginning)."""
    paragraphs = paragraphs_of(session, text.id)
    own = next(paragraph for paragraph in paragraphs if paragraph.id == moved)
    rest = [paragraph for paragraph in paragraphs if paragraph.id != moved]
    at = next((n + 1 for n, paragraph in enumerate(rest) if paragraph.id == after), 0)
    for n, paragraph in enumerate([*rest[:at], own, *rest[at:]]):
        paragraph.position = n
    own.changed = entry.number
    keep_places(session, entry, text, rest[at - 1].id if at else "", [moved], moved=True)


def keep_places(
    session: Session, entry: Entry, text: Text, after: str, paragraphs: Sequence[str], *, moved: bool = False
) -> None:
    """Save the places that paragraphs (their ids) took, one behind the other."""
    for paragraph in paragraphs:
        at = {"text": text.id, "entry": entry.number, "time": stamp(entry.time)}
        session.add(Placement(paragraph=paragraph, after=after, moved=moved, **at))
        after = paragraph
    session.flush()
