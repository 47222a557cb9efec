"""The text as a reader reads it: clean, or as one delegation would have it with everything it asks for.

Its words, its deletions and additions, the paragraphs it would part, join or put elsewhere, and its title; the numbers
and references follow.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from suhbat.texts.text_lookup import TITLE
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.wording import numbering


@dataclass(frozen=True)
class Placed:
    """A paragraph in the place and the words in which it is read."""

    id: str
    kind: str
    wording: str
    paragraph: str
    """The paragraph of the text that it is; of a part that somebody would part from it, too."""
    moved: bool = False
    fresh: bool = False
    """Whether it is not in the text yet."""


@dataclass(frozen=True)
class Reading:
    """A whole text, to be read."""

    title: str
    paragraphs: list[Placed]
    labels: dict[str, str]
    """The numbers that it would have, as the leading language says them."""
    gone: list[str] = field(default_factory=list)
    """The present numbers of paragraphs that would not be in it."""
    to_renew: list[int] = field(default_factory=list)
    """Proposals of the delegation that are not in it: the words they rest on have changed."""


def clean(sheet: Sheet) -> Reading:
    """The base, with none of the proposals."""
    return _reading(sheet, sheet.text.title, [_placed(line, line.paragraph.wording) for line in sheet.lines])


def as_asked_by(sheet: Sheet, delegation: str) -> Reading:
    """The text with everything that this delegation asks for. What rests on words that are gone cannot be in it."""
    held = {line.paragraph.id: line.held_by(delegation) for line in sheet.whole}
    moved = {line.paragraph.id for line in sheet.lines if _would_move(line, delegation)}
    parts: list[Placed] = []
    for line in sheet.as_entered(delegation):
        first, *rest = held[line.paragraph.id].split("\n\n")
        parts.append(_placed(line, first, moved=line.paragraph.id in moved))
        parts += [
            Placed(f"{line.paragraph.id}.{n}", line.paragraph.kind, part, line.paragraph.id, fresh=True)
            for n, part in enumerate(rest)
        ]
    title = held[sheet.title.paragraph.id] if sheet.title else sheet.text.title
    gone = [line.label for line in sheet.lines if line.paragraph.wording and not held[line.paragraph.id]]
    to_renew = [
        each.number
        for line in sheet.whole
        for each in line.live
        if each.state == "flagged" and delegation in each.holders
    ]
    return _reading(sheet, title, parts, gone, to_renew)


def _placed(line: Line, wording: str, *, moved: bool = False) -> Placed:
    paragraph = line.paragraph
    return Placed(paragraph.id, paragraph.kind, wording, paragraph.id, moved, not paragraph.wording)


def _would_move(line: Line, delegation: str) -> bool:
    return any(each.kind == "move" and each.state == "open" and delegation in each.holders for each in line.live)


def _reading(
    sheet: Sheet, title: str, parts: Iterable[Placed], gone: Iterable[str] = (), to_renew: Iterable[int] = ()
) -> Reading:
    paragraphs = [each for each in parts if each.wording and each.kind != TITLE]
    labels = {name: numbering.said(label, sheet.text.language) for name, label in numbering.numbers(paragraphs).items()}
    return Reading(title, paragraphs, labels, list(gone), list(to_renew))
