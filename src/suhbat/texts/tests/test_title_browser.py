"""The title negotiated by hand: proposed on a telephone, supported with one tap, taken by the chair, in every copy."""

import pytest
from scripts.negotiations_of_the_data import example

from suhbat.texts.tests.browser_negotiators import negotiation

pytestmark = pytest.mark.browser
PARTIES = "Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan"


def test_another_title_is_proposed_supported_taken_and_stands_in_every_copy(served, chromium, convene):
    with negotiation(served, chromium, convene, example("chairs-statement")) as (table, people):
        kz, jp, chair = people["KZ"], people["JP"], people["chair"]
        kz.to_text()
        kz.go("Another title")
        kz.write("The title as you would have it", f"Statement of {PARTIES}")
        jp.to_text()
        assert "Kazakhstan" in jp.page.locator(".title-brackets").inner_text()
        jp.tap("Support")
        chair.to_text()
        chair.go("Another title")
        chair.tap("Take into the text")
        chair.title = f"Statement of {PARTIES}"
        chair.to_text()
        assert chair.page.locator("h1").inner_text() == f"Statement of {PARTIES}"
        chair.page.get_by_role("link", name="The title and its history").or_(
            chair.page.get_by_role("link", name="Another title")
        ).click()
        assert chair.page.locator(".revisions li").count() == 2
        assert chair.page.locator(".revisions li").first.locator("ins").count() > 0
        # No link leads to a party's own copy before the text is adopted.
        kz.page.goto(f"{kz.url}/meetings/{table.meeting}/texts/{table.text}/alternat")
        marked = kz.page.locator("mark").first.inner_text()
        assert marked == "Kazakhstan, Japan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan"
        assert kz.page.locator("#reordered del").first.inner_text().endswith(PARTIES)
