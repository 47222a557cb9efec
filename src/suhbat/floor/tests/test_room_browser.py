"""The room in a real browser: chaired by keyboard alone, announced to screen readers, accessible."""

import json
import re
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from suhbat.record.reading import entries_after

pytestmark = pytest.mark.browser

MEETING = "ca-japan/2020-08-11-special"
AXE = Path(__file__).parents[4] / "node_modules" / "axe-core" / "axe.min.js"
WITHOUT_MEDIA = json.dumps(json.dumps({"mode": "none", "size": "smallest"}))


@pytest.fixture
def conference(served, stage_acts):
    """The conference in a running server; its acts are performed as if by another process."""
    return stage_acts(served.app)


@pytest.fixture
def visit(served, chromium):
    """Go to the room from the own page as a person, without camera and microphone.

    A missing style sheet or script fails the test here: without it the page differs in ways that are hard to explain.
    """
    contexts: list[Any] = []
    missing: list[str] = []

    def note(response):
        if "/static/" in response.url and response.status >= HTTPStatus.BAD_REQUEST:
            missing.append(response.url)

    def go(person, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 860}, "bypass_csp": True, **options})
        contexts.append(context)
        context.add_init_script(f"try {{ localStorage.setItem('suhbat.media', {WITHOUT_MEDIA}) }} catch {{}}")
        served.sign_in(context, person)
        page = context.new_page()
        page.on("response", note)
        page.goto(f"{served.url}/me")
        page.get_by_role("link", name=re.compile("^To the room")).click()
        page.wait_for_selector("[data-tabs].is-tabbed")
        assert not missing, "the front end is not up to date: run scripts/front.sh"
        return page

    yield go
    for context in contexts:
        context.close()


def until(condition, seconds=15):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition did not come true in time"
        time.sleep(0.1)


def acts_recorded(served):
    with served.app.database.reading() as session:
        return [entry.act for entry in entries_after(session, 0, limit=1000) if entry.act != "staging.set"]


WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.who, .tabs, .actions, .unseen'))
  .map(e => e.outerHTML.slice(0, 90))"""
FOCUSED = """() => { const e = document.activeElement;
  return e ? (e.getAttribute('aria-label') || e.innerText || '').trim().replace(/\\s+/g, ' ') : '' }"""


OFFERED = """name => [...document.querySelectorAll('button, summary, a')].some(e =>
  (e.getAttribute('aria-label') || e.innerText || '').trim().replace(/\\s+/g, ' ') === name)"""


def reach(page, name):
    """Press Tab until the control with this name has the focus."""
    for _ in range(90):
        if page.evaluate(FOCUSED) == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{name} cannot be reached; at {page.evaluate(FOCUSED)}")


def test_a_whole_meeting_is_chaired_by_keyboard_alone(conference, served, visit):
    page = visit("head-jp")

    def press(name, act_name):
        before = acts_recorded(served).count(act_name)
        until(lambda: page.evaluate(OFFERED, name))
        reach(page, name)
        page.keyboard.press("Enter")
        until(lambda: acts_recorded(served).count(act_name) == before + 1)
        until(lambda: not page.locator("form[data-busy]").count())

    def unfold(name):
        until(lambda: page.evaluate(OFFERED, name))
        reach(page, name)
        page.keyboard.press("Enter")

    press("Open the meeting", "meeting.opened")
    press("Open the first item", "item.opened")
    conference("kz", "floor.requested")
    press("Give the floor to Kazakhstan", "floor.given")
    page.get_by_role("button", name="One minute more").wait_for()
    press("One minute more", "floor.extended")
    press("One minute more", "floor.extended")
    press("End Kazakhstan’s turn", "floor.ended")
    press("Close the list", "list.closed")
    unfold("Meeting")
    press("Suspend the meeting", "meeting.suspended")
    press("Resume the meeting", "meeting.resumed")
    reach(page, "Record")
    page.keyboard.press("ArrowRight")
    while page.evaluate(FOCUSED) != "Agenda and time":
        page.keyboard.press("ArrowRight")
    press("Open item 2, On trade", "item.opened")
    page.locator(".agenda .is-now", has_text="On trade").wait_for()
    unfold("Call upon a delegation")
    reach_field = page.locator("#call-delegation")
    while not reach_field.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("Uzb")
    press("Give the floor", "floor.given")
    page.get_by_role("button", name="One minute more").wait_for()
    unfold("Meeting")
    unfold("Close the meeting")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The meeting is closed").wait_for()
    assert acts_recorded(served).count("meeting.closed") == 1
    with served.app.database.reading() as session:
        speakers = [
            entry.body["delegation"] for entry in entries_after(session, 0, limit=1000) if entry.act == "floor.given"
        ]
    assert speakers == ["KZ", "UZ"]


def test_the_floor_is_announced_and_the_record_grows(conference, served, visit):
    conference("chair", "meeting.opened")
    conference("chair", "item.opened", item="health")
    kazakh, uzbek = visit("head-kz"), visit("head-uz")
    conference("adviser-kz", "statement.filed", item="health", title="Remarks", text="As prepared")
    kazakh.get_by_role("button", name="Ask for the floor").click()
    kazakh.get_by_role("button", name="Withdraw my request").wait_for()
    assert kazakh.evaluate(FOCUSED) == "Withdraw my request", "the focus stays on the button"
    conference("chair", "floor.given", delegation="KZ", seconds=600)
    for page, words in ((kazakh, "You have the floor."), (uzbek, "Kazakhstan has the floor.")):
        until(lambda page=page, words=words: page.locator("[data-said] p").last.text_content() == words)
        page.locator("[data-thread] li").first.get_by_text("Kazakhstan has the floor.").wait_for()
        assert page.locator(".tile[data-large]").get_attribute("data-delegation") == "KZ"
        page.get_by_role("link", name="Remarks").wait_for()
    clock = uzbek.locator(".now [data-clock]")
    first_reading = clock.text_content()
    until(lambda: clock.text_content() != first_reading)
    number = conference.last.entry.number
    conference("note-taker", "summary.noted", given_entry=number, text="Thanks the chair.")
    uzbek.locator(f"[data-number='{number}'] .summary").get_by_text("Thanks the chair.").wait_for()


def test_an_outdated_page_gets_a_visible_refusal_and_typed_text_stays(conference, visit):
    conference("chair", "meeting.opened")
    conference("chair", "item.opened", item="health")
    conference("kz", "floor.requested")
    stale = visit("head-jp")
    stale.route("**/room/panels/**", lambda route: route.abort())
    conference("chair", "floor.given", delegation="UZ")
    stale.get_by_role("button", name="Give the floor to Kazakhstan").click()
    stale.get_by_role("alert").get_by_text("Look again and decide again").wait_for()
    writer = visit("head-tj")
    writer.get_by_role("tab", name="Statements").click()
    writer.get_by_text("File a statement").first.click()
    writer.locator("#file-text").fill("Half a sentence")
    conference("kz", "floor.requested", kind="point-of-order")
    conference("chair", "item.opened", item="trade")
    writer.get_by_text("The chair opens the item").first.wait_for()
    writer.wait_for_timeout(400)
    assert writer.locator("#file-text").input_value() == "Half a sentence"
    writer.locator("#file-title").evaluate("e => { e.removeAttribute('required') }")
    writer.get_by_role("button", name="File the statement").click()
    writer.locator("#file-title-fault").wait_for()
    assert writer.evaluate("document.activeElement.id") == "file-title"
    assert writer.locator("#file-text").input_value() == "Half a sentence"


def test_open_folds_and_unfinished_forms_stay_when_parts_are_drawn_again(conference, visit):
    conference("chair", "meeting.opened")
    conference("chair", "item.opened", item="health")
    chair = visit("head-jp")
    chair.get_by_text("Put a delegation on the list").click()
    chair.locator("#behalf-kind").select_option("reply")
    chair.locator("#chair-more > summary").click()
    assert chair.locator("#chair-more").get_attribute("open") is not None
    conference("adviser-kz", "statement.filed", item="health", title="Remarks", text="As prepared\n\nand read")
    conference("chair", "floor.given", delegation="KZ")
    conference("chair", "floor.ended")
    conference("chair", "floor.given", delegation="UZ")
    chair.get_by_role("button", name="End Uzbekistan").wait_for()
    assert chair.locator("#behalf-kind").input_value() == "reply", "the choice stays"
    assert chair.evaluate("[...document.querySelectorAll('#behalf, #chair-more')].map(e => e.open)") == [True, True]

    reader = visit("head-kz")
    reader.get_by_role("tab", name="Statements").click()
    reader.locator(".statement summary").first.click()
    reader.get_by_text("File a statement").first.click()
    reader.locator("#file-title").fill("Closing remarks")
    text = reader.locator("#file-text")
    text.fill("Half a sentence")
    text.evaluate("e => { e.setSelectionRange(5, 6); e.marked = true }")
    reader.locator("#tab-statements").evaluate("e => { e.scrollTop = 30 }")
    place = text.bounding_box()["y"]
    conference("uz", "statement.filed", item="trade", title="On trade", text="Wells")
    conference("chair", "item.opened", item="trade")
    conference("chair", "floor.given", delegation="UZ")
    reader.locator(".statement", has_text="On trade").wait_for()
    assert text.input_value() == "Half a sentence"
    assert text.evaluate("e => [e.marked, e === document.activeElement, e.selectionStart, e.selectionEnd]") == [
        True, True, 5, 6,
    ]  # fmt: skip
    assert reader.locator("#file-item").input_value() == "health", "a form in use is not changed"
    assert reader.evaluate("[...document.querySelectorAll('#file, .statement:has(h3) details')].map(e => e.open)") == [
        False, True, True,
    ]  # fmt: skip
    assert abs(text.bounding_box()["y"] - place) < 2, "the text does not move on the screen"

    # While one writes a pledge, another pledge is made: the fold stays open and the text stays.
    reader.get_by_role("tab", name="Outcomes").click()
    fold = reader.locator("details", has=reader.locator("form[action$='pledge.made']")).first
    fold.locator("summary").first.click()
    reader.locator("#n-pledge-made-title").fill("Two hund")
    conference("uz", "pledge.made", title="Forty ventilators", to=["KG"])
    reader.locator("article.outcome", has_text="Forty ventilators").wait_for()
    assert fold.evaluate("e => e.open")
    assert reader.locator("#n-pledge-made-title").input_value() == "Two hund"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440, 320])
def test_axe_finds_nothing_in_the_room(conference, visit, width, scheme):
    size = {"viewport": {"width": width, "height": 860}, "color_scheme": scheme}
    page = visit("head-jp", **size)
    assert violations(page) == []
    conference("chair", "meeting.opened")
    conference("chair", "item.opened", item="health")
    conference("kz", "statement.filed", item="health", title="Remarks", text="As prepared")
    conference("chair", "floor.given", delegation="KZ")
    conference("uz", "floor.requested", kind="question")
    conference("tj", "floor.requested", kind="point-of-order")
    page.get_by_role("button", name="Give the floor to Tajikistan").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    for tab in page.get_by_role("tab").all():
        tab.evaluate("element => element.click()")
        assert violations(page) == []
    assert page.evaluate(WIDER) == [], "nothing is wider than the screen"
    conference("chair", "meeting.closed")
    page.get_by_role("heading", name="The meeting is closed").wait_for()
    assert violations(page) == []


def violations(page):
    """The violations that axe-core reports, shortened."""
    page.add_script_tag(path=str(AXE))
    report = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (
            violation["id"],
            [node["html"][:160] for node in violation["nodes"]][:3],
            violation["nodes"][0]["failureSummary"][:300],
        )
        for violation in report["violations"]
    ]
