"""A text of China and the five stands in Chinese, one with Arab states in Arabic; each is printed."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from suhbat.acts.forms import fields_of
from suhbat.ground.printing import MACHINE
from suhbat.ground.refusals import Refused
from suhbat.texts.negotiation.open_text import OpenText
from suhbat.texts.tests.negotiating_table import Table

CHINESE = "联合声明\n\n各方同意加强合作。"
ARABIC = "تؤكد الأطراف التعاون."


@pytest.fixture
def opened(sitting, app, convene):
    def open_text(language, wording):
        table = Table(app, convene(app), wording, title="Joint statement", language=language)
        app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
        return table

    return open_text


@pytest.mark.skipif(not all(Path(folder).is_dir() for folder in MACHINE), reason="Debian's Noto fonts are not here")
@pytest.mark.parametrize(("language", "wording"), [("zh", CHINESE), ("ar", ARABIC)], ids=["zh", "ar"])
def test_the_authentic_text_is_negotiated_shown_and_printed(opened, signed_in, language, wording):
    table = opened(language, wording)
    address = f"/meetings/{table.meeting}/texts/{table.text}"
    browser = signed_in("chair")
    page = browser.get(address)
    assert wording.split("\n")[-1] in page.text
    copies = browser.get(f"{address}/copies")
    assert {"zh": "中文", "ar": "العربية"}[language] in copies.text
    paper = browser.get(f"{address}/copies/{language}.pdf")
    assert paper.status_code == 200
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert "No font here has a sign" not in words


def test_one_sign_without_a_glyph_takes_no_pdf_away(opened, signed_in):
    table = opened("en", "The parties agree 😀.")
    paper = signed_in("chair").get(f"/meetings/{table.meeting}/texts/{table.text}/copies/en.pdf")
    assert paper.status_code == 200
    words = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages).split())
    assert "The parties agree □" in words
    assert "GRINNING FACE" in words


def test_the_form_offers_the_partners_languages_first_and_all_others_after_them(app, convene):
    talks = convene(app)
    with app.database.reading() as session:
        fields = fields_of(OpenText, session, talks.secretariat, {"meeting": talks.meeting}, {})
    language = next(field for field in fields if field.name == "language")
    first = [code for code, _name in language.choices[: language.near]]
    assert first[-8:] == ["zh", "ko", "ar", "hi", "tr", "de", "fr", "it"]
    assert ("sw", "Swahili") in language.choices[language.near :]
    kind = next(field for field in fields if field.name == "kind")
    assert ("chairs-statement", "Chair’s statement") in kind.choices


def test_what_is_no_language_is_refused_at_its_field(app, convene):
    talks = convene(app)
    for field, value in (("language", "xx"), ("languages", ["ru", "klingon"])):
        with pytest.raises(Refused) as refusal:
            app.door.perform(talks.secretariat, "text.opened", {
                "meeting": talks.meeting, "title": "A text", field: value,
            })  # fmt: skip
        assert set(refusal.value.fields) == {field}
