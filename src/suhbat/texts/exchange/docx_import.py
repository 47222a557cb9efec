"""Word in: a delegation's own file becomes its proposals, against the right paragraphs and revisions.

Each paragraph is read as the delegation would have it: its own tracked changes accepted, those of others rejected.
Comparing that with the base also finds what was changed without tracking. Foot- and endnotes are read where their
marks stand, with the changes made in them. What cannot be placed is listed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from suhbat.texts.exchange.docx_export import JOINT, LEFT_OUT, PARAGRAPH_MARK, PLACE_MARK
from suhbat.texts.exchange.docx_opening import W, parts_of
from suhbat.texts.wording.footnotes import tidied
from suhbat.texts.wording.numbering import AT_THE_BEGINNING
from suhbat.texts.wording.unicode_cleaning import cleaned

_BREAK = re.compile(r"\n\n *")


@dataclass
class Piece:
    """A run of words and what was done to it."""

    words: str
    inserted_by: str | None = None
    struck_by: str | None = None
    place: str = ""
    move: str = ""
    """The name of the move, where the words were moved from here or to here."""


@dataclass
class FileParagraph:
    """One paragraph of the file."""

    pieces: list[Piece]
    mark: str = ""
    """`<id>_<revision>`, where the file still has it."""
    comments: list[tuple[str, str]] = field(default_factory=list)
    """Author and words."""
    style: str = ""
    mark_struck_by: str | None = None
    """Who took away the end of this paragraph, so that it runs on into the next."""
    mark_inserted_by: str | None = None
    """Who ended a paragraph here that ran on before."""
    came_from: "FileParagraph | None" = None
    """Where the whole paragraph was moved here: the place it was moved from."""
    went: str = ""
    """Who moved the whole paragraph away, to another place in the file."""

    @property
    def all_inserted(self) -> bool:
        """Whether all its words were inserted."""
        return all(piece.inserted_by is not None for piece in self.pieces if piece.words.strip())

    def base(self) -> str:
        """The wording with all tracked changes rejected."""
        return _plain(piece.words for piece in self.pieces if piece.inserted_by is None)

    def as_held_by(self, mine: "Mine") -> str:
        """The wording with own changes accepted and others' rejected; at a place with own words, only these."""
        wordings: list[str] = []
        done_places: set[str] = set()
        for piece in self.pieces:
            if piece.place and piece.place not in done_places:
                done_places.add(piece.place)
                wordings.append(_place([other for other in self.pieces if other.place == piece.place], mine))
            elif not piece.place:
                wordings.append(_accepted(piece, mine))
        whole = "".join(wordings).replace(LEFT_OUT, "")  # LibreOffice may end the place within these letters
        return _plain([whole])


class Mine:
    """Whose changes count as the delegation's own: all that do not stand in the name of another party.

    Word writes whatever name its user has set: a party is known by any of its names.
    """

    def __init__(self, own: str, parties: Iterable[str], also: Iterable[str] = ()) -> None:
        self.own = own
        self._own = {own, *also}
        self.others = {name for name in parties if name not in self._own}

    def __call__(self, author: str | None) -> bool:
        """Whether a change by this author is the delegation's own."""
        if author is None:
            return False
        names = {name.strip() for name in author.split(JOINT)}
        return bool(self._own & names) or not names & self.others


def _accepted(piece: Piece, mine: Mine) -> str:
    if piece.inserted_by is not None and not mine(piece.inserted_by):
        return ""
    if piece.struck_by is not None and mine(piece.struck_by):
        return ""
    return piece.words


def _place(pieces: list[Piece], mine: Mine) -> str:
    """A place with alternatives: own words stand instead of the base; without any, the base as the file leaves it."""
    own = [piece for piece in pieces if mine(piece.inserted_by) and not mine(piece.struck_by)]
    if own:
        return "".join(piece.words for piece in own if piece.words != LEFT_OUT)
    return "".join(_accepted(piece, mine) for piece in pieces)


def _plain(parts: Iterable[str]) -> str:
    return _BREAK.sub("\n\n", cleaned(tidied(AT_THE_BEGINNING.sub("", "".join(parts)))))


@dataclass(frozen=True)
class File:
    """A Word file as it was read."""

    paragraphs: list[FileParagraph]
    authors: frozenset[str]
    unread: list[str]
    """Words in tables and boxes, which are not paragraphs of a text."""


