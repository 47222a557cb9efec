"""The paragraph under discussion, in the conference room: on everyone's screen, its brackets live, without a reload."""

import json
from pathlib import Path

import pytest
from scripts.negotiations_of_the_data import example
from tests.browser import words_of_the_task

from suhbat.texts.tests.browser_negotiators import negotiation

pytestmark = pytest.mark.browser

WITHOUT_MEDIA = json.dumps(json.dumps({"mode": "none", "size": "smallest"}))
DESK, PHONE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 700}
SECRET = "We would live with one and a half."
AXE = Path("node_modules/axe-core/axe.min.js")
PAGE_LOAD = "() => performance.getEntriesByType('navigation').length + performance.timeOrigin"


@pytest.fixture
def stage(served, chromium, convene):
    with negotiation(served, chromium, convene, example("chairs-statement")) as (table, people):
        served.app.door.perform(table.actor("chair"), "meeting.opened", {"meeting": table.meeting})
        yield table, people


def come_in(head, viewport):
    """Enter the room without camera and microphone; the result changes if the page is loaded again."""
    head.context.set_default_timeout(20_000)
    head.context.add_init_script(f"try {{ localStorage.setItem('suhbat.media', {WITHOUT_MEDIA}) }} catch {{}}")
    head.page.set_viewport_size(viewport)
    head.to_own_page()
    head.go("To the room")
    head.page.wait_for_selector("[data-tabs].is-tabbed")
    return head.page.evaluate(PAGE_LOAD)


def under_discussion(page):
    return page.locator(".discussed-paragraph")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_paragraph_the_chair_calls_up_is_on_everyones_screen_and_a_proposal_from_the_floor_appears_for_all(stage):
    table, people = stage
    chair, delegate, other = people["chair"], people["KZ"], people["UZ"]
    table.do("UZ", "note.kept", paragraph=table.paragraph("3").id, wording=SECRET)
    sizes = ((chair, DESK), (delegate, PHONE), (other, DESK), (people["TJ"], NARROW))
    load_times = {head.page: come_in(head, size) for head, size in sizes}
    assert not any(under_discussion(page).count() for page in load_times)

    # The chair calls a paragraph up from its own page, which opens beside the room; all four screens show it.
    chair.follow(words_of_the_task.TEXTS)
    chair.follow(chair.title)
    chair.go(words_of_the_task.AT_PARAGRAPH.format(3))
    chair.tap("Put on everyone’s screen")
    paragraph_page = chair.page
    paragraph_page.locator(".discussed, #live-paragraph").first.wait_for()
    words = table.paragraph("3").wording
    for page in load_times:
        under_discussion(page).get_by_text("Paragraph 3 is under discussion").wait_for()
        assert words[:40] in under_discussion(page).inner_text()

    # Another delegation has begun to write; a delegate proposes from the room with a telephone.
    other.page.get_by_text("Propose other words").click()
    other.page.get_by_label("The paragraph as you would have it").fill("Half a sentence of ours")
    delegate.page.get_by_text("Propose other words").click()
    delegate.page.get_by_label("The paragraph as you would have it").fill(words.replace("nearly", "up to"))
    delegate.press("Propose")
    for page, at in load_times.items():
        bracket = under_discussion(page).locator(".br", has_text="up to")
        bracket.locator(".br-tag", has_text="KZ").wait_for()
        assert "nearly" in bracket.locator(".br-base").inner_text()
        spoken = bracket.locator(".br-alt .unseen").first.text_content()
        assert spoken.strip() == "Kazakhstan would have:"
        assert page.evaluate(PAGE_LOAD) == at, "nobody's page was loaded again"
        assert fits(page)
        assert SECRET not in page.content()
    assert under_discussion(delegate.page).locator(".br-own").count() == 1
    assert under_discussion(other.page).locator(".br-own").count() == 0
    assert other.page.get_by_label("The paragraph as you would have it").input_value() == "Half a sentence of ours"

    paragraph_page.close()  # (whoever reads the text in another window is still in the room)

    # It is answered from the room, and taken down by the chair.
    under_discussion(people["TJ"].page).get_by_role("button", name="Support").click()
    people["TJ"].page.locator(".discussed-paragraph form.answer").wait_for(state="detached")
    delegate.page.evaluate(AXE.read_text())
    report = delegate.page.evaluate("axe.run('.discussed-paragraph', {runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa']})")
    assert [(violation["id"], violation["nodes"][0]["html"][:120]) for violation in report["violations"]] == []
    chair.follow(words_of_the_task.TEXTS)
    chair.follow(chair.title)
    chair.fill_form("Put a paragraph on the screen", "Put a paragraph on everyone's screen")
    for page in load_times:
        under_discussion(page).wait_for(state="detached")


def test_a_changed_base_appears_on_the_screens_of_the_room_at_once(stage):
    table, people = stage
    load_times = {people[name]: come_in(people[name], size) for name, size in (("JP", DESK), ("KG", PHONE))}
    proposal = table.propose("JP", "3", "nearly", "up to")
    table.do("chair", "text.discussed", paragraph=table.paragraph("3").id)
    for head in load_times:
        under_discussion(head.page).locator(".br-tag", has_text="JP").wait_for()
    table.incorporate(proposal)
    for head in load_times:
        under_discussion(head.page).locator(".br").wait_for(state="detached")
        assert "up to" in under_discussion(head.page).inner_text()
    table.propose("KG", "3", "up to", "at least")
    for head, at in load_times.items():
        under_discussion(head.page).locator(".br-tag", has_text="KG").wait_for()
        assert head.page.evaluate(PAGE_LOAD) == at
