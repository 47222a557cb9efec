"""The summary record as files: three scripts on one page, amounts in full, the same bytes every time."""

import io
import json
from typing import Any

import pytest
from docx import Document
from lxml import etree
from pypdf import PdfReader

from suhbat.meetings.models import Meeting
from suhbat.minutes.minutes_agreement import minutes_of
from suhbat.minutes.print_view import print_view
from suhbat.minutes.record_docx import docx_of
from suhbat.minutes.record_pdf import pdf_of
from suhbat.minutes.summary_record import as_json, document_of

MEETING = "ca-japan/2020-08-11-special-video-conference"
RUSSIAN = "Экономические и технологические возможности Японии представляют большой интерес."
JAPANESE = "日本は中央アジア諸国の発展の触媒であり続けます。"
TAJIK = "Ҷумҳурии Тоҷикистон: ҳамкорӣ дар соҳаи тандурустӣ, ғамхорӣ ба шаҳрвандон, қӯшиши муштарак."


@pytest.fixture
def paper(agreed):
    """The print view of the published summary record, and its date."""
    agreed("secretariat", "minutes.published", version=1)
    with agreed.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        document = document_of(session, session.get_one(Meeting, MEETING), minutes, published_only=True)
        return print_view(document), document.date


def words(pdf_bytes: bytes) -> str:
    """The text of a PDF as a reader copies it, with line ends as spaces."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_bytes)).pages)
    return " ".join(text.split())


def without_spaces(text: str) -> str:
    return "".join(text.split())


def test_latin_cyrillic_and_japanese_are_set_and_copied_exactly(paper):
    text = words(pdf_of(*paper))
    assert "nearly 2 billion yen" in text
    assert RUSSIAN in text
    assert TAJIK in text
    assert without_spaces(JAPANESE) in without_spaces(text)


def test_the_same_record_makes_the_same_bytes(paper):
    assert pdf_of(*paper) == pdf_of(*paper)
    assert docx_of(*paper) == docx_of(*paper)


def test_the_pdf_is_archivable_tagged_and_has_its_fonts(paper):
    reader = PdfReader(io.BytesIO(pdf_of(*paper)))
    root: Any = reader.trailer["/Root"]
    assert "/OutputIntents" in root
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata
    assert reader.metadata.title == "Special Video Conference of the Foreign Ministers"
    assert b"pdfaid" in root["/Metadata"].get_data()
    pages: list[Any] = list(reader.pages)
    fonts: list[Any] = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts}
    assert any(name.startswith("NotoSerifJP") for name in names)
    assert any(name.startswith("NotoSerif-") for name in names)
    assert all("/FontFile" in str(font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object())
               for font in fonts)  # fmt: skip


def test_word_reads_headings_delegations_and_every_script(paper):
    file: Any = Document(io.BytesIO(docx_of(*paper)))
    styles = {paragraph.style.name: paragraph.text for paragraph in file.paragraphs}
    assert styles["Title"] == "Special Video Conference of the Foreign Ministers"
    headings = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["Delegations", "Opening", "The health crisis", "Trade and investment", "Closing", "Outcomes",
                        "Annex: statements as filed"]  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in file.tables[1].rows]
    assert rows[0] == ["Japan", "Toshimitsu Motegi, Minister of Foreign Affairs"]
    assert len(rows) == 6
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert {RUSSIAN, JAPANESE, TAJIK} <= set(texts)
    amounts = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Suhbat Amount"]
    assert amounts == ["nearly 2 billion yen   nearly ¥2,000,000,000"]


def test_paragraph_properties_have_the_order_of_the_standard(paper):
    """Word refuses a file whose paragraph properties are in another order."""
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
             "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr"]  # fmt: skip
    file = Document(io.BytesIO(docx_of(*paper)))
    for part in (file.element, file.styles.element):
        for properties in part.iter("{*}pPr"):
            names = [etree.QName(element).localname for element in properties]
            positions = [order.index(name) for name in names if name in order]
            assert positions == sorted(positions), names


def test_markup_of_any_kind_stays_text_in_every_file(closed):
    evil = '<script>alert(1)</script> #panic() $x$ *bold* \\ "quoted" ]]> &amp;'
    closed("secretariat", "minutes.edited", after="p002", text=evil)
    with closed.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        document = document_of(session, session.get_one(Meeting, MEETING), minutes, published_only=False)
        view, created = print_view(document), document.date
        json_data = as_json(session, document)
    assert without_spaces(evil) in without_spaces(words(pdf_of(view, created)))
    assert any(evil in paragraph.text for paragraph in Document(io.BytesIO(docx_of(view, created))).paragraphs)
    read_back = json.loads(json.dumps(json_data))["summary_record"]
    assert evil in [paragraph["text"] for paragraph in read_back["paragraphs"]]


def test_every_page_of_a_draft_says_so_and_unconfirmed_outcomes_are_marked(closed):
    with closed.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        document = document_of(session, session.get_one(Meeting, MEETING), minutes, published_only=False)
        view = print_view(document)
        json_data = as_json(session, document)
    reader = PdfReader(io.BytesIO(pdf_of(view, document.date)))
    assert all("not agreed, not for circulation" in page.extract_text() for page in reader.pages)
    assert words(pdf_of(view, document.date)).count("not confirmed; not to be published") == 3
    assert (json_data["status"], json_data["published"], json_data["licence"]) == ("draft", None, None)


@pytest.mark.parametrize("code", ["ru", "ja", "kk", "ky", "tg", "tk", "uz"])
def test_every_language_is_set(closed, code):
    closed("secretariat", "minutes.drafted", language=code)
    with closed.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        document = document_of(session, session.get_one(Meeting, MEETING), minutes, published_only=False)
        view, created = print_view(document), document.date
    assert "nearly 2 billion yen" in words(pdf_of(view, created))
    assert docx_of(view, created)


def test_every_page_of_a_rehearsals_paper_says_so(closed):
    with closed.app.database.reading() as session:
        meeting, minutes = session.get_one(Meeting, MEETING), minutes_of(session, MEETING)
        assert minutes is not None
        meeting.rehearsal = True
        document = document_of(session, meeting, minutes, published_only=False)
        view, json_data = print_view(document), as_json(session, document)
    reader = PdfReader(io.BytesIO(pdf_of(view, document.date)))
    assert all("no record of a real meeting" in page.extract_text() for page in reader.pages)
    file = Document(io.BytesIO(docx_of(view, document.date)))
    assert any("no record of a real meeting" in paragraph.text for paragraph in file.paragraphs)
    assert json_data["summary_record"]["rehearsal"] is True
