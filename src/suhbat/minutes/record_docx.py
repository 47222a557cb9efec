"""A summary record as a Word file with styles, headings, tables and page numbers; reproducible byte for byte."""

from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from suhbat.ground.word_files import reproducible_file

INK, QUIET, TILE, ALARM = (RGBColor.from_string(tone) for tone in ("16202C", "566170", "00606A", "9C2B23"))
LATIN, JAPANESE = "Cambria", "Yu Mincho"
"""Fonts of every Word of the last ten years; Cambria has all Cyrillic letters of Central Asia."""
INDENTED = (
    ("Suhbat Paragraph", 0.9, 0.9),
    ("Suhbat Continued", 0.9, 0.0),
    ("Suhbat Item", 1.6, 0.7),
    ("Suhbat Outcome", 1.2, 0.0),
)
"""Styles with an indent: name, left indent and hanging first line in centimetres."""


def docx_of(view: dict[str, Any], created: datetime) -> bytes:
    """The print view (see `suhbat.minutes.print_view`) as DOCX; `created` is the date in the file."""
    word_file = WordFile(view)
    word_file.write()
    properties = word_file.document.core_properties
    properties.title, properties.author, properties.subject = view["title"], view["format"], view["kicker"]
    properties.language, properties.comments = view["language"], ""
    properties.created = properties.modified = created.replace(tzinfo=None, microsecond=0)
    return reproducible_file(word_file.document)


class WordFile:
    """Builds one Word document."""

    def __init__(self, view: dict[str, Any]) -> None:
        self.view = view
        self.document: Any = Document()
        self._page()
        self._styles()

    def write(self) -> None:
        """Write all parts, from the title to the annex."""
        view = self.view
        self._line(view["format"], "Suhbat Label")
        self._line(view["title"], "Title")
        self._line(f"{view['kicker']} · {view['level']}", "Subtitle")
        if view["rehearsal"]:
            self._line(view["rehearsal"], "Suhbat Draft")
        self._line(view["standing"], "Suhbat Draft" if view["draft"] else "Suhbat Note")
        self._table([(fact["label"], fact["text"]) for fact in view["facts"]], bold=False)
        if view["delegations"]:
            self.document.add_heading(view["delegations_title"], 1)
            self._table([(delegation["state"], delegation["people"]) for delegation in view["delegations"]], bold=True)
        for block in view["blocks"]:
            self._block(block)
        self.document.add_heading(view["outcomes_title"], 1)
        if not view["outcomes"]:
            self._line(view["no_outcomes"], "Normal")
        for outcome in view["outcomes"]:
            self._outcome(outcome)
        for n, note in enumerate(view["colophon"]):
            paragraph = self._line(note, "Suhbat Note")
            if n == 0:
                _rule(paragraph, "top")
        self._statements()

    def _block(self, block: dict[str, Any]) -> None:
        if block["kind"] == "heading":
            self.document.add_heading(block["text"], 1)
        elif block["kind"] == "item":
            self._line(f"{block['ordinal']}.\t{block['text']}", "Suhbat Item")
        elif block["kind"] == "outcome":
            paragraph = self._line(block["text"], "Suhbat Outcome")
            self._add_entries(paragraph, block["entries"])
        else:
            self._numbered_paragraph(block)

    def _numbered_paragraph(self, block: dict[str, Any]) -> None:
        paragraph = self.document.add_paragraph(style="Suhbat Paragraph")
        paragraph.add_run(f"{block['number']}.\t").font.color.rgb = QUIET
        if block["lead"]:
            paragraph.add_run(block["lead"]).bold = True
            if block["aside"]:
                paragraph.add_run(block["aside"]).font.color.rgb = QUIET
            paragraph.paragraph_format.keep_with_next = True
            paragraph = self.document.add_paragraph(style="Suhbat Continued")
        for n, part in enumerate(_split(block["text"])):
            if n:
                paragraph = self.document.add_paragraph(style="Suhbat Continued")
            paragraph.add_run(part)
        self._add_entries(paragraph, block["entries"])
        for statement in block["statements"]:
            self._line(statement, "Suhbat Continued").runs[0].font.color.rgb = QUIET

    def _outcome(self, outcome: dict[str, Any]) -> None:
        head = self._line(outcome["kind"], "Suhbat Label")
        _rule(head, "top")
        head.paragraph_format.keep_with_next = True
        if outcome["standing"]:
            run = head.add_run(f"   {outcome['standing']}")
            run.font.color.rgb = ALARM
        title = self.document.add_heading(outcome["title"], 2)
        self._add_entries(title, outcome["entries"])
        if outcome["amount"]:
            paragraph = self._line(outcome["amount"], "Suhbat Amount")
            if outcome["figures"]:
                run = paragraph.add_run(f"   {outcome['figures']}")
                run.font.size, run.font.bold, run.font.color.rgb = Pt(9.5), False, QUIET
        for part in _split(outcome["text"]):
            self._line(part, "Normal")
        self._line(" · ".join(word for word in (outcome["parties"], outcome["due"]) if word), "Suhbat Note")

    def _statements(self) -> None:
        if not self.view["statements"]:
            return
        self.document.add_page_break()
        self.document.add_heading(self.view["statements_title"], 1)
        for statement in self.view["statements"]:
            self._line(statement["state"], "Suhbat Label")
            _mark_language(self.document.add_heading(statement["title"], 2), statement["language"])
            self._line(f"{statement['language_name']} · {statement['entries']}", "Suhbat Note")
            for part in _split(statement["text"]):
                _mark_language(self._line(part, "Normal"), statement["language"])

    def _line(self, text: str, style: str) -> Any:
        return self.document.add_paragraph(_clean(text), style=style)

    def _add_entries(self, paragraph: Any, entries: str) -> None:
        """Add the entries that a paragraph is based on, in small print."""
        if entries:
            run = paragraph.add_run(f"  [{entries}]")
            run.font.size, run.font.bold, run.font.color.rgb = Pt(8), False, QUIET

    def _table(self, rows: list[tuple[str, str]], *, bold: bool) -> None:
        table = self.document.add_table(rows=0, cols=2)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        for column, width in zip(table.columns, (4.2, 12.2), strict=True):
            column.width = Cm(width)  # LibreOffice uses the width of the columns, Word that of the cells
        for label, text in rows:
            label_cell, text_cell = table.add_row().cells
            label_cell.width, text_cell.width = Cm(4.2), Cm(12.2)
            label_cell.paragraphs[0].style = text_cell.paragraphs[0].style = "Suhbat Cell"
            run = label_cell.paragraphs[0].add_run(_clean(label))
            run.bold = bold
            if not bold:
                run.font.color.rgb = QUIET
            text_cell.paragraphs[0].add_run(_clean(text))
            for cell in (label_cell, text_cell):
                _rule(cell.paragraphs[0], "bottom", tone="CFC8BA", size="4")
        self.document.add_paragraph(style="Suhbat Cell")

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin = section.bottom_margin = Cm(2.6)
        section.left_margin, section.right_margin = Cm(2.4), Cm(2.2)
        plain = self.document.styles["Footer"]
        plain.paragraph_format.tab_stops.clear_all()  # its default tab stop in the middle would move the page number
        plain.font.size = Pt(8)
        foot = section.footer.paragraphs[0]
        foot.add_run(_clean(f"{self.view['title']}\t"))
        foot.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
        _field(foot, "PAGE")
        foot.add_run(" / ")
        _field(foot, "NUMPAGES")
        for run in foot.runs:
            run.font.size, run.font.color.rgb = Pt(8), QUIET

    def _styles(self) -> None:
        styles = self.document.styles
        self._style("Normal", 10.5, after=6)
        styles["Normal"].paragraph_format.line_spacing = 1.2
        _language(styles["Normal"], self.view["language"])
        self._style("Title", 22, bold=True, after=4)
        _rule(styles["Title"], "")
        self._style("Subtitle", 11, tone=QUIET, after=2)
        self._style("Heading 1", 13, bold=True, before=16, after=6)
        self._style("Heading 2", 11.5, bold=True, after=3)
        self._add("Suhbat Label", 8.5, bold=True, tone=TILE, before=10, after=2)
        self._add("Suhbat Note", 9, tone=QUIET, after=4)
        self._add("Suhbat Draft", 9.5, bold=True, tone=ALARM, after=8)
        self._add("Suhbat Amount", 13, bold=True, tone=TILE, after=3)
        self._add("Suhbat Cell", 10, before=2, after=2)
        for name, indent, hanging in INDENTED:
            style = self._add(name, 10.5, after=5)
            style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Cm(indent), Cm(-hanging)
            style.paragraph_format.tab_stops.add_tab_stop(Cm(indent))
        _rule(styles["Suhbat Outcome"], "left", tone="00606A", size="18")

    def _add(self, name: str, size: float, **options: Any) -> Any:
        self.document.styles.add_style(name, 1)
        return self._style(name, size, **options)

    def _style(
        self, name: str, size: float, *, bold: bool = False, tone: RGBColor = INK, before: float = 0, after: float = 0
    ) -> Any:
        style = self.document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = LATIN, Pt(size), bold, False
        style.font.color.rgb = tone
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{script}"), None)
        for script, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", JAPANESE)):
            fonts.set(qn(f"w:{script}"), face)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        return style


