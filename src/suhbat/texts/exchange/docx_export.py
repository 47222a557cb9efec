"""Word out: clean, or with every open proposal as a real tracked change by its holders.

Where several hold different words for the same place, the first in protocol strikes the base words and all put in
their own. A bookmark around the place tells the import that these are alternatives to one another. A bookmark on
each paragraph names it and its revision. The holders' reasons are comments.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run
from lxml import etree

from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext
from suhbat.ground.word_files import reproducible_file
from suhbat.texts.exchange.docx_comment_numbers import settle_comments
from suhbat.texts.exchange.docx_footnotes import WordNotes
from suhbat.texts.models import Proposal
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import CHAIR, TITLE
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.wording.brackets import Group, as_held_by, holders_in
from suhbat.texts.wording.footnotes import FOOTNOTE, split_footnotes
from suhbat.texts.wording.numbering import with_numbers

LEFT_OUT = "⟦–⟧"
"""What a holder inserts who wants no words here, where another has already struck the base words."""
JOINT = "; "
"""Between the names of holders who ask for the same words."""
PARAGRAPH_MARK, PLACE_MARK = "p_", "g_"
_STYLES = {"title": "Title", "section": "Heading 1"}


def author_of(holders: Iterable[str]) -> str:
    """The name under which a tracked change stands: the delegations by their English names."""
    return JOINT.join("Chair" if holder == CHAIR else state_name(holder, "en") for holder in holders)


def word_file(sheet: Sheet, file_time: datetime, *, tracked: bool, footing: str = "") -> bytes:
    """The text as DOCX. `file_time` stands in the tracked changes and in the file's properties (UTC)."""
    document = docx.Document()
    prepare(document, sheet.text.title, file_time, sheet.text.language)
    writer = _Writer(document, sheet, file_time)
    if sheet.title is not None:
        writer.paragraph(sheet.title, tracked=tracked)
    else:
        document.add_paragraph(sheet.text.title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines = [line for line in sheet.lines if line.paragraph.wording or (tracked and line.open)]
    moves = moves_in(lines) if tracked else {}
    writer.arrivals("", moves)
    for line in lines:
        writer.paragraph(line, tracked=tracked, move=moves.get(line.paragraph.id, (line, None))[1])
        writer.arrivals(line.paragraph.id, moves)
    if footing:
        document.add_paragraph(footing)
    writer.notes.finish()
    if tracked:
        settle_comments(document, file_time)
    return reproducible_file(document)


def moves_in(lines: list[Line]) -> dict[str, tuple[Line, Proposal | None]]:
    """By paragraph, the one proposal to move it that can stand as a tracked move; others stand as comments.

    A paragraph with brackets or footnotes in it, or that several would have in several places, cannot be shown in two
    places. Nor can one that is to follow a paragraph which moves itself, or to stand where its holders move another.
    """
    there = {"", *(line.paragraph.id for line in lines)}
    tracked_moves: dict[str, tuple[Line, Proposal | None]] = {}
    taken_places: set[tuple[str, str]] = set()
    moving = {proposal.paragraph for line in lines for proposal in line.live if proposal.kind == "move"}
    for line in lines:
        proposals = [proposal for proposal in line.live if proposal.kind == "move" and proposal.status == "open"]
        if len(proposals) != 1 or line.open or not line.paragraph.wording or FOOTNOTE.search(line.paragraph.wording):
            continue
        place, holders = proposals[0].after or "", proposals[0].holders
        if place in there - moving and not any((place, holder) in taken_places for holder in holders):
            tracked_moves[line.paragraph.id] = (line, proposals[0])
            taken_places |= {(place, holder) for holder in holders}
    return tracked_moves


def prepare(document: Any, title: str, file_time: datetime, language: str) -> None:
    """The look of all our Word files: a serif for every script, A4, the language for the spelling checker."""
    normal = document.styles["Normal"]
    spoken = etree.SubElement(normal.element.get_or_add_rPr(), qn("w:lang"))
    spoken.set(qn("w:eastAsia" if language == "ja" else "w:val"), language)
    normal.font.name, normal.font.size = "Noto Serif", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif JP")
    normal.paragraph_format.space_after = Pt(8)
    for name in ("Title", "Heading 1"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Noto Serif", None
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif JP")
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{attribute}"), None)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    properties = document.core_properties
    properties.title, properties.author, properties.created = title, "Suhbat", file_time.replace(tzinfo=None)
    properties.modified, properties.last_modified_by = file_time.replace(tzinfo=None), "Suhbat"


class _Writer:
    def __init__(self, document: Any, sheet: Sheet, file_time: datetime) -> None:
        self._document, self._sheet = document, sheet
        self._date = file_time.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._ids = count(1)
        self.notes = WordNotes(document)

    def paragraph(self, line: Line, *, tracked: bool, move: Proposal | None = None) -> None:
        """One paragraph, numbered by words so that Word cannot count otherwise."""
        word_paragraph = self._new_paragraph(line)
        element = word_paragraph._p  # noqa: SLF001  (python-docx has no tracked changes)
        self._bookmark(element, f"{PARAGRAPH_MARK}{line.paragraph.id}_{line.paragraph.revision}")
        if move is not None:
            self._move(element, "moveFrom", line, move)
            self._notes(line, [Run(next(element.iter(qn("w:r"))), word_paragraph)], moved=move)
            return
        if line.paragraph.kind == TITLE:
            self._words(element, "", "t")  # for comments to hold on to
        elif tracked or line.paragraph.kind != "preambular":
            self._run(element, f"{self._sheet.leading_labels[line.paragraph.id]}\t", "t")
        if not tracked:
            self._run(element, self._with_labels(line.paragraph.wording), "t")
            return
        for n, node in enumerate(line.nodes):
            if isinstance(node, str):
                self._run(element, self._with_labels(node), "t")
            else:
                self._group(element, node, f"{PLACE_MARK}{line.paragraph.id}_{n}")
        self._notes(line, word_paragraph.runs[:1])

    def _new_paragraph(self, line: Line) -> Any:
        word_paragraph = self._document.add_paragraph(style=_STYLES.get(line.paragraph.kind))
        if line.paragraph.kind == TITLE:
            word_paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if line.paragraph.kind == "sub":
            word_paragraph.paragraph_format.left_indent = Cm(1)
        return word_paragraph

    def arrivals(self, after: str, moves: dict[str, tuple[Line, Proposal | None]]) -> None:
        """The paragraphs that a proposal would move to this place."""
        for line, move in moves.values():
            if move is not None and (move.after or "") == after:
                self._move(self._new_paragraph(line)._p, "moveTo", line, move)  # noqa: SLF001

    def _move(self, element: Any, kind: str, line: Line, move: Proposal) -> None:
        """A whole paragraph as moved from here, or to here, in the name of those who ask for it."""
        mark = etree.SubElement(element.get_or_add_pPr(), qn("w:rPr"))
        start = etree.SubElement(element, qn(f"w:{kind}RangeStart"))
        change = etree.SubElement(element, qn(f"w:{kind}"))
        for marker in (etree.SubElement(mark, qn(f"w:{kind}")), start, change):
            marker.set(qn("w:id"), str(next(self._ids)))
            marker.set(qn("w:author"), author_of(move.holders))
            marker.set(qn("w:date"), self._date)
        start.set(qn("w:name"), f"move{move.number}")
        number = self._sheet.leading_labels[line.paragraph.id]
        self._run(change, f"{number}\t{self._with_labels(line.paragraph.wording)}", "t")
        etree.SubElement(element, qn(f"w:{kind}RangeEnd")).set(qn("w:id"), start.get(qn("w:id"), ""))

    def _group(self, element: Any, group: Group, name: str) -> None:
        """One place with its alternatives; the space that goes with the words goes in with them."""
        before, after = (" " if group.space == "before" else ""), (" " if group.space == "after" else "")
        base = as_held_by(group.base)
        own = self._alternatives(group)
        start = self._bookmark(element, name, close=False)
        if base:
            self._change(element, "del", own[0][0], before + base + after)
        for n, (author, words) in enumerate(own):
            if words:
                self._change(element, "ins", author, before + words + after)
            elif n or not base:
                self._change(element, "ins", author, LEFT_OUT)
        end = etree.SubElement(element, qn("w:bookmarkEnd"))
        end.set(qn("w:id"), start)

    def _alternatives(self, group: Group) -> list[tuple[str, str]]:
        """By author; changes within the base words of another are written as a wording of the whole place."""
        outer = [(author_of(alternative.holders), alternative.words) for alternative in group.alternatives]
        nested = [(group.base, holders_in(group.base))]
        nested += [(alternative.inner, holders_in(alternative.inner)) for alternative in group.alternatives]
        inner = [
            (author_of([state]), as_held_by(nodes, state))
            for nodes, states in nested
            for state in sorted(states, key=self._sheet.order.index)
        ]
        return outer + inner

    def _change(self, element: Any, kind: str, author: str, words: str) -> None:
        change = etree.SubElement(element, qn(f"w:{kind}"))
        change.set(qn("w:id"), str(next(self._ids)))
        change.set(qn("w:author"), author)
        change.set(qn("w:date"), self._date)
        self._run(change, self._with_labels(words), "delText" if kind == "del" else "t")

    def _run(self, element: Any, words: str, kind: str) -> None:
        """Words, and the marks of the footnotes among them."""
        for passage, note in split_footnotes(words):
            if passage or not note:
                self._words(element, passage, kind)
            if note:
                self.notes.mark(element, note)

    def _words(self, element: Any, words: str, kind: str) -> None:
        run = etree.SubElement(element, qn("w:r"))
        for n, row in enumerate(words.split("\n")):
            if n:
                etree.SubElement(run, qn("w:br"))
            for k, piece in enumerate(row.split("\t")):
                if k:
                    etree.SubElement(run, qn("w:tab"))
                if piece:
                    text = etree.SubElement(run, qn(f"w:{kind}"))
                    text.text = piece
                    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _bookmark(self, element: Any, name: str, *, close: bool = True) -> str:
        number = str(next(self._ids))
        start = etree.SubElement(element, qn("w:bookmarkStart"))
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        if close:
            etree.SubElement(element, qn("w:bookmarkEnd")).set(qn("w:id"), number)
        return number

    def _notes(self, line: Line, runs: list[Run], moved: Proposal | None = None) -> None:
        """Reasons as comments; and the places to which a paragraph is to move, where they could not be shown."""
        for proposal in line.live if runs else ():
            author = author_of(proposal.holders)
            if proposal.note:
                self._document.add_comment(runs, text=proposal.note, author=author, initials=proposal.by[:2])
            if proposal.kind == "move" and proposal is not moved:
                place = self._sheet.labels.get(proposal.after or "", "–")
                comment = gettext("To stand after paragraph %(label)s") % {"label": place_label(place)}
                self._document.add_comment(runs, text=comment, author=author, initials="")

    def _with_labels(self, words: str) -> str:
        return with_numbers(words, {name: f"§{label}" for name, label in self._sheet.labels.items()})
