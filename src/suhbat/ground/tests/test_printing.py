"""Papers are set in any script; a letter without a sign stands as a mark, and is named."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from suhbat.ground import printing
from suhbat.ground.font_letters import has_letter, letters_of
from suhbat.ground.printing import FONTS, MACHINE, named_letters, pdf, signs_for

DAY = datetime(2026, 11, 30, tzinfo=UTC)
with_fonts_of_the_machine = pytest.mark.skipif(
    not all(folder.is_dir() for folder in MACHINE), reason="Debian's Noto fonts are not installed here"
)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "paper.typ"
    path.write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
        "#set text(font: data.faces, lang: data.lang)\n#data.title\n\n#data.unshown\n"
    )
    return path


def words_of(paper):
    return "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)


def test_our_own_fonts_show_the_languages_of_the_region_and_japanese():
    assert signs_for("Қазақстан Ўзбекистон Türkmençe 日本国 «—» ʻʼ").files == ()
    assert has_letter(FONTS / "NotoSerif_400Regular.ttf", "Қ")
    assert not has_letter(FONTS / "NotoSerif_400Regular.ttf", "日")


@with_fonts_of_the_machine
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "简体中文"),
        ("ko", "대한민국"),
        ("ar", "بيان مشترك"),
        ("hi", "संयुक्त वक्तव्य"),
        ("mn", "ᠮᠣᠩᠭᠣᠯ"),
        ("tr", "Ortak bildiri ğışİ"),
    ],
)
def test_a_paper_in_any_language_is_set(template, language, words):
    assert signs_for(words, language).missing == frozenset()
    assert len(pdf(template, {"title": words}, DAY, language)) > 1000


@with_fonts_of_the_machine
def test_chinese_characters_have_the_forms_of_their_language(template):
    files = [file.name for file in signs_for("中国", "zh").files]
    assert files == ["NotoSerifCJK-Regular.ttc"]
    assert signs_for("中国", "ja").files == ()


def test_a_letter_without_a_sign_stands_as_a_mark_and_is_named(template):
    paper = pdf(template, {"title": "Agreed 😀 by all"}, DAY, "en")
    words = " ".join(words_of(paper).split())
    assert "Agreed □ by all" in words
    assert "U+1F600 GRINNING FACE" in words


def test_there_is_a_paper_without_the_fonts_of_the_machine(template, monkeypatch):
    monkeypatch.setattr(printing, "_files_of_the_machine", tuple)
    words = " ".join(words_of(pdf(template, {"title": "Hangul: 한"}, DAY, "ko")).split())
    assert "Hangul: □" in words
    assert "HANGUL SYLLABLE HAN" in words


def test_the_same_paper_is_the_same_bytes(template):
    first, second = (pdf(template, {"title": "Same 😀"}, DAY, "en") for _ in range(2))
    assert first == second


def test_what_is_no_font_has_no_letters(tmp_path):
    file = Path(tmp_path / "none.ttf")
    file.write_bytes(b"no font at all")
    assert letters_of(file) == ()
    assert letters_of(tmp_path / "nothing.ttf") == ()
    assert named_letters("b") == "U+0062 LATIN SMALL LETTER B"