def _clean(text: str) -> str:
    """Text without the control characters that XML forbids; tabs and line ends stay."""
    return "".join(char for char in text if char in "\t\n" or ord(char) >= 32)  # noqa: PLR2004  (space)


def _split(text: str) -> list[str]:
    return [part for part in _clean(text).split("\n") if part.strip()]


def _rule(target: Any, side: str, *, tone: str = "00606A", size: str = "8") -> None:
    """Draw a border at one side of a paragraph or style; remove all borders where no side is named."""
    properties = target._p.get_or_add_pPr() if hasattr(target, "_p") else target.element.get_or_add_pPr()  # noqa: SLF001
    for element in properties.findall(qn("w:pBdr")):
        properties.remove(element)
    if not side:
        return
    borders, edge = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", size), ("space", "4"), ("color", tone)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _language(style: Any, code: str) -> None:
    properties = style.element.get_or_add_rPr()
    for element in properties.findall(qn("w:lang")):
        properties.remove(element)
    properties.append(_lang(code))


def _mark_language(paragraph: Any, code: str) -> None:
    """Mark the language of a paragraph, for the spell checker and the choice of fonts."""
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(_lang(code))  # noqa: SLF001  (python-docx has no API for it)


def _lang(code: str) -> Any:
    element = OxmlElement("w:lang")
    element.set(qn("w:eastAsia" if code == "ja" else "w:val"), "ja-JP" if code == "ja" else code)
    return element


def _field(paragraph: Any, name: str) -> None:
    """A field whose number Word computes."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001  (python-docx has no API for it)
