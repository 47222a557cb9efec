"""A new user: on a telephone with one thumb, and with only a keyboard and a screen reader."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from scripts.negotiations_of_the_data import example

from suhbat.texts.tests.browser_negotiators import SIX, negotiation

pytestmark = pytest.mark.browser

BUTTON_PLACE = """([within, name]) => {
  const buttons = [...document.querySelectorAll(`${within} button, ${within} a.button`)];
  const button = buttons.find((element) => element.textContent.startsWith(name));
  const down = button.getBoundingClientRect().top + scrollY;
  button.scrollIntoView({ block: "center" });
  const at = button.getBoundingClientRect();
  const top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
  return { down, left: at.left, right: at.right, width: at.width, height: at.height, free: button.contains(top),
           wide: document.documentElement.scrollWidth };
}"""
"""Where a button is, and whether anything lies over it when it has been scrolled to."""


def within_reach(page, within: str, name: str) -> float:
    """A thumb of 44 points finds it on a screen of 390 without moving sideways; how far down it stands."""
    place = page.evaluate(BUTTON_PLACE, [within, name])
    assert place["free"], "something lies over it"
    assert place["wide"] <= 390
    assert place["left"] >= 0
    assert place["right"] <= 390
    assert min(place["width"], place["height"]) >= 44
    return float(place["down"])


@pytest.fixture
def stage(served, chromium, convene):
    with negotiation(served, chromium, convene, example("chairs-statement")) as (table, people):
        for state, label, old, new in (
            ("JP", "3", "nearly", "up to"), ("KG", "7", "every month", "every week"), ("UZ", "3", "nearly", "at least"),
        ):  # fmt: skip
            table.propose(state, label, old, new)
        yield table, people


def put_under_silence(table) -> None:
    for proposal in [row.id for row in _live(table)]:
        table.do("chair", "proposal.set_aside", proposal=proposal, reason="For another day")
    deadline = datetime.now(UTC).astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(days=3)
    table.do("chair", "silence.started", deadline=deadline.strftime("%Y-%m-%dT%H:%M"), certain=True)


def _live(table):
    from suhbat.texts.models import Proposal

    with table.app.database.reading() as session:
        return session.query(Proposal).filter(Proposal.status == "open").all()


def test_three_answers_are_three_taps_on_a_telephone_and_a_silence_is_broken_with_a_reason(stage):
    table, people = stage
    head, taps = people["KZ"], 0
    page = head.page
    head.to_text()
    assert page.get_by_role("heading", name="3 points wait for you").is_visible()
    for answer in ("Support", "Can accept", "Reserve"):
        assert within_reach(page, "#points", answer) <= 2 * 844, "one swipe at most"
        head.tap(answer)
        taps += 1
    assert page.locator("#points").count() == 0
    assert {(position.delegation, position.stand) for position in _positions(table)} == {
        ("KZ", "supports"), ("KZ", "can-accept"), ("KZ", "reserves"),
    }  # fmt: skip

    put_under_silence(table)
    page.get_by_role("heading", name="Under silence", exact=True).wait_for()  # it appears without a reload
    paragraph = f"#p-{table.paragraph('5').id}"
    within_reach(page, paragraph, "Break the silence")
    page.locator(paragraph).get_by_role("link", name="Break the silence").click()
    head.fill_in("Reason", "Our ministry has to be asked.")
    head.tap("Break the silence")
    assert taps == 3
    assert table.state().status == "drafting"


def test_the_keyboard_alone_answers_proposes_and_breaks_the_silence(stage):
    table, people = stage
    head = people["KZ"]
    page = head.page
    head.to_own_page()
    to_text(head)
    to(page, "button", "Support")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    to(page, "button", "Object, or say more")
    page.keyboard.press("Enter")
    to(page, "textarea", "Reason")
    page.keyboard.type("The word is too strong.")
    to(page, "button", "Object")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert {position.stand for position in _positions(table)} == {"supports", "objects"}

    go(page, "Open, propose paragraph 5")
    to(page, "textarea", "The paragraph as you would have it")
    page.keyboard.press("Control+End")
    page.keyboard.type(" in good time")
    to(page, "button", "Propose")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "in good time" in {proposal.by: proposal.wording for proposal in _live(table)}["KZ"]

    put_under_silence(table)
    go(page, head.title)
    to(page, "button", "Break the silence")
    page.keyboard.press("Enter")
    to(page, "select", "At which paragraph?")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    to(page, "textarea", "Reason")
    page.keyboard.type("Our ministry has to be asked.")
    to(page, "button", "Break the silence, for all")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert table.state().status == "drafting"


def test_the_keyboard_alone_agrees_and_signs_and_it_is_spoken(stage):
    table, people = stage
    head = people["KZ"]
    head.keep_passkey()
    for proposal in [row.id for row in _live(table)]:
        table.do("chair", "proposal.set_aside", proposal=proposal, reason="For another day")
    table.do("chair", "adoption.asked")
    page = head.page
    to_text(head)
    assert page.get_by_role("heading", name="The chair asks: may the text be adopted?").is_visible()
    to(page, "button", "We agree")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for state in SIX:
        if state != "KZ":
            table.do(state, "adoption.answered", agrees=True)
    page.get_by_role("heading", name="Signatures", exact=True).wait_for()  # it appears without a reload
    signatures = page.locator("section", has=page.get_by_role("heading", name="Signatures", exact=True))
    assert "Kazakhstan not yet signed" in " ".join(signatures.inner_text().split())
    to(page, "button", "Sign with your passkey")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    spoken = " ".join(signatures.aria_snapshot().split())
    assert "Kazakhstan Head of KZ, Minister" in spoken
    assert spoken.count("not yet signed") == 5
    assert "Sign with your passkey" not in spoken


def to(page, tag: str, name: str) -> None:
    """Tab until a control with this tag (a summary counts as a button) and accessible name has the focus."""
    where = """() => { const at = document.activeElement; return [at.tagName.toLowerCase(),
      (at.labels?.[0]?.childNodes[0]?.textContent ?? at.textContent).trim().replace(/\\s+/g, " ")]; }"""
    for _ in range(150):
        page.keyboard.press("Tab")
        tag_found, name_found = page.evaluate(where)
        if name_found == name and (tag_found == tag or (tag == "button" and tag_found == "summary")):
            return
    pytest.fail(f"the keyboard does not reach {tag} {name!r}")


def go(page, name: str) -> None:
    """Follow a link by the keyboard."""
    to(page, "a", name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def to_text(head) -> None:
    """From the own page to the text, by the keyboard."""
    for name in ("To the desk Special video conference", "Texts", head.title):
        go(head.page, name)


def _positions(table):
    from suhbat.texts.models import Position

    with table.app.database.reading() as session:
        return session.query(Position).all()


def test_brackets_are_spoken_with_their_holders_and_news_is_announced(stage):
    table, people = stage
    people["KZ"].to_text()
    page = people["KZ"].page
    spoken = " ".join(page.locator(f"#p-{table.paragraph('3').id}").aria_snapshot().split())
    for phrase in ("Paragraph 3", "In brackets: nearly", "Japan would have: up to", "Uzbekistan would have: at least"):
        assert phrase in spoken
    assert spoken.index("Japan") < spoken.index("Uzbekistan")  # protocol order
    assert "[" not in spoken.split("would have")[0].split("In brackets")[-1]  # the bracket itself is for the eye
    table.propose("TM", "5", table.paragraph("5").wording, table.paragraph("5").wording + " Gladly.")
    status = page.get_by_role("status").filter(has_text="Turkmenistan proposes other words in paragraph 5")
    status.wait_for(state="attached")
