"""Six browsers negotiate a chair's statement to adoption and signature; one loses its line, one breaks silence."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from suhbat.texts.examples import example
from suhbat.texts.models import Proposal
from suhbat.texts.tests.heads import SIX, adopt_and_sign, negotiation, verify_offline

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(served, chromium, convene):
    played = example("chairs-statement")
    with negotiation(served, chromium, convene, played) as (table, people):
        yield table, people, played


def test_six_browsers_negotiate_adopt_and_sign(served, stage, tmp_path, capsys):
    table, people, played = stage
    address = f"/meetings/{table.meeting}/texts/{table.text}"
    for state in SIX:
        people[state].keep_passkey()
        people[state].page.goto(address)

    # Each delegation proposes in its own browser; the others see the brackets without touching theirs.
    watcher = people["TJ"].page
    away = people["KG"]
    for n, move in enumerate(played.moves[:8]):
        if move.by in {"TJ", "KG"}:
            continue
        paragraph = table.paragraph(move.label).id
        people[move.by].propose(f"{address}/p/{paragraph}", move.wording)
        watcher.locator(f"#p-{paragraph} .br-tag", has_text=move.by).first.wait_for()
        if n == 0:
            away.context.set_offline(True)  # the line of one delegation is cut
    time.sleep(3)
    away.context.set_offline(False)
    away.page.locator(f"#p-{table.paragraph('3').id} .br-tag", has_text="UZ").first.wait_for()
    away.page.locator("#points .point").nth(4).wait_for()  # all five are there, without a touch

    # All answer on their telephones, one tap each.
    assert sum(people[state].answer_all(address) for state in SIX) > 15

    # The chair takes what is ready; what rests on words that went is given up by its holders.
    chair = people["chair"]
    for _ in range(20):
        with served.house.database.reading() as session:
            rows = session.query(Proposal).filter(Proposal.state.in_(("open", "flagged"))).order_by(Proposal.number)
            live = [(each.paragraph, each.state, each.by) for each in rows]
        if not live:
            break
        paragraph, state, by = live[0]
        if state == "flagged":
            people[by].answer_all(address)
            continue
        chair.page.goto(f"{address}/p/{paragraph}")
        with chair.page.expect_navigation():
            chair.press("Take into the text")

    # Silence, broken with one tap at the paragraph.
    deadline = datetime.now(UTC).astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(days=3)
    table.do("chair", "silence.started", deadline=deadline.strftime("%Y-%m-%dT%H:%M"))
    page = people["TM"].page
    page.goto(address)
    paragraph = page.locator(f"#p-{table.paragraph('3').id}")
    with page.expect_navigation():
        paragraph.get_by_role("button", name="Break the silence").click()
    assert "under negotiation" in page.content()

    adopt_and_sign(table, people, address)
    verify_offline(people, address, tmp_path / "signed.json", capsys)


def test_nothing_in_the_pages_stands_in_the_way_of_a_screen_reader(stage):
    table, people, _played = stage
    table.propose("JP", "3", "nearly", "up to")
    table.propose("KG", "7", "every month", "every week")
    address = f"/meetings/{table.meeting}/texts/{table.text}"
    axe = Path("node_modules/axe-core/axe.min.js").read_text()
    for who, path in (
        ("KZ", ""), ("KZ", f"/p/{table.paragraph('3').id}"), ("chair", "/board"), ("chair", "/changes"),
        ("chair", "/copies"), ("chair", f"/p/{table.paragraph('7').id}"),
    ):  # fmt: skip
        page = people[who].page
        page.goto(address + path)
        page.evaluate(axe)
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]] == []