def read_word(content: bytes) -> File:
    """Read a Word file; anything else is refused."""
    trees = parts_of(content)
    comments = _comments(trees.get("word/comments.xml"))
    notes = notes_of(trees)
    root = trees["word/document.xml"]
    body = root.find(f"{W}body")
    paragraphs: list[FileParagraph] = []
    unread: list[str] = []
    moves: dict[str, str] = {}
    for element in body if body is not None else ():
        if element.tag == f"{W}p":
            paragraph = _read_paragraph(element, comments, moves, notes)
            if any(piece.words.strip() for piece in paragraph.pieces):
                paragraphs.append(paragraph)
        elif note_move(element, moves):
            continue
        elif element.tag != f"{W}sectPr":
            words = " ".join(text.text or "" for text in element.iter(f"{W}t")).strip()
            if words:
                unread.append(words)
    authors = {
        name
        for paragraph in paragraphs
        for piece in paragraph.pieces
        for name in (piece.inserted_by, piece.struck_by)
        if name
    }
    pair_moves(paragraphs)
    return File(joined_again(paragraphs), frozenset(authors), unread)


def _comments(root: Any) -> dict[str, tuple[str, str]]:
    if root is None:
        return {}
    return {
        comment.get(f"{W}id"): (comment.get(f"{W}author") or "", "".join(t.text or "" for t in comment.iter(f"{W}t")))
        for comment in root.iter(f"{W}comment")
    }


