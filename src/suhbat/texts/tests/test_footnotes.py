"""Footnotes in every form of a text: on paper, in Word and back, in brackets, numbered through."""

import io
import re
import zipfile
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.exchange.akoma_ntoso import NAMESPACE, akoma_ntoso
from suhbat.texts.exchange.copy_pdf import pdf
from suhbat.texts.exchange.docx_copy import word_copy
from suhbat.texts.exchange.docx_import import read_word
from suhbat.texts.exchange.pages import _bracketed
from suhbat.texts.exchange.printed_copy import copy_of, plain_text
from suhbat.texts.exchange.start_from_word import opening_acts
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_copies import FILE_TIME, schema
from suhbat.texts.tests.test_word import exported, plan_of
from suhbat.texts.tests.test_wording_properties import SIX
from suhbat.texts.tests.word_processor import through_libreoffice
from suhbat.texts.wording.bracket_notation import parsed, printed
from suhbat.texts.wording.brackets import ProposedWording, as_held_by, compiled

PASTED = """# Grants{note: In kind and in money.}

1. The Ministers welcomed the grant{note: Of 11 August 2020; see §2.} of nearly 2 billion yen.{note: By the day's rate.}

2. They will meet again.{note: By video if need be.}

Kind | Amount{note: In yen.}
Grants | 2 billion"""
BASE = "The grant{note: As of 2019.} of yen."


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app), PASTED)


def copy_and_content(table):
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        content = document(session, text)
        return copy_of(text, content, [], "Special conference", language="en"), content


def test_plain_text_has_the_notes_at_its_end_numbered_through(table):
    text = plain_text(copy_and_content(table)[0])
    assert "I. Grants¹" in text
    assert "1. The Ministers welcomed the grant² of nearly 2 billion yen.³" in text
    assert "Kind | Amount⁵" in text
    assert text.endswith(
        "¹ In kind and in money.\n² Of 11 August 2020; see 2.\n³ By the day's rate.\n"
        "⁴ By video if need be.\n⁵ In yen.\n"
    )


def test_akoma_ntoso_numbers_them_through_and_its_tables_are_tables(table):
    copy, content = copy_and_content(table)
    tree: Any = etree.fromstring(akoma_ntoso(copy, content, "2020-08-11"))
    assert schema().validate(tree), schema().error_log
    names = {"a": NAMESPACE}
    assert tree.xpath("//a:authorialNote/@marker", namespaces=names) == ["1", "2", "3", "4", "5"]
    assert tree.xpath("//a:heading/a:authorialNote/a:p/text()", namespaces=names) == ["In kind and in money."]
    (table_element,) = tree.xpath("//a:table", namespaces=names)
    cells = ["".join(cell.itertext()).strip() for cell in table_element.iter(f"{{{NAMESPACE}}}td")]
    assert cells == ["Grants", "2 billion"]
    assert len(table_element.findall(f".//{{{NAMESPACE}}}th")) == 2
    assert table_element.getparent().getparent().find(f"{{{NAMESPACE}}}num").text == "Table 1"


def test_a_pdf_has_them_at_the_foot_of_the_page(table):
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(pdf(copy_and_content(table)[0], FILE_TIME))).pages
    )
    assert "{note" not in text
    for words in ("In kind and in money.", "By the day's rate.", "In yen.", "Table 1"):
        assert words in text


@pytest.mark.parametrize("tracked", [True, False, None])
def test_word_files_have_real_footnotes(table, tmp_path, tracked):
    """The draft with and without brackets, and the clean copy (None); LibreOffice sees them too."""
    content = word_copy(copy_and_content(table)[0], FILE_TIME) if tracked is None else exported(table, tracked=tracked)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert "{note" not in archive.read("word/document.xml").decode()
    assert archive.read("word/document.xml").decode().count("<w:footnoteReference ") == 5
    assert "By the day's rate." in archive.read("word/footnotes.xml").decode()
    plain = through_libreoffice(content, tmp_path, "txt:Text (encoded):UTF8").decode()
    assert "{note" not in plain
    saved_notes = (
        zipfile.ZipFile(io.BytesIO(through_libreoffice(content, tmp_path))).read("word/footnotes.xml").decode()
    )
    assert "By video if need be." in saved_notes


@pytest.mark.parametrize("libreoffice", [False, True])
def test_a_note_within_a_proposal_is_exported_tracked_and_imported_as_nothing_new(table, tmp_path, libreoffice):
    table.propose("KZ", "1", "the day's rate", "the rate of 11 August")
    table.propose("UZ", "2", "again", "again in Tashkent{note: On invitation.}")
    content = exported(table, tracked=True)
    assert "On invitation." in zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml").decode()
    content = through_libreoffice(content, tmp_path) if libreoffice else content
    for state in SIX:
        plan = plan_of(table, content, state)
        assert (plan.intents, plan.unplaced) == ([], []), state


def test_words_changed_in_a_note_of_a_word_file_become_a_proposal(table):
    content = exported(table, tracked=True)
    archive, buffer = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as changed:
        for name in archive.namelist():
            part = archive.read(name).decode() if name == "word/footnotes.xml" else archive.read(name)
            if isinstance(part, str):
                part = part.replace("By video if need be.", "In Tokyo {if} possible.").encode()
            changed.writestr(name, part)
    (intent,) = plan_of(table, buffer.getvalue(), "KG").intents
    assert (intent.label, intent.inputs["wording"]) == ("2", "They will meet again.{note: In Tokyo if possible.}")
    assert printed(intent.nodes) == (
        "They will meet again.[{note: By video if need be.}] [KG: {note: In Tokyo if possible.}]"
    )


def test_a_text_begins_from_a_word_file_with_its_footnotes(table, app):
    copied = read_word(
        word_copy({**copy_and_content(table)[0], "paragraphs": copy_and_content(table)[0]["paragraphs"][:3]}, FILE_TIME)
    )
    with app.database.reading() as session:
        ((_act, inputs), *_more) = opening_acts(session, "ca-japan/x", {"title": "Again"}, copied)
    assert "of nearly 2 billion yen.{note: By the day's rate.}" in inputs["paragraphs"]


def test_a_bracket_holds_the_whole_of_a_note_or_nothing():
    earlier = ProposedWording("a", ("JP",), BASE.replace("2019", "2020"))
    nodes = compiled(BASE, [earlier, ProposedWording("b", ("UZ",), "A grant of yen.")], SIX)
    assert parsed(printed(nodes)) == nodes
    assert as_held_by(nodes, "JP") == "The grant{note: As of 2020.} of yen."
    assert as_held_by(nodes, "UZ") == "A grant of yen."
    for piece in re.findall(r"[^\[\]]+", printed(nodes)):
        assert piece.count("{note: ") == piece.count("}"), piece


def test_brackets_as_plain_text_mark_and_list_them(table):
    table.propose("UZ", "2", "again", "again in Tashkent{note: On invitation.}")
    with table.app.database.reading() as session:
        text = str(_bracketed(session, session.get_one(Text, table.state().id), "txt"))
    assert "They will meet again [UZ: in Tashkent⁴]" in text.replace("again[UZ:  in", "again [UZ: in")
    assert "⁴ On invitation." in text
    assert "{note" not in text
