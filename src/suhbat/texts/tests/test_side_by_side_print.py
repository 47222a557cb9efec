"""Two languages of a text on paper: landscape, each paragraph beside its translation, without controls."""

import io

import pytest
from pypdf import PdfReader
from scripts.negotiations_of_the_data import example

from suhbat.acts.roles_and_seats import Role
from suhbat.people.models import Person, SeatRow
from suhbat.texts.tests.browser_negotiators import Head
from suhbat.texts.tests.negotiating_table import Table

pytestmark = pytest.mark.browser

PAIRS = """() => [...document.querySelectorAll(".two")].map((pair) => {
  const tops = [...pair.querySelectorAll(".wording")].map((wording) => wording.getBoundingClientRect());
  return { tops: tops.map((box) => box.top), lefts: tops.map((box) => box.left) };
})"""
CONTROLS = "form, details, summary, button, nav, input, textarea, .taps"


@pytest.fixture
def page(served, chromium, convene):
    convened = convene(served.app)
    with served.app.database.writing() as session:
        session.add(Person(id="chair", name="The chair"))
        session.flush()
        session.add(SeatRow(id="s-chair", person="chair", role=str(Role.CHAIR), place=convened.meeting, state="JP"))
    played = example("joint-declaration")
    table = Table(served.app, convened, played.pasted, title=played.title, languages=["ru"])
    for label, wording in zip(played.paragraphs, played.versions["ru"], strict=True):
        paragraph = table.paragraph(label)
        inputs = {"paragraph": paragraph.id, "language": "ru", "revision": paragraph.revision}
        table.do("secretariat", "version.written", wording=wording.lstrip("# 0123456789.()ab"), **inputs)
    table.do("secretariat", "version.titled", language="ru", title="Совместная декларация")
    chair = Head(served, chromium, "chair", "The chair", played.title)
    chair.to_text()
    chair.go("Languages")
    chair.go("Русский")
    yield chair.page
    chair.close()


def test_two_languages_are_printed_side_by_side(page, tmp_path):
    assert page.locator(CONTROLS).filter(visible=True).count() > 0
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1000, "height": 700})
    assert page.locator(CONTROLS).filter(visible=True).count() == 0
    pairs = page.evaluate(PAIRS)
    assert len(pairs) == len(example("joint-declaration").paragraphs) + 1
    for pair in pairs:
        left, right = pair["tops"]
        assert abs(left - right) <= 1, pair
        assert pair["lefts"][0] < pair["lefts"][1]
    printed = page.pdf(prefer_css_page_size=True)
    (tmp_path / "side-by-side.pdf").write_bytes(printed)
    sheets = PdfReader(io.BytesIO(printed)).pages
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in sheets)
    text = sheets[0].extract_text()
    assert "Совместная декларация" in text
    assert "Write it" not in text
