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
from suhbat.texts.wording.footnotes import split_footnotes
from suhbat.texts.wording.numbering import tied
from suhbat.texts.wording.table_rows import rows_of


def word_copy(copy: dict[str, Any], file_time: datetime) -> bytes:
    """Write a copy (see `suhbat.texts.exchange.printed_copy`) as DOCX, dated `file_time`."""
    document = docx.Document()
    prepare(document, copy["title"], file_time, copy["language"])
    for words, style in ((copy["meeting"], None), (copy["title"], "Title"), (copy["keeper_word"], None)):
        if words:
            document.add_paragraph(words, style=style).alignment = WD_ALIGN_PARAGRAPH.CENTER
    notes = WordNotes(document)
    for paragraph in copy["paragraphs"]:
        _paragraph(document, paragraph, notes)
    notes.finish()
    document.add_paragraph(copy["state"])
    if copy["adopted"]:
        for block in copy["blocks"]:
            _signature(document, block)
    if copy["digest"]:
        document.add_paragraph(copy["digest_line"]).runs[0].font.size = Pt(8)
    return reproducible_file(document)


def _paragraph(document: Any, paragraph: dict[str, Any], notes: WordNotes) -> None:
    if paragraph["caption"]:
        caption = document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        caption.add_run(paragraph["caption"]).bold = True
    if paragraph["kind"] == "table":
        _table(document, paragraph["wording"], notes)
        return
    heading = paragraph["kind"] == "section"
    word_paragraph = document.add_paragraph(style="Heading 1" if heading else None)
    if paragraph["kind"] == "sub":
        word_paragraph.paragraph_format.left_indent = Cm(1)
    if paragraph["kind"] not in {"preambular", "annex"}:
        word_paragraph.add_run(f"{printed_number(paragraph)}\t")
    _words(word_paragraph, paragraph["wording"], notes)


def _words(word_paragraph: Any, words: str, notes: WordNotes) -> None:
    """Words with their footnotes."""
    for passage, note in split_footnotes(tied(words)):
        word_paragraph.add_run(passage)
        if note:
            notes.mark(word_paragraph._p, note)  # noqa: SLF001  (python-docx has no footnotes)


def _table(document: Any, wording: str, notes: WordNotes) -> None:
    rows = rows_of(wording)
    columns = len(rows[0])
    table = document.add_table(rows=len(rows), cols=columns, style="Table Grid")
    for table_row, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(table_row.cells, row, strict=True):
            _words(cell.paragraphs[0], words, notes)
    document.add_paragraph()


def _signature(document: Any, block: dict[str, Any]) -> None:
    word_paragraph = document.add_paragraph()
    word_paragraph.paragraph_format.space_before, word_paragraph.paragraph_format.keep_together = Pt(18), True
    word_paragraph.add_run(block["for"]).bold = True
    word_paragraph.add_run().add_break()
    word_paragraph.add_run(block["name"] or "_" * 30).add_break()
    word_paragraph.add_run(block["below"])
