"""Texts as readers of other languages see them: numbers, holders, parties and lists in their own words."""

import re
from typing import Any
from unittest.mock import patch

import pytest

from suhbat.acts.registry import say
from suhbat.formats.state_names import state_name
from suhbat.ground.language import reading_in
from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.exchange.alternat import reordered
from suhbat.texts.exchange.party_names import copy_kept_by, signing_for
from suhbat.texts.exchange.printed_copy import copy_of, plain_text
from suhbat.texts.models import Text
from suhbat.texts.place_labels import place_label
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_wording_properties import SIX
from suhbat.texts.wording import numbering

PASTED = """Hatyrlap,

1. §PP1-e we §Table 1-e laýyklykda {parties} duşuşdylar.

Döwlet | Bilermenler
Özbegistan | 4"""


@pytest.fixture
def turkmen(app, convene):
    """A text in Turkmen, with references to its preamble and its table."""
    return Table(app, convene(app), PASTED, title="Bilelikdäki beýannama", language="tk")


@pytest.fixture
def table(sitting, app, convene):
    """Heads of Japan, Kazakhstan and Uzbekistan have taken their seats; nobody sits for the other three."""
    table = Table(app, convene(app), languages=["ru"])
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


ASKED_AND_ANSWERED: list[tuple[str, str, dict[str, Any]]] = [
    ("adoption.asked", "chair", {}),
    *(("adoption.answered", state, {"agrees": True}) for state in ("JP", "KZ", "UZ")),
]


def content_of(table):
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        return text, document(session, text)


def adopt(table):
    table.do("chair", "adoption.asked")
    return [table.do(state, "adoption.answered", agrees=True) for state in SIX][-1].entry


@pytest.mark.parametrize(
    ("language", "preamble", "table"),
    [("en", "PP2", "Table 1"), ("ru", "ПП2", "Таблица 1"), ("ja", "前文2", "表1"), ("tk", "PP2", "Jedwel 1")],
)
def test_numbers_are_shown_in_the_readers_language_and_understood_in_every_one(language, preamble, table):
    with reading_in(language):
        assert [place_label(label) for label in ("PP2", "Table 1", "3(a)", "")] == [preamble, table, "3(a)", ""]
        assert place_label("Title") != "Title" or language == "en"
    labels = {"p": "PP2", "t": "Table 1"}
    assert numbering.with_ids(f"§{preamble}; §{table.lower()}", labels) == "§{p}; §{t}"


def test_the_former_turkmen_word_for_a_table_is_still_understood():
    assert numbering.with_ids("§Tablisa 1 we §Jedwel 1", {"t": "Table 1"}) == "§{t} we §{t}"


def test_a_text_adopted_with_a_former_word_keeps_it_and_its_hash(turkmen):
    _, present = content_of(turkmen)
    assert "Jedwel 1" in present["paragraphs"][1]["wording"]
    label_in = numbering.label_in
    with patch.object(numbering, "label_in", lambda label, language, **_: label_in(label, language, formerly=True)):
        adopt(turkmen)
    text, content = content_of(turkmen)
    assert digest(content) == text.digest != digest(present)
    assert "Tablisa 1" in content["paragraphs"][1]["wording"]
    copy = copy_of(text, content, [], "Duşuşyk", language="tk")
    assert copy["paragraphs"][2]["caption"] == "Tablisa 1", "the table is called as the text calls it"


def test_a_copy_is_in_one_language_down_to_its_lists_and_signatures(turkmen):
    adopt(turkmen)
    text, content = content_of(turkmen)
    copy_text = plain_text(copy_of(text, content, [], "Duşuşyk", language="tk", keeper="UZ"))
    assert "Özbegistan, Ýaponiýa, Gazagystan, Gyrgyzystan, Täjigistan we Türkmenistan duşuşdylar" in copy_text
    assert "\nJedwel 1\n" in copy_text
    assert "Ýaponiýa üçin: ________" in copy_text
    assert "and" not in copy_text.split()


def test_in_russian_a_party_stands_in_the_case_that_its_words_ask_for():
    with reading_in("ru"):
        assert signing_for("KZ", "ru") == "За Республику Казахстан"
        assert copy_kept_by("JP", "ru") == "Экземпляр Японии"
        assert signing_for("SA", "ru").startswith("За: "), "a name that the server cannot inflect follows a colon"
    with reading_in("ja"):
        assert signing_for("JP", "ja") == "日本国のために"
    with reading_in("ky"):
        assert signing_for("JP", "ky").endswith(" үчүн")


@pytest.mark.parametrize(
    ("language", "joint"),
    [("kk", "және"), ("ky", "жана"), ("tg", "ва"), ("tk", "we"), ("uz", "va"), ("ru", "и")],
)
def test_an_enumeration_is_known_with_and_without_the_languages_word_for_and(language, joint):
    first, second, third = (state_name(code, language) for code in ("JP", "KZ", "UZ"))
    for before_last in (f" {joint} ", f", {joint} ", ", "):
        words = f"{first}, {second}{before_last}{third}."
        own = f"{third}, {first}{before_last}{second}."
        assert reordered(words, ["JP", "KZ", "UZ"], "UZ", language).words == own


@pytest.mark.parametrize(
    ("language", "beginning", "absent_words"),
    [
        ("ja", "議長は異議を認めず", "。不在："),
        ("uz", "Rais eʼtiroz eshitmadi", ". Hozir boʻlmaganlar: "),
        ("ky", "Төрага каршылык уккан жок", ". Катышпагандар: "),
    ],
)
def test_the_chairs_declaration_is_whole_sentences(table, language, beginning, absent_words):
    in_one_language = Table(table.app, table.at)
    for act, by, inputs in ASKED_AND_ANSWERED:
        in_one_language.do(by, act, **inputs)
    declared = in_one_language.do("chair", "text.adopted").entry
    with reading_in(language):
        declaration = say(declared)
    assert declaration.startswith(beginning)
    assert absent_words in declaration
    assert "  " not in declaration


@pytest.mark.parametrize(("language", "name"), [("ja", "ロシア語"), ("kk", "орыс тілі"), ("uz", "rus tili")])
def test_a_language_is_named_in_the_readers_language(table, language, name):
    inputs = {"paragraph": table.paragraph("1").id, "language": "ru", "revision": 1, "wording": "Да."}
    version = table.do("JP", "version.written", **inputs)
    with reading_in(language):
        assert name in say(version.entry)
        assert "Русский" not in say(version.entry)


def test_the_page_says_in_one_sentence_who_asks_and_for_whom_it_waits(table, page, signed_in):
    table.propose("JP", "1", "nearly", "up to")
    head = signed_in("kz")
    japanese, kyrgyz, russian = (head.get(f"/{language}{page}").text for language in ("ja", "ky", "ru"))
    assert "回答待ち：" in japanese
    assert "、" in japanese.split("回答待ち：")[1].split("</span>")[0]
    assert " жана " in kyrgyz.split("жообу күтүлүүдө: ")[1].split("</span>")[0]
    paragraph = table.paragraph("1").id
    paragraph_page = head.get(f"/ja{page}/p/{paragraph}").text
    assert re.search(r"日本</span></span>が別の文言を求める", paragraph_page)
    assert "Пункт ПП1" in russian
