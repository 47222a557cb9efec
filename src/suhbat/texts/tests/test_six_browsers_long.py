"""Six browsers negotiate the long texts: a declaration in three languages, and a plan with two hundred proposals.

Every delegation types proposals and notes and taps answers in its own page, six acts and more; the chair takes in,
merges, sets aside and puts under silence by clicking. Of the plan's two hundred proposals thirty are typed, and of the
declaration's eighty versions six: the others are sent from within the same pages, by the forms that stand there.
"""

from datetime import UTC, datetime, timedelta

import pytest
from scripts.negotiations_of_the_data import example

from suhbat.ground.text_languages import own_name
from suhbat.texts.models import Proposal
from suhbat.texts.tests.browser_negotiators import (
    PROPOSE_ALL,
    SIX,
    Head,
    adopt,
    bring_to_an_end,
    label_of,
    live,
    negotiation,
    sign,
    verify_offline,
)

pytestmark = pytest.mark.browser


# Two minutes. `test_six_browsers` and the summit go the same way in one language.
@pytest.mark.long
def test_six_browsers_agree_a_declaration_in_three_languages_while_one_is_away(
    served, chromium, convene, tmp_path, capsys
):
    played = example("joint-declaration")
    with negotiation(served, chromium, convene, played, languages=["ru", "ja"]) as (table, people):
        for state in SIX:
            people[state].to_text()

        # One delegation's line is cut; the others propose, note and answer meanwhile.
        away = people["TM"]
        away.context.set_offline(True)
        for move in played.moves:
            if move.by != "TM":
                people[move.by].propose(move.label, move.wording)
        for state in SIX:
            if state != "TM":
                people[state].note("5", "We wait for the figures.")
                assert people[state].answer(4) == 4
        assert not any("[" in line for line in away.brackets())
        away.context.set_offline(False)
        fifth = away.page.locator(f"#p-{table.paragraph('5').id}")
        for holder in ("Japan", "Uzbekistan"):
            fifth.get_by_text(holder).first.wait_for()
        witness = people["KZ"]
        witness.to_text()
        away.page.wait_for_function("count => document.querySelectorAll('#text .br').length === count",
                                    arg=witness.page.locator("#text .br").count())  # fmt: skip
        assert away.brackets() == witness.brackets()
        for move in played.moves:
            if move.by == "TM":
                away.propose(move.label, move.wording)
        away.note("2", "Neutrality is in our constitution.")
        assert away.answer(4) == 4

        bring_to_an_end(table, people, by_hand=9)

        # The chair's translators write the two other languages; Kazakhstan confirms them.
        for language, wordings in played.versions.items():
            translate(people, language, wordings)

        people["chair"].put_under_silence(datetime.now(UTC) + timedelta(days=3))
        people["UZ"].break_silence("21")
        for state in SIX:
            people[state].keep_passkey()
        adopt(table, people)
        sign(people)
        signed = verify_offline(people, tmp_path / "declaration.json", capsys)
        assert set(signed["document"]["versions"]) == {"ru", "ja"}


# Three minutes. `test_examples` plays the same plan by acts; the other tests with six browsers show the same pages.
@pytest.mark.long
def test_six_browsers_bring_a_plan_with_two_hundred_proposals_to_signature(served, chromium, convene, tmp_path, capsys):
    played = example("action-plan")
    with negotiation(served, chromium, convene, played) as (table, people):
        ids = {label: table.paragraph(label).id for label in {move.label for move in played.moves}}
        own = {state: [move for move in played.moves if move.by == state] for state in SIX}
        for state in SIX:
            people[state].keep_passkey()
            people[state].to_text()

        # Each types five proposals; one is away while the others do.
        away = people["KG"]
        away.context.set_offline(True)
        for state in SIX:
            if state != "KG":
                for move in own[state][:5]:
                    people[state].propose(move.label, move.wording)
                people[state].note("3", "To be checked with the ministry of finance.")
        away.context.set_offline(False)
        away.page.locator("#points .point").nth(4).wait_for()
        for move in own["KG"][:5]:
            away.propose(move.label, move.wording)

        # All others at once, with everybody's text live on the screen.
        for state in SIX:
            people[state].to_text()
        for state in SIX:
            moves = [(ids[move.label], move.wording) for move in own[state][5:]]
            inputs = {"meeting": table.meeting, "text": table.text, "moves": moves}
            people[state].page.evaluate(PROPOSE_ALL, inputs)
        for state in SIX:
            count = len(own[state]) - 5
            people[state].page.wait_for_function("count => window.sent.done === count", arg=count, timeout=60_000)
            assert people[state].page.evaluate("window.sent.refused") == []
        with served.app.database.reading() as session:
            assert session.query(Proposal).count() == len(played.moves) == 200
        chair = people["chair"]
        chair.to_text()
        for state in SIX:
            people[state].page.wait_for_function(
                "count => document.querySelectorAll('#text .br').length === count",
                arg=chair.page.locator("#text .br").count(),
            )
            assert people[state].brackets() == chair.brackets()
        for state in SIX:
            assert people[state].answer(3) == 3

        # The chair sets aside, merges and takes in; then the silence, and who breaks it.
        first, second = (label_of(table, paragraph) for paragraph, _fate, _by in [live(table)[0], live(table)[-1]])
        chair.set_aside(second, "For the next meeting of experts.")
        chair.merge(first, played.paragraphs[first] + " The experts report each year.")
        bring_to_an_end(table, people, by_hand=4)
        chair.put_under_silence(datetime.now(UTC) + timedelta(days=3))
        people["KZ"].break_silence(first)
        adopt(table, people)
        sign(people)
        verify_offline(people, tmp_path / "plan.json", capsys)


def turn_to_language(head: Head, language: str) -> None:
    head.to_text()
    head.go("Languages")
    head.go(own_name(language))


def translate(people, language: str, wordings: list[str]) -> None:
    """The title and three paragraphs are typed and confirmed by hand, the others from within the same page."""
    chair, kz = people["chair"].page, people["KZ"]
    turn_to_language(people["chair"], language)
    title = chair.locator("article.two").first
    title.locator("summary").click()
    title.get_by_label("Title", exact=True).fill(wordings[0][:40])
    with chair.expect_navigation():
        title.get_by_role("button", name="Keep the title").click()
    for n in range(3):
        article = chair.locator("article.two", has=chair.locator("textarea")).nth(n)
        article.locator("summary").click()
        article.get_by_label("Wording").fill(wordings[n])
        with chair.expect_navigation():
            article.get_by_role("button", name="Keep, following revision").click()
    areas = chair.locator("textarea[name=wording]")
    assert areas.count() == len(wordings)
    for n, wording in enumerate(wordings[3:], 3):
        areas.nth(n).evaluate("(area, words) => { area.value = words; }", wording)
    assert chair.evaluate(SEND_WRITTEN) == []
    turn_to_language(kz, language)
    for _ in range(3):
        kz.tap("It says the same: confirm")
    assert kz.send_all("form.tap", "It says the same: confirm") == len(wordings) - 2
    turn_to_language(kz, language)
    assert kz.page.locator(".pair-state .chip.kept").count() == len(wordings) + 1


SEND_WRITTEN = """async () => {
  const refused = [];
  for (const form of [...document.querySelectorAll("form.act:has(textarea)")].slice(3)) {
    const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!reply.ok) refused.push(reply.status);
  }
  return refused;
}"""
"""Send the forms of the paragraphs from the fourth on."""
