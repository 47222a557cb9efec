"""A text as Akoma Ntoso 1.0 (OASIS): a `statement` with its preamble, sections and numbered paragraphs."""

from typing import Any

from lxml import etree

from suhbat.formats.state_names import formal_name
from suhbat.texts.exchange.printed_copy import printed_number
from suhbat.texts.wording.footnotes import Notes, split_footnotes
from suhbat.texts.wording.table_rows import rows_of

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LETTERS = {"en": "eng", "ru": "rus", "ja": "jpn", "kk": "kaz", "ky": "kir", "tg": "tgk", "tk": "tuk", "uz": "uzb"}


def akoma_ntoso(copy: dict[str, Any], content: dict[str, Any], day: str) -> bytes:
    """The copy as XML. `day` (ISO) is that of the adoption, or of the export while it is a draft."""
    namespaces: Any = {None: NAMESPACE}
    root = etree.Element(_q("akomaNtoso"), nsmap=namespaces)
    act = _in(root, "statement", name=content["kind"], contains="originalVersion")
    _meta(_in(act, "meta"), copy, content, day)
    preface = _in(act, "preface")
    _in(_in(_in(preface, "longTitle"), "p"), "docTitle").text = copy["title"]
    notes = Notes()
    preamble = [paragraph for paragraph in copy["paragraphs"] if paragraph["kind"] == "preambular"]
    if preamble:
        recitals = _in(_in(act, "preamble"), "recitals")
        for n, paragraph in enumerate(preamble, 1):
            _words(_in(_in(recitals, "recital", eId=f"rec_{n}"), "p"), paragraph["wording"], notes)
    body = _in(act, "mainBody")
    place = body
    for n, paragraph in enumerate((p for p in copy["paragraphs"] if p["kind"] != "preambular"), 1):
        if paragraph["kind"] == "section":
            place = _in(body, "section", eId=f"sec_{n}")
            _in(place, "num").text = printed_number(paragraph)
            _words(_in(place, "heading"), paragraph["wording"], notes)
        else:
            element = _in(place, "paragraph", eId=f"para_{n}")
            number = printed_number(paragraph) if paragraph["kind"] in {"operative", "sub"} else paragraph["caption"]
            if number:
                _in(element, "num").text = number
            content_ = _in(element, "content")
            if paragraph["kind"] == "table":
                _table(content_, paragraph["wording"], f"para_{n}__table", notes)
            else:
                _words(_in(content_, "p"), paragraph["wording"], notes)
    if len(body) == 0:
        _in(_in(_in(body, "paragraph", eId="para_1"), "content"), "p")
    for section in body.iterchildren(_q("section")):
        if section.find(_q("paragraph")) is None:
            _in(_in(_in(section, "paragraph"), "content"), "p")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _meta(meta: Any, copy: dict[str, Any], content: dict[str, Any], day: str) -> None:
    letters = _LETTERS.get(copy["language"], copy["language"])
    work = f"/akn/un/statement/{day}/{content['meeting'].replace('/', '-')}-{content['name']}"
    identification = _in(meta, "identification", source="#secretariat")
    for level, path in (
        ("FRBRWork", work),
        ("FRBRExpression", f"{work}/{letters}@{day}"),
        ("FRBRManifestation", f"{work}/{letters}@{day}.xml"),
    ):
        part = _in(identification, level)
        _in(part, "FRBRthis", value=f"{path}/!main" if level != "FRBRManifestation" else path)
        _in(part, "FRBRuri", value=path)
        _in(part, "FRBRdate", date=day, name="adoption" if copy["adopted"] else "draft")
        _in(part, "FRBRauthor", href="#secretariat")
        if level == "FRBRWork":
            _in(part, "FRBRcountry", value="un")
        if level == "FRBRExpression":
            _in(part, "FRBRlanguage", language=letters)
        if level == "FRBRManifestation":
            _in(part, "FRBRformat", value="application/akn+xml")
    references = _in(meta, "references", source="#secretariat")
    _in(references, "TLCOrganization", eId="secretariat", href="/ontology/organization/suhbat", showAs="Secretariat")
    for code in content["parties"]:
        name = formal_name(code, copy["language"])
        _in(references, "TLCOrganization", eId=f"party-{code}", href=f"/ontology/organization/{code}", showAs=name)


def _table(content: Any, wording: str, name: str, notes: Notes) -> None:
    """The rows of a table; the first one heads the columns."""
    table = _in(content, "table", eId=name)
    for n, row in enumerate(rows_of(wording)):
        line = _in(table, "tr")
        for cell in row:
            _words(_in(_in(line, "td" if n else "th"), "p"), cell, notes)


def _words(element: Any, words: str, notes: Notes) -> None:
    """Words with their lines and footnotes, whose marks are counted through the document."""
    last = None
    for passage, note in split_footnotes(words):
        last = _rows(element, last, passage)
        if note:
            n = notes.number(note)
            last = _in(element, "authorialNote", marker=str(n), eId=f"note_{n}")
            _in(last, "p").text = note


def _rows(element: Any, last: Any, words: str) -> Any:
    """Append words after the last child (or as the element's own), a break between rows; the new last child."""
    first, *rest = words.split("\n")
    if last is None:
        element.text = (element.text or "") + first
    else:
        last.tail = (last.tail or "") + first
    for row in rest:
        last = _in(element, "br")
        last.tail = row
    return last


def _in(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, _q(tag), attributes)


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
