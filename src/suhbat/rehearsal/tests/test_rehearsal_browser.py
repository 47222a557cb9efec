"""A rehearsal in a real browser with camera and microphone: what a newcomer presses, and where the links lead."""

import re

import pytest
from playwright.sync_api import expect

from suhbat.acts import ADMINISTRATION

pytestmark = pytest.mark.browser


@pytest.fixture
def room(served, chromium):
    """The room of the conference, entered from the rehearsal's page as the minister of Japan, in Almaty."""
    inputs = {"format": "ca-japan", "name": "Central Asia plus Japan", "kind": "n-plus-one", "partners": ["JP"],
              "publish": True}  # fmt: skip
    members = ["KZ", "KG", "TJ", "TM", "UZ"]
    served.app.door.perform(ADMINISTRATION, "format.founded", {**inputs, "members": members, "levels": ["ministerial"]})
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, timezone_id="Asia/Almaty")
    context.grant_permissions(["camera", "microphone"])
    page = context.new_page()
    page.goto(served.url)
    page.get_by_role("link", name="Rehearse").click()
    page.get_by_role("button", name="Stage the conference").first.click()
    page.get_by_role("button", name="Take this seat: Japan").click()
    if not page.url.endswith("/room"):
        page.get_by_role("link", name="To the room").first.click()
    page.wait_for_selector("[data-tabs].is-tabbed")
    yield page
    context.close()


def test_a_newcomer_plays_on_pledges_reads_beside_and_comes_back_to_the_picture(room):
    strip = room.locator(".rehearsal-now")
    expect(strip).to_contain_text("You are in the chair: open the meeting.")
    room.get_by_role("button", name="Let it be played for me").click()
    expect(room.locator(".toast.glad")).to_contain_text("Played: Toshimitsu Motegi: Open the meeting")
    expect(room.get_by_role("log")).to_be_attached()

    room.locator(".room-foot").get_by_role("button", name="Open the first item").click()
    expect(strip).not_to_contain_text("Move to the first item")
    for _ in range(20):
        if "announce it" in strip.inner_text():
            break
        before = strip.inner_text()
        strip.get_by_role("button").click()
        expect(strip).not_to_have_text(before, use_inner_text=True)
    expect(room.locator(".tile[data-delegation=KZ]")).to_contain_text("played by the program")

    _pledge_up_to_five_million(room)

    camera = room.locator(".tile[data-delegation=JP] video")
    expect(camera).to_be_visible()
    with room.context.expect_page() as opened:
        room.get_by_role("link", name="All outcomes on their own page").click()
    beside = opened.value
    expect(beside.get_by_role("heading", name="Results of this meeting")).to_be_visible()
    expect(camera).to_be_visible()
    with beside.expect_event("close"):
        beside.evaluate("address => { location.href = address }", room.url)  # as "Back to the room" does
    assert room.context.pages == [room]
    expect(camera).to_be_visible()

    room.get_by_role("tab", name="Record").click()
    newest = room.locator("[data-thread] li").first.locator("time")
    host, own = re.findall(r"\d\d:\d\d", newest.inner_text())
    assert (int(host[:2]) - int(own[:2])) % 24 == 4, "Tokyo, and below it Almaty"
    expect(room.get_by_label("Time in the capitals")).to_contain_text("(yours)")


def _pledge_up_to_five_million(room):
    """The amount is echoed; nothing says how exactly; the words are asked about; a tick confirms."""
    room.get_by_role("tab", name="Outcomes").click()
    room.locator("summary", has_text="Make a pledge").first.click()
    form = room.locator("form[action$='pledge.made']")
    echo = form.locator("output")
    form.get_by_label("What, in a few words").fill("Grants of up to 5 million US dollars for clinics")
    form.get_by_label("Kazakhstan").check()
    form.get_by_label("Amount in figures").fill("5000000")
    expect(echo).to_have_text("5 million · 5,000,000".replace(" m", "\N{NO-BREAK SPACE}m"))
    form.get_by_label("Currency").select_option("USD")
    send = form.get_by_role("button", name="Make a pledge")
    send.click()
    expect(form.locator(".fault")).to_have_text("Choose the precision: exactly, nearly, or up to this much?")
    form.get_by_role("combobox", name="Precision").select_option("exact")
    expect(echo).to_contain_text("US dollars · 5,000,000")
    send.click()
    expect(form.locator(".fault")).to_contain_text("The words say “up to”, but “exactly” was chosen.")
    form.get_by_label("Yes, the precision that was chosen is right").check()
    send.click()
    expect(room.locator("article.outcome").first).to_contain_text("Grants of up to 5 million US dollars for clinics")
