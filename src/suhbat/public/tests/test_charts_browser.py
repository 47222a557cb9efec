"""Charts can be read on a small screen, in dark mode, on paper, and without distinguishing colours."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.loaded_public_record import TODAY
from tests.served_installation import Served

from suhbat.archive.folder_load import SHIPPED, load

pytestmark = pytest.mark.browser

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
OUTCOME = f"/outcomes/{SPECIAL}/medical-equipment-grants"
PAGES = ("/", "/formats/ca-japan", OUTCOME, "/compare")
SMALL = {"width": 390, "height": 844}
LEAST = 3.0
"""The least contrast of a mark with its background (WCAG 2.2, 1.4.11)."""
WIDTH = "document.documentElement.scrollWidth"
UNFOLD = "document.querySelectorAll('main details').forEach((details) => { details.open = true; })"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A server with the whole public record."""
    server = Served(tmp_path_factory.mktemp("pictures"))
    server.start()
    assert not load(server.app.door, SHIPPED, TODAY).faults
    yield server
    server.close()


@pytest.fixture(scope="module")
def page(filled, chromium):
    """A function that opens a page on a small screen, with the helper script for charts."""
    browser_page = chromium.new_context(viewport=SMALL, reduced_motion="reduce").new_page()
    browser_page.add_init_script(path=Path(__file__).with_name("pictures.js"))

    def open_page(path: str, **media: Any) -> Any:
        browser_page.emulate_media(**{"media": "screen", "color_scheme": "light"} | media)
        browser_page.goto(filled.url + path)
        return browser_page

    yield open_page
    browser_page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone_every_word_of_a_chart_is_there_and_large_enough(page, path):
    window = page(path)
    for folded in (True, False):
        if not folded:
            window.evaluate(UNFOLD)
        assert window.evaluate(WIDTH) <= SMALL["width"]
        words = window.evaluate("pictures.words()")
        assert words["looked"] > 10
        assert not words["faults"]


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("path", PAGES)
def test_marks_have_enough_contrast(page, path, scheme):
    measured = page(path, color_scheme=scheme).evaluate("pictures.contrasts()")
    assert len(measured) > 5
    assert {(mark, round(contrast, 2)) for mark, contrast in measured if contrast < LEAST} == set()


@pytest.mark.parametrize(("path", "sorts"), [
    ("/", {"level", "legend", "bar"}), ("/formats/ca-japan", {"level", "legend", "bar", "chip"}),
    (OUTCOME, {"life", "legend", "bar", "chip"}), ("/compare", {"swatch", "share", "stack", "bar", "legend"}),
])  # fmt: skip
def test_different_marks_differ_in_shape_or_pattern_too(page, path, sorts):
    looks = page(path).evaluate("pictures.looks()")
    assert looks.keys() == sorts
    for sort, by_name in looks.items():
        alike = defaultdict(list)
        for name, look in by_name.items():
            alike[look].append(name)
        assert all(len(names) == 1 for names in alike.values()), (sort, dict(alike))


@pytest.mark.parametrize("path", PAGES)
def test_charts_and_their_tables_are_printed(page, path):
    window = page(path, media="print")
    assert window.evaluate("document.querySelector('.as-table[open]')") is None
    hidden = window.evaluate("pictures.hidden()")
    assert all(hidden["looked"])
    assert not hidden["faults"]


def test_on_the_screen_the_same_tables_are_folded(page):
    assert page("/").evaluate("pictures.hidden()")["faults"]


@pytest.mark.parametrize("path", [path for path in PAGES if path != OUTCOME])
def test_every_picture_has_a_table_and_a_file_beside_it(page, path):
    assert page(path).evaluate("pictures.lonely()") == []
