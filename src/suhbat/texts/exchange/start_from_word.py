"""A text that begins with a Word file: its paragraphs, in as many entries of the record as they need."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid
from suhbat.texts.exchange.docx_import import File, FileParagraph
from suhbat.texts.negotiation.open_text import free_name
from suhbat.texts.wording.footnotes import tidied

ROOM = 36_000
"""Bytes of paragraphs that one entry is given at most; an entry has 65,535 with all that is around them."""


def opening_acts(
    session: Session, meeting: str, fields: dict[str, str], file: File
) -> list[tuple[str, dict[str, Any]]]:
    """The acts that open the text and add the paragraphs that do not fit into the first entry.

    A file with words that would be lost, in tables or boxes, is refused: they have to be made paragraphs first.
    """
    if file.unread:
        raise invalid(file=lazy("Tables and boxes are not read."))
    blocks = [block for paragraph in file.paragraphs if (block := _block(paragraph))]
    title = fields.get("title", "").strip()
    if blocks and file.paragraphs[0].style == "Title":
        title, blocks = title or blocks[0], blocks[1:]
    if not blocks:
        raise invalid(file=lazy("There are no paragraphs in this file."))
    title = title or blocks[0][:120]
    parts: list[str] = [""]
    for block in blocks:
        if parts[-1] and len((parts[-1] + block).encode()) > ROOM:
            parts.append("")
        parts[-1] += ("\n\n" if parts[-1] else "") + block
    name = free_name(session, meeting, title)
    common = {"meeting": meeting}
    first = common | {"title": title[:300], "paragraphs": parts[0]}
    first |= {key: fields[key] for key in ("kind", "language") if fields.get(key)}
    more = [("paragraph.added", common | {"text": name, "paragraphs": part}) for part in parts[1:]]
    return [("text.opened", first), *more]


def _block(paragraph: FileParagraph) -> str:
    """The paragraph as it would be typed: all insertions in, all deletions out, its mark before it."""
    words = tidied("".join(piece.words for piece in paragraph.pieces if piece.struck_by is None)).strip()
    words = "\n".join(row.strip() for row in words.replace("\t", " ").split("\n") if row.strip())
    return f"# {words}" if words and paragraph.style.startswith("Heading") else words
