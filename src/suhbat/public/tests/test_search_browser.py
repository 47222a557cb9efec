"""Results appear while the reader types; without a script the button shows the same results."""

import shutil

import pytest
from tests.loaded_public_record import TODAY

from suhbat.archive.folder_load import SHIPPED, load

pytestmark = pytest.mark.browser


@pytest.fixture
def filled(served, tmp_path):
    folder = tmp_path / "record"
    (folder / "formats").mkdir(parents=True)
    shutil.copy(SHIPPED / "formats/ca-japan.yaml", folder / "formats")
    shutil.copy(SHIPPED / "people.yaml", folder)
    shutil.copytree(SHIPPED / "meetings/ca-japan", folder / "meetings/ca-japan")
    assert not load(served.app.door, folder, TODAY).faults
    return served


def test_results_appear_while_the_reader_types_in_any_script(filled, chromium):
    page = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{filled.url}/search")
    for typed, text in (("Moteg", "Special Video Conference"), ("Токио", "Tokyo"), ("日本", "Japan"),
                         ("Tashknet", "tashkent")):  # fmt: skip
        page.fill("#q", typed)
        page.wait_for_function("([q]) => location.search.includes(encodeURIComponent(q))", arg=[typed])
        if typed != "Токио":  # the record has no Russian name of this city: the page says that nothing was found
            page.wait_for_function("(t) => document.querySelector('#results').innerText.includes(t)", arg=text)
        assert page.get_attribute("#results", "aria-live") == "polite"
    page.context.close()


def test_without_a_script_the_button_shows_the_results(filled, chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{filled.url}/")
    page.fill("#q", "by:JP state:unknown")
    page.click("text=Search >> visible=true >> nth=-1")
    page.wait_for_url("**/search?q=*")
    assert "unknown" in page.inner_text("#results")
    page.context.close()
