"""Six browsers negotiate the long texts: a declaration in three languages, and a plan with two hundred proposals."""

import time

import pytest

from suhbat.texts.examples import example
from suhbat.texts.models import Proposal
from suhbat.texts.tests.heads import SIX, adopt_and_sign, negotiation, verify_offline

pytestmark = pytest.mark.browser

PROPOSE_ALL = """({ meeting, text, moves }) => {
  window.sent = { done: 0, refused: [] };
  (async () => {
    for (const [paragraph, wording] of moves) {
      const body = new URLSearchParams({ key: crypto.randomUUID(), meeting, text, paragraph, revision: "1", wording });
      const reply = await fetch("/acts/proposal.made", { method: "POST", body });
      if (!reply.ok) window.sent.refused.push([reply.status, wording]);
      window.sent.done += 1;
    }
  })();
}"""
"""Propose one thing after the other, as the form of the paragraph's page does."""

TAKE_ALL = """async (address) => {
  const refused = [];
  for (let n = 0; n < 20; n += 1) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const form = page.querySelector("form[action$='/acts/proposal.incorporated']");
    if (!form) break;
    const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!reply.ok) refused.push(reply.status);
  }
  return refused;
}"""
"""Take all that stands open in a paragraph into the text, as tapping its buttons one by one does."""


def test_six_browsers_agree_a_declaration_in_three_languages_while_one_is_away_for_a_minute(
    served, chromium, convene, tmp_path, capsys
):
    played = example("joint-declaration")
    with negotiation(served, chromium, convene, played, languages=["ru", "ja"]) as (table, people):
        address = f"/meetings/{table.meeting}/texts/{table.text}"
        for state in SIX:
            people[state].keep_passkey()
            people[state].page.goto(address)

        # One delegation's line is cut for a minute; the others propose meanwhile.
        away = people["TM"]
        away.context.set_offline(True)
        cut = time.monotonic()
        for move in played.moves:
            if move.by != "TM":
                people[move.by].propose(f"{address}/p/{table.paragraph(move.label).id}", move.wording)
        assert not any("[" in line for line in away.brackets())
        time.sleep(max(0.0, 60 - (time.monotonic() - cut)))
        away.context.set_offline(False)
        fifth = away.page.locator(f"#p-{table.paragraph('5').id}")
        for holder in ("Japan", "Uzbekistan"):
            fifth.get_by_text(holder).first.wait_for()
        seen = people["KZ"]
        seen.page.goto(address)
        away.page.wait_for_function("count => document.querySelectorAll('#text .br').length === count",
                                    arg=seen.page.locator("#text .br").count())  # fmt: skip
        assert away.brackets() == seen.brackets()
        for move in played.moves:
            if move.by == "TM":
                away.propose(f"{address}/p/{table.paragraph(move.label).id}", move.wording)

        _bring_to_an_end(served, table, people, address)

        # The chair's translators write the two other languages; Kazakhstan confirms them.
        for language, wordings in played.versions.items():
            beside = f"{address}/languages?to={language}"
            people["chair"].page.goto(beside)
            areas = people["chair"].page.locator("textarea[name=wording]")
            assert areas.count() == len(wordings)
            for n, wording in enumerate(wordings):
                areas.nth(n).evaluate("(area, words) => { area.value = words; }", wording)
            people["chair"].page.evaluate(
                "async () => { for (const form of document.querySelectorAll('form.act'))"
                " await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }); }"
            )
            assert people["KZ"].send_all(beside, "form.tap", "It says the same: confirm") == len(wordings)
            people["KZ"].page.goto(beside)
            assert people["KZ"].page.locator(".pair-state .chip.kept").count() == len(wordings)

        adopt_and_sign(table, people, address)
        signed = verify_offline(people, address, tmp_path / "declaration.json", capsys)
        assert set(signed["document"]["versions"]) == {"ru", "ja"}


def test_six_browsers_bring_a_plan_with_two_hundred_proposals_to_signature(served, chromium, convene, tmp_path, capsys):
    played = example("action-plan")
    with negotiation(served, chromium, convene, played) as (table, people):
        address = f"/meetings/{table.meeting}/texts/{table.text}"
        ids = {label: table.paragraph(label).id for label in {move.label for move in played.moves}}
        for state in SIX:
            people[state].keep_passkey()
            people[state].page.goto(address)

        # All propose at once, each from the own browser, with everybody's text live on the screen.
        for state in SIX:
            moves = [(ids[move.label], move.wording) for move in played.moves if move.by == state]
            wish = {"meeting": table.meeting, "text": table.text, "moves": moves}
            people[state].page.evaluate(PROPOSE_ALL, wish)
        for state in SIX:
            count = sum(move.by == state for move in played.moves)
            people[state].page.wait_for_function("count => window.sent.done === count", arg=count, timeout=60_000)
            assert people[state].page.evaluate("window.sent.refused") == []
        with served.house.database.reading() as session:
            assert session.query(Proposal).count() == len(played.moves) == 200
        fresh = people["chair"]
        fresh.page.goto(address)
        for state in SIX:
            people[state].page.wait_for_function(
                "count => document.querySelectorAll('#text .br').length === count",
                arg=fresh.page.locator("#text .br").count(),
            )
            assert people[state].brackets() == fresh.brackets()

        _bring_to_an_end(served, table, people, address)
        adopt_and_sign(table, people, address)
        verify_offline(people, address, tmp_path / "plan.json", capsys)


def _bring_to_an_end(served, table, people, address: str) -> None:
    """The chair takes into the text what can be taken; holders give up what rests on words that went."""
    for _ in range(60):
        with served.house.database.reading() as session:
            rows = session.query(Proposal).filter(Proposal.state.in_(("open", "flagged"))).order_by(Proposal.number)
            live = [(each.paragraph, each.state, each.by) for each in rows]
        if not live:
            return
        for state in SIX:
            if any(fate == "flagged" and by == state for _paragraph, fate, by in live):
                people[state].send_all(address, "#points form.tap", "Nothing: withdraw")
        chair, ready = people["chair"], list(dict.fromkeys(each[0] for each in live if each[1] == "open"))
        for paragraph in ready[:3]:
            chair.page.goto(f"{address}/p/{paragraph}")
            while chair.page.get_by_role("button", name="Take into the text", exact=True).count():
                chair.tap("Take into the text")
        for paragraph in ready[3:]:
            assert chair.page.evaluate(TAKE_ALL, f"{address}/p/{paragraph}") == []
    pytest.fail("the negotiation does not come to an end")