def notes_of(trees: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """The foot- and endnotes, by kind and number, without the separator lines (these have a type)."""
    notes = {}
    for kind in ("footnote", "endnote"):
        root = trees.get(f"word/{kind}s.xml")
        for note in root if root is not None else ():
            if not note.get(f"{W}type"):
                notes[kind, note.get(f"{W}id")] = note
    return notes


def _read_paragraph(
    element: Any, comments: dict[str, tuple[str, str]], moves: dict[str, str], notes: dict[tuple[str, str], Any]
) -> FileParagraph:
    paragraph = FileParagraph([])
    for tag in ("del", "moveFrom", "ins", "moveTo"):
        mark = element.find(f"{W}pPr/{W}rPr/{W}{tag}")
        if mark is not None and tag == "del":
            paragraph.mark_struck_by = mark.get(f"{W}author") or "?"
        elif mark is not None and tag == "ins":
            paragraph.mark_inserted_by = mark.get(f"{W}author") or "?"
    style = element.find(f"{W}pPr/{W}pStyle")
    paragraph.style = style.get(f"{W}val") if style is not None else ""
    _Walk(paragraph, comments, moves, notes).through(element, None, None)
    return paragraph


_LETTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
_REFERENCES = {"footnoteReference", "endnoteReference"}
_NO_BRACES = re.compile(r"[{}\n\t]")
_WORDS = {"t", "delText", *_LETTERS}


class _Walk:
    """Collects the words of one paragraph, and remembers in which change and at which place it is."""

    def __init__(
        self,
        paragraph: FileParagraph,
        comments: dict[str, tuple[str, str]],
        moves: dict[str, str],
        notes: dict[tuple[str, str], Any],
    ) -> None:
        self._paragraph, self._comments, self._moves, self._notes = paragraph, comments, moves, notes
        self._places: dict[str, str] = {}
        self._in_note = False

    def through(self, element: Any, inserted: str | None, struck: str | None, moved: str = "") -> None:
        """Collect the words below an element."""
        for child in element:
            tag = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            author = child.get(f"{W}author") or "?"
            if tag in {"ins", "moveTo"}:
                self.through(child, author, struck, tag if tag == "moveTo" else moved)
            elif tag in {"del", "moveFrom"}:
                self.through(child, inserted, author, tag if tag == "moveFrom" else moved)
            elif tag in _WORDS:
                place = next(iter(self._places.values()), "")
                words = _LETTERS.get(tag, child.text or "")
                words = _NO_BRACES.sub(" ", words) if self._in_note else words
                self._paragraph.pieces.append(Piece(words, inserted, struck, place, self._move(moved)))
            elif tag in _REFERENCES:
                self._note(child, tag, (inserted, struck, moved))
            elif not self._mark(child, tag) and tag not in {"pPr", "rPr"}:
                self.through(child, inserted, struck, moved)

    def _note(self, child: Any, tag: str, change: tuple[str | None, str | None, str]) -> None:
        """A note at its mark, as it is typed; what was changed within it stays a change of those who made it."""
        note = self._notes.get((tag.removesuffix("Reference"), child.get(f"{W}id") or ""))
        if note is None or self._in_note:
            return
        inserted, struck, moved = change
        place, move = next(iter(self._places.values()), ""), self._move(moved)
        self._paragraph.pieces.append(Piece("{note: ", inserted, struck, place, move))
        self._in_note = True
        for paragraph in note.iter(f"{W}p"):
            self.through(paragraph, inserted, struck, moved)
            self._paragraph.pieces.append(Piece(" ", inserted, struck, place, move))
        self._in_note = False
        self._paragraph.pieces.append(Piece("}", inserted, struck, place, move))

    def _move(self, kind: str) -> str:
        """The move that is under way here, if any; LibreOffice begins it within the change, Word before it."""
        return next((name for key, name in self._moves.items() if kind and key.startswith(kind + " ")), "")

    def _mark(self, child: Any, tag: str) -> bool:
        """Bookmarks and comments, which are no words."""
        name, number = child.get(f"{W}name") or "", child.get(f"{W}id")
        if tag == "bookmarkStart" and name.startswith(PARAGRAPH_MARK):
            self._paragraph.mark = name.removeprefix(PARAGRAPH_MARK)
        elif tag == "bookmarkStart" and name.startswith(PLACE_MARK):
            self._places[number] = name
        elif tag == "bookmarkEnd":
            self._places.pop(number, None)
        elif tag in {"commentReference", "commentRangeStart"} and number in self._comments:
            if self._comments[number] not in self._paragraph.comments:
                self._paragraph.comments.append(self._comments[number])
        else:
            return tag.startswith("bookmark") or note_move(child, self._moves)
        return True


def note_move(element: Any, moves: dict[str, str]) -> bool:
    """Note which moves have begun and not ended; whether the element is the beginning or the end of one."""
    tag = element.tag.removeprefix(W) if isinstance(element.tag, str) else ""
    kind, _, end = tag.partition("Range")
    if kind not in {"moveFrom", "moveTo"} or end not in {"Start", "End"}:
        return False
    key = f"{kind} {element.get(f'{W}id')}"
    if end == "Start":
        moves[key] = element.get(f"{W}name") or ""
    else:
        moves.pop(key, None)
    return True


def pair_moves(paragraphs: list[FileParagraph]) -> None:
    """Find the paragraphs that were moved as a whole, and where they went.

    Words that were moved within or between paragraphs stay struck in one place and put in at the other.
    """
    sources_by_move: dict[str, list[FileParagraph]] = {}
    targets_by_move: dict[str, list[FileParagraph]] = {}
    for paragraph in paragraphs:
        names = {piece.move for piece in paragraph.pieces if piece.words.strip()}
        if len(names) == 1 and (name := names.pop()):
            if all(piece.struck_by for piece in paragraph.pieces if piece.words.strip()):
                sources_by_move.setdefault(name, []).append(paragraph)
            elif paragraph.all_inserted:
                targets_by_move.setdefault(name, []).append(paragraph)
    for name, sources in sources_by_move.items():
        if len(sources) == len(targets_by_move.get(name, ())):
            for source, target in zip(sources, targets_by_move[name], strict=True):
                source.went = next(piece.struck_by or "" for piece in source.pieces if piece.words.strip())
                target.came_from = source


def joined_again(paragraphs: list[FileParagraph]) -> list[FileParagraph]:
    """The paragraphs, joined where somebody split one; the blank line between the parts is that author's insertion."""
    joined: list[FileParagraph] = []
    for paragraph in paragraphs:
        last = joined[-1] if joined else None
        if last is None or not last.mark_inserted_by or last.all_inserted or paragraph.all_inserted or paragraph.mark:
            joined.append(paragraph)
            continue
        last.pieces += [Piece("\n\n", last.mark_inserted_by), *paragraph.pieces]
        last.comments += [comment for comment in paragraph.comments if comment not in last.comments]
        last.mark_inserted_by, last.mark_struck_by = paragraph.mark_inserted_by, paragraph.mark_struck_by
    return joined
