"""The base as it stood at any moment of the negotiation: its words, order and numbers; and what changed between."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.texts.models import Paragraph, Placement, Revision, Text
from suhbat.texts.text_guard_checks import TITLE
from suhbat.texts.wording import numbering
from suhbat.texts.wording.word_difference import rising


@dataclass(frozen=True)
class Moment:
    """An entry in which the base changed."""

    entry: int
    time: str


def moments(session: Session, text: Text) -> list[Moment]:
    """All moments in which words or places in the base changed, the oldest first; at least the opening."""
    words = select(Revision.entry, Revision.time).join(Paragraph, Paragraph.id == Revision.paragraph)
    places = select(Placement.entry, Placement.time).where(Placement.text == text.id, Placement.moved)
    rows = session.execute(words.where(Paragraph.text == text.id).union(places))
    changes = sorted((Moment(entry, time) for entry, time in rows), key=lambda moment: moment.entry)
    return changes or [Moment(text.opened, "")]


@dataclass(frozen=True)
class _Placed:
    id: str
    kind: str
    wording: str


@dataclass(frozen=True)
class Standing:
    """The base after an entry."""

    order: list[str]
    """The paragraphs that were in it."""
    wordings: dict[str, str]
    labels: dict[str, str]


def standing_at(session: Session, text: Text, entry: int) -> Standing:
    """The base as it stood after an entry."""
    revisions = (
        select(Revision.paragraph, Revision.wording)
        .join(Paragraph, Paragraph.id == Revision.paragraph)
        .where(Paragraph.text == text.id, Revision.entry <= entry)
        .order_by(Revision.number)
    )
    wordings = {paragraph: wording for paragraph, wording in session.execute(revisions) if wording is not None}
    kinds = {name: kind for name, kind in session.execute(_KINDS.where(Paragraph.text == text.id))}  # noqa: C416
    placed = [_Placed(name, kinds[name], wordings.get(name, "")) for name in _order_at(session, text, entry)]
    title = [_Placed(name, TITLE, wordings[name]) for name, kind in kinds.items() if kind == TITLE and name in wordings]
    present = [*title, *(paragraph for paragraph in placed if paragraph.wording)]
    return Standing([paragraph.id for paragraph in present], wordings, numbering.numbers(present))


_KINDS = select(Paragraph.id, Paragraph.kind)


def _order_at(session: Session, text: Text, entry: int) -> list[str]:
    query = select(Placement.paragraph, Placement.after).where(Placement.text == text.id, Placement.entry <= entry)
    order: list[str] = []
    for paragraph, after in session.execute(query.order_by(Placement.id)):
        if paragraph in order:
            order.remove(paragraph)
        order.insert(order.index(after) + 1 if after in order else 0, paragraph)
    return order


@dataclass(frozen=True)
class Change:
    """One paragraph that changed: other words, another place, new, or deleted."""

    label: str
    """Its number now; of a deleted one its number then."""
    was: str
    """Its number then; empty where it is new."""
    before: str
    after: str
    moved: bool


def changes_between(old: Standing, new: Standing) -> list[Change]:
    """What changed, in the order of the later moment; a deleted paragraph stands behind the one it followed.

    As few paragraphs as possible count as moved: those outside the longest run that stayed in order.
    """
    both = [name for name in new.order if name in old.labels]
    places = {name: n for n, name in enumerate(old.order)}
    unmoved = {both[n] for n, _ in rising([(n, places[name]) for n, name in enumerate(both)])}
    changes = []
    for name in _merged(old.order, new.order):
        before = old.wordings.get(name, "") if name in old.labels else ""
        after = new.wordings.get(name, "") if name in new.labels else ""
        moved = name in both and name not in unmoved
        if before != after or moved:
            was = old.labels.get(name, "")
            changes.append(Change(new.labels.get(name, was), was, before, after, moved))
    return changes


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    merged = list(new)
    last = -1
    for name in old:
        if name in merged:
            last = merged.index(name)
        else:
            last += 1
            merged.insert(last, name)
    return merged
