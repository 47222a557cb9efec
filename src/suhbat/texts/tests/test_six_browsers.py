"""Six browsers negotiate a chair's statement, all by typing and tapping: adopted by silence at its deadline, signed.

Nothing is sent but by the forms and buttons of the pages. One delegation is away from the network meanwhile; one
breaks the first silence; nobody breaks the second, and the deadline passes before everybody's eyes.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scripts.negotiations_of_the_data import example

from suhbat.ground.clock import stamp
from suhbat.texts.tests.browser_negotiators import SIX, label_of, live, negotiation, sign, verify_offline

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(served, chromium, convene):
    played = example("chairs-statement")
    with negotiation(served, chromium, convene, played) as (table, people):
        yield table, people, played


def test_six_browsers_negotiate_a_statement_that_is_adopted_by_silence(stage, tmp_path, capsys):
    table, people, played = stage
    chair, away, watcher = people["chair"], people["KG"], people["TJ"]
    for state in SIX:
        people[state].to_text()

    # One delegation's line is cut. The others type what they want, note what it means, and answer.
    away.context.set_offline(True)
    for move in played.moves:
        if move.by not in {"KG", "TJ"}:
            people[move.by].propose(move.label, move.wording)
            watcher.page.locator(f"#p-{table.paragraph(move.label).id} .br-tag", has_text=move.by).first.wait_for()
    for state in SIX:
        if state != "KG":
            people[state].note("3", f"The capital of {state} has no instructions on the amount yet.")
            assert people[state].answer(5) == 5
    for move in played.moves:
        if move.by == "TJ":
            watcher.propose(move.label, move.wording)
    people["TM"].leave_out("10")
    assert not any("[" in line for line in away.brackets())

    # It comes back, sees everything without reloading, and catches up.
    away.context.set_offline(False)
    away.page.locator("#points .point").nth(4).wait_for()
    people["JP"].to_text()
    away.page.wait_for_function("count => document.querySelectorAll('#text .br').length === count",
                                arg=people["JP"].page.locator("#text .br").count())  # fmt: skip
    assert away.brackets() == people["JP"].brackets()
    for move in played.moves:
        if move.by == "KG":
            away.propose(move.label, move.wording)
    away.note("4", "District hospitals are what matters to us.")
    assert away.answer(5) == 5

    # The chair sets one aside, merges three into one wording, and takes in what is ready.
    chair.set_aside("10", "Trade in medical goods was asked for by four capitals.")
    chair.merge("3", played.paragraphs["3"].replace("nearly", "up to").replace("equipment", "equipment and training"))
    clean_up(table, people)

    # The first silence is broken with one tap at a paragraph; the text is mended.
    chair.put_under_silence(datetime.now(UTC) + timedelta(days=3))
    people["TM"].break_silence("4")
    people["TM"].propose("4", "They agreed that the equipment should reach all hospitals before the end of 2020.")
    chair.take("4")

    # Nobody breaks the second: while the heads look for their passkeys it ends, and everyone on the page sees it.
    deadline = (datetime.now(UTC) + timedelta(seconds=45)).replace(microsecond=0)
    chair.put_under_silence(deadline)
    people["KZ"].keep_passkey()
    people["KZ"].to_text()
    people["KZ"].page.get_by_role("heading", name="Under silence", exact=True).wait_for()
    for state in SIX:
        if state != "KZ":
            people[state].keep_passkey()
    people["KZ"].page.locator(".text-head").get_by_text("by silence").wait_for(timeout=75_000)
    text = table.state()
    assert (text.status, text.adopted, text.adopted_by) == ("adopted", stamp(deadline), "silence")

    sign(people)
    signed = verify_offline(people, tmp_path / "signed.json", capsys)
    wordings = [paragraph["wording"] for paragraph in signed["document"]["paragraphs"]]
    assert "They agreed that the equipment should reach all hospitals before the end of 2020." in wordings


def clean_up(table, people) -> None:
    """The chair takes in what can be taken; holders of proposals on replaced words withdraw them with a tap."""
    for _ in range(12):
        standing = live(table)
        for paragraph in dict.fromkeys(paragraph for paragraph, state, _by in standing if state == "open"):
            people["chair"].take(label_of(table, paragraph))
        for state in sorted({by for _paragraph, fate, by in live(table) if fate == "flagged"}):
            people[state].to_text()
            people[state].tap("Nothing: withdraw")
    assert live(table) == []


def test_the_pages_are_accessible_to_screen_readers(stage):
    table, people, _played = stage
    table.propose("JP", "3", "nearly", "up to")
    table.propose("KG", "7", "every month", "every week")
    address = f"{people['KZ'].url}/meetings/{table.meeting}/texts/{table.text}"
    axe = Path("node_modules/axe-core/axe.min.js").read_text()
    for name, path in (
        ("KZ", ""), ("KZ", f"/p/{table.paragraph('3').id}"), ("chair", "/board"), ("chair", "/changes"),
        ("chair", "/copies"), ("chair", f"/p/{table.paragraph('7').id}"),
        ("KZ", f"/p/{table.paragraph('Title').id}"), ("KZ", "/alternat"),
        ("UZ", "?view=clean"), ("UZ", "?view=as&as=JP"),
    ):  # fmt: skip
        page = people[name].page
        page.goto(address + path)  # (it only looks at pages)
        page.evaluate(axe)
        report = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        assert [(violation["id"], violation["nodes"][0]["html"][:120]) for violation in report["violations"]] == []
