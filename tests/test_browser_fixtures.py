"""The fixtures of the browser tests: a real server that survives a power cut, and a real browser."""

import pytest


@pytest.mark.browser
def test_a_browser_reads_the_first_page_and_again_after_the_server_was_killed(served, chromium):
    page = chromium.new_context().new_page()
    page.goto(served.url)
    assert page.locator("h1").count() == 1
    served.kill()
    served.start()
    page.reload()
    assert page.locator("h1").count() == 1
    page.context.close()
