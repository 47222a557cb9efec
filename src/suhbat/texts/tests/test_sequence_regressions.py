"""Faults that random sequences of acts brought to light: each of these once went wrong."""

import pytest

from suhbat.ground.refusals import Kind
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_adopting import refused


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def redraft(table, label, wording):
    paragraph = table.paragraph(label)
    inputs = {"paragraph": paragraph.id, "seen": paragraph.changed, "wording": wording}
    return table.do("chair", "paragraph.redrafted", **inputs)


def test_a_proposal_of_a_package_that_the_text_already_meets_is_not_taken_in_again(table):
    first, second = table.propose("JP", "1", "nearly", "up to"), table.propose("JP", "2", "home", "home soon")
    table.do("JP", "package.tied", title="A deal", proposals=[first, second])
    redraft(table, "1", table.paragraph("1").wording.replace("nearly", "up to"))
    assert table.proposal(first).status == "met"
    later = "The Ministers welcomed the grant of up to 2 billion yen, with thanks."
    redraft(table, "1", later)
    table.incorporate(second)
    assert table.paragraph("1").wording == later
    assert (table.proposal(first).status, table.proposal(second).status) == ("met", "incorporated")


def test_a_proposal_taken_up_again_does_not_stand_beside_the_same_delegations_newer_one(table):
    first = table.propose("UZ", "1", "nearly", "about")
    table.do("chair", "proposal.set_aside", proposal=first, reason="Later")
    table.propose("UZ", "1", "nearly", "at least")
    table.do("chair", "proposal.taken_up", proposal=first)
    assert table.proposal(first).status == "flagged"
    assert "[UZ: at least]" in table.lines()[1]


def test_a_delegation_cannot_both_delete_a_paragraph_and_change_its_words(table):
    table.propose("KG", "2", "home.", "home. Gladly.")
    paragraph = table.paragraph("2")
    inputs = {"kind": "deletion", "paragraph": paragraph.id, "revision": paragraph.revision}
    assert refused(table.do, "KG", "proposal.made", **inputs).kind == Kind.OUT_OF_ORDER
    done = table.do("TJ", "proposal.made", **inputs)
    assert refused(table.do, "KG", "proposal.joined", proposal=done.entry.body["proposal"]).kind == Kind.OUT_OF_ORDER
    assert refused(table.propose, "TJ", "2", "home.", "home. Gladly.").kind == Kind.OUT_OF_ORDER


def test_a_delegation_asks_for_one_place_of_a_paragraph(table):
    paragraph = table.paragraph("3")
    inputs = {"kind": "move", "paragraph": paragraph.id, "revision": paragraph.revision}
    done = table.do("KG", "proposal.made", after=table.paragraph("1").id, **inputs)
    assert refused(table.do, "KG", "proposal.made", after=None, **inputs).kind == Kind.OUT_OF_ORDER
    table.do("UZ", "proposal.made", after=None, **inputs)
    other = done.entry.body["proposal"]
    assert refused(table.do, "UZ", "proposal.joined", proposal=other).kind == Kind.OUT_OF_ORDER
    table.do("chair", "proposal.set_aside", proposal=other, reason="Later")
    table.do("KG", "proposal.made", after=table.paragraph("2").id, **inputs)
    assert refused(table.do, "chair", "proposal.taken_up", proposal=other).kind == Kind.OUT_OF_ORDER


def test_wordings_that_follow_the_base_leave_no_space_at_the_end(table):
    name = table.propose("TJ", "3", "meet again", "meet soon")
    redraft(table, "3", "They will meet again")
    assert table.proposal(name).wording == "They will meet soon"
    name = table.propose("KZ", "2", "to return home.", "")
    redraft(table, "2", "to return home.")
    assert table.proposal(name).status == "flagged", "to leave the paragraph out is another wish"


def test_a_paragraph_that_was_struck_cannot_be_joined_to_the_next(table):
    paragraph = table.paragraph("2")
    table.do("chair", "paragraph.redrafted", paragraph=paragraph.id, seen=paragraph.changed, strike=True)
    inputs = {"kind": "merge", "paragraph": paragraph.id, "revision": 2, "wording": "Both as one."}
    assert refused(table.do, "KZ", "proposal.made", **inputs).kind == Kind.OUT_OF_ORDER


def test_new_paragraphs_at_the_end_stand_in_protocol_order_whoever_came_first(table):
    for state in ("UZ", "JP", "KZ"):
        table.do(state, "proposal.made", kind="addition", wording=f"{state} adds this.")
    assert [line.partition("[")[2][:2] for line in table.lines()[-3:]] == ["JP", "KZ", "UZ"]


def test_the_text_as_a_delegation_proposes_it_has_paragraphs_where_that_delegation_puts_them(
    sitting, app, convene, signed_in
):
    table = Table(app, convene(app))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    paragraph = table.paragraph("3")
    inputs = {"kind": "move", "paragraph": paragraph.id, "revision": paragraph.revision, "after": None}
    table.do("KZ", "proposal.made", **inputs)
    page, browser = f"/meetings/{table.meeting}/texts/{table.text}?view=as&as=", signed_in("uz")
    assert browser.get(page + "KZ").text.index("They will meet") < browser.get(page + "KZ").text.index("Recalling")
    assert browser.get(page + "UZ").text.index("They will meet") > browser.get(page + "UZ").text.index("Recalling")


def test_a_move_to_a_place_after_a_moving_paragraph_is_exported_as_a_comment(table):
    from suhbat.texts.tests.test_word import exported, plan_of

    first, second, third = (table.paragraph(label) for label in ("1", "2", "3"))
    for paragraph, after in ((first, second), (second, third)):
        inputs = {"kind": "move", "paragraph": paragraph.id, "revision": 1, "after": after.id}
        table.do("KZ", "proposal.made", **inputs)
    plan = plan_of(table, exported(table), "KZ")
    assert (plan.intents, plan.unplaced) == ([], [])


def test_a_proposal_goes_with_its_words_when_its_paragraph_is_split(table):
    words = "They agreed to help each other. They will share what they know."
    redraft(table, "2", words)
    stays = table.propose("JP", "2", "agreed", "decided")
    goes = table.propose("KZ", "2", "what they know", "all that they know")
    torn = table.propose("TJ", "2", "other. They", "other, and")
    table.answer("UZ", goes, "supports")
    redraft(table, "2", "They agreed to help each other.\n\nThey will share what they know.")
    assert table.lines()[2] == "2. They [agreed] [JP: decided] to help each other."
    assert "[KZ: all that]" in table.lines()[3]
    second = table.paragraph("3")
    assert table.proposal(goes).paragraph == second.id
    assert table.proposal(goes).wording == "They will share all that they know."
    assert (table.proposal(stays).status, table.proposal(torn).status) == ("open", "flagged")
    assert table.proposal(torn).paragraph == table.paragraph("2").id
    table.incorporate(goes)
    assert table.paragraph("3").wording == "They will share all that they know."
