"""A clean copy in Word: the text in one of its languages, its numbers, its footnotes, its signatures."""

from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from suhbat.ground.word_files import reproducible_file
from suhbat.texts.exchange.docx_export import prepare
from suhbat.texts.exchange.docx_footnotes import WordNotes
from suhbat.texts.exchange.printed_copy import printed_number
from suhbat.texts.wording.footnotes import parted
from suhbat.texts.wording.numbering import tied
from suhbat.texts.wording.table_rows import rows_of


def word_copy(copy: dict[str, Any], made: datetime) -> bytes:
    """Write a copy (see `suhbat.texts.exchange.printed_copy`) as DOCX. `made` is the instant the file bears."""
    document = docx.Document()
    prepare(document, copy["title"], made, copy["language"])
    for words, style in ((copy["meeting"], None), (copy["title"], "Title"), (copy["keeper_word"], None)):
        if words:
            document.add_paragraph(words, style=style).alignment = WD_ALIGN_PARAGRAPH.CENTER
    notes = WordNotes(document)
    for each in copy["paragraphs"]:
        _paragraph(document, each, notes)
    notes.finish()
    document.add_paragraph(copy["state"])
    if copy["adopted"]:
        for block in copy["blocks"]:
            _signature(document, block)
    if copy["digest"]:
        document.add_paragraph(copy["digest_line"]).runs[0].font.size = Pt(8)
    return reproducible_file(document)


def _paragraph(document: Any, each: dict[str, Any], notes: WordNotes) -> None:
    if each["caption"]:
        caption = document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        caption.add_run(each["caption"]).bold = True
    if each["kind"] == "table":
        _table(document, each["wording"], notes)
        return
    heading = each["kind"] == "section"
    made = document.add_paragraph(style="Heading 1" if heading else None)
    if each["kind"] == "sub":
        made.paragraph_format.left_indent = Cm(1)
    if each["kind"] not in {"preambular", "annex"}:
        made.add_run(f"{printed_number(each)}\t")
    _words(made, each["wording"], notes)


def _words(made: Any, words: str, notes: WordNotes) -> None:
    """Words with their footnotes."""
    for said, note in parted(tied(words)):
        made.add_run(said)
        if note:
            notes.mark(made._p, note)  # noqa: SLF001  (python-docx has no footnotes)


def _table(document: Any, wording: str, notes: WordNotes) -> None:
    rows = rows_of(wording)
    wide = len(rows[0])
    made = document.add_table(rows=len(rows), cols=wide, style="Table Grid")
    for at, row in zip(made.rows, rows, strict=True):
        for cell, words in zip(at.cells, row, strict=True):
            _words(cell.paragraphs[0], words, notes)
    document.add_paragraph()


def _signature(document: Any, block: dict[str, Any]) -> None:
    made = document.add_paragraph()
    made.paragraph_format.space_before, made.paragraph_format.keep_together = Pt(18), True
    made.add_run(block["for"]).bold = True
    made.add_run().add_break()
    made.add_run(block["name"] or "_" * 30).add_break()
    made.add_run(block["below"])
