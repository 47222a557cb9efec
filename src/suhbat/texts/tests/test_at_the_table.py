"""What the chair and the delegations do around a text: call up, add, untie, put off."""

import pytest

from suhbat.texts.tests.table import Table


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def test_the_chair_puts_the_question_off_and_drafting_goes_on(table):
    table.do("chair", "adoption.asked")
    table.do("chair", "adoption.put_off")
    assert table.state().state == "drafting"
    table.propose("KZ", "1", "nearly", "up to")


def test_a_package_is_taken_apart_and_its_proposals_stand_for_themselves(table):
    one = table.propose("JP", "1", "nearly", "up to")
    two = table.propose("JP", "3", "in 2021", "in 2021 in Tokyo")
    tied = table.do("JP", "package.tied", title="Amount for place", proposals=[one, two]).entry.body["package"]["id"]
    table.do("JP", "package.untied", package=tied)
    table.incorporate(one)
    assert (table.proposal(one).state, table.proposal(two).state) == ("incorporated", "open")


def test_the_drafter_adds_a_paragraph_and_the_chair_calls_it_up(table):
    table.do("chair", "paragraph.added", paragraphs="4. They thanked the chair.")
    added = table.paragraph("4")
    assert added.wording == "They thanked the chair."
    done = table.do("chair", "text.discussed", paragraph=added.id)
    assert done.entry.body["paragraph"] == added.id
    table.do("chair", "text.discussed")
