"""The title negotiated by hand: proposed on a telephone, supported with one tap, taken by the chair, in every copy."""

import pytest
from scripts.negotiations_of_the_data import example

from suhbat.texts.tests.browser_negotiators import negotiation

pytestmark = pytest.mark.browser
PARTIES = "Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan"


def test_another_title_is_proposed_supported_taken_and_stands_in_every_copy(served, chromium, convene):
    with negotiation(served, chromium, convene, example("chairs-statement")) as (table, people):
        address = f"/meetings/{table.meeting}/texts/{table.text}"
        kz, jp, chair = people["KZ"].page, people["JP"], people["chair"]
        kz.goto(address)
        kz.get_by_role("link", name="Another title").click()
        kz.get_by_label("The title as you would have it").fill(f"Statement of {PARTIES}")
        kz.locator("#preview .br").first.wait_for()
        people["KZ"].tap("Propose")
        jp.page.goto(address)
        assert "Kazakhstan" in jp.page.locator(".title-brackets").inner_text()
        jp.tap("Support")
        chair.page.goto(f"{address}/p/{table.paragraph('Title').id}")
        chair.tap("Take into the text")
        chair.page.goto(address)
        assert chair.page.locator("h1").inner_text() == f"Statement of {PARTIES}"
        chair.page.get_by_role("link", name="The title and its history").or_(
            chair.page.get_by_role("link", name="Another title")
        ).click()
        assert chair.page.locator(".revisions li").count() == 2
        assert chair.page.locator(".revisions li").first.locator("ins").count() > 0
        kz.goto(f"{address}/alternat")
        marked = kz.locator("mark").first.inner_text()
        assert marked == "Kazakhstan, Japan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan"
        assert kz.locator("#reordered del").first.inner_text().endswith(PARTIES)
