"""Footnotes of a Word file, which python-docx does not write: a part of their own, and a mark where each belongs."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
"""Word expects the lines that separate notes from the page among the notes, under these numbers."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordNotes:
    """Collects the footnotes of one document; `finish` puts them into it."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._notes: list[str] = []

    def mark(self, element: Any, note: str) -> None:
        """Put the mark of a footnote at the end of an element: a paragraph, or a tracked change in one."""
        self._notes.append(note)
        run = etree.SubElement(element, qn("w:r"))
        _superscript(run)
        etree.SubElement(run, qn("w:footnoteReference")).set(qn("w:id"), str(len(self._notes)))

    def finish(self) -> None:
        """Write the notes; a document without any stays as it is."""
        if not self._notes:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, separator in _SEPARATORS:
            note = etree.SubElement(root, qn("w:footnote"))
            note.set(qn("w:type"), separator)
            note.set(qn("w:id"), str(number))
            etree.SubElement(etree.SubElement(_paragraph(note), qn("w:r")), qn(f"w:{separator}"))
        for number, words in enumerate(self._notes, 1):
            note = etree.SubElement(root, qn("w:footnote"))
            note.set(qn("w:id"), str(number))
            paragraph = _paragraph(note)
            own = etree.SubElement(paragraph, qn("w:r"))
            _superscript(own)
            etree.SubElement(own, qn("w:footnoteRef"))
            run = etree.SubElement(paragraph, qn("w:r"))
            etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:sz")).set(qn("w:val"), "18")
            text = etree.SubElement(run, qn("w:t"))
            text.text = f" {words}"
            text.set(_SPACE, "preserve")
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, content, self._document.part.package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._declare_separators()

    def _declare_separators(self) -> None:
        properties = parse_xml(f"<w:footnotePr {nsdecls('w')}/>")
        for number, _separator in _SEPARATORS:
            etree.SubElement(properties, qn("w:footnote")).set(qn("w:id"), str(number))
        settings = self._document.settings.element
        compatible = settings.find(qn("w:compat"))
        if compatible is not None:
            compatible.addprevious(properties)


def _paragraph(note: Any) -> Any:
    paragraph = etree.SubElement(note, qn("w:p"))
    spacing = etree.SubElement(etree.SubElement(paragraph, qn("w:pPr")), qn("w:spacing"))
    spacing.set(qn("w:after"), "0")
    return paragraph


def _superscript(run: Any) -> None:
    etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:vertAlign")).set(qn("w:val"), "superscript")
