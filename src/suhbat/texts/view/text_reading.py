"""The text as a reader reads it: clean, or as one delegation would have it with everything it asks for.

That is with its words, deletions and additions, with the paragraphs it would split, join or move, and with its title.
Numbers and references follow.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from suhbat.texts.text_guard_checks import TITLE
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.wording import numbering


@dataclass(frozen=True)
class Placed:
    """A paragraph of a reading, in its place."""

    id: str
    kind: str
    wording: str
    paragraph: str
    """The id of the paragraph in the text; a part that somebody would split off has the id of the whole."""
    moved: bool = False
    fresh: bool = False
    """Whether it is not in the text yet."""


@dataclass(frozen=True)
class Reading:
    """A whole text without brackets."""

    title: str
    paragraphs: list[Placed]
    labels: dict[str, str]
    """The numbers that its paragraphs would have, in the leading language."""
    deleted: list[str] = field(default_factory=list)
    """The present numbers of paragraphs that would not be in it."""
    to_renew: list[int] = field(default_factory=list)
    """Numbers of the delegation's proposals that are not in it: the words they rest on have changed."""


def clean(sheet: Sheet) -> Reading:
    """The base, with none of the proposals."""
    return _reading(sheet, sheet.text.title, [_placed(line, line.paragraph.wording) for line in sheet.lines])


def as_proposed_by(sheet: Sheet, delegation: str) -> Reading:
    """The text with everything that this delegation asks for, except what rests on words that have changed."""
    wordings = {line.paragraph.id: line.held_by(delegation) for line in sheet.whole}
    moved = {line.paragraph.id for line in sheet.lines if _would_move(line, delegation)}
    parts: list[Placed] = []
    for line in sheet.lines_as_proposed_by(delegation):
        first, *rest = wordings[line.paragraph.id].split("\n\n")
        parts.append(_placed(line, first, moved=line.paragraph.id in moved))
        parts += [
            Placed(f"{line.paragraph.id}.{n}", line.paragraph.kind, part, line.paragraph.id, fresh=True)
            for n, part in enumerate(rest)
        ]
    title = wordings[sheet.title.paragraph.id] if sheet.title else sheet.text.title
    deleted = [line.label for line in sheet.lines if line.paragraph.wording and not wordings[line.paragraph.id]]
    to_renew = [
        proposal.number
        for line in sheet.whole
        for proposal in line.live
        if proposal.status == "flagged" and delegation in proposal.holders
    ]
    return _reading(sheet, title, parts, deleted, to_renew)


def _placed(line: Line, wording: str, *, moved: bool = False) -> Placed:
    paragraph = line.paragraph
    return Placed(paragraph.id, paragraph.kind, wording, paragraph.id, moved, not paragraph.wording)


def _would_move(line: Line, delegation: str) -> bool:
    return any(move.kind == "move" and move.status == "open" and delegation in move.holders for move in line.live)


def _reading(
    sheet: Sheet, title: str, parts: Iterable[Placed], deleted: Iterable[str] = (), to_renew: Iterable[int] = ()
) -> Reading:
    paragraphs = [part for part in parts if part.wording and part.kind != TITLE]
    labels = numbering.numbers(paragraphs)
    labels = {paragraph: numbering.label_in(label, sheet.text.language) for paragraph, label in labels.items()}
    return Reading(title, paragraphs, labels, list(deleted), list(to_renew))
