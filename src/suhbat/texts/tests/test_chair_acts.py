"""Acts of the chair around a text: a question put off, a package untied, a paragraph added and called up."""

import pytest

from suhbat.texts.tests.negotiating_table import Table


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def test_the_chair_puts_the_question_off_and_drafting_goes_on(table):
    table.do("chair", "adoption.asked")
    table.do("chair", "adoption.put_off")
    assert table.state().status == "drafting"
    table.propose("KZ", "1", "nearly", "up to")


def test_a_package_is_untied_and_its_proposals_are_taken_in_one_by_one(table):
    first = table.propose("JP", "1", "nearly", "up to")
    second = table.propose("JP", "3", "in 2021", "in 2021 in Tokyo")
    package = table.do("JP", "package.tied", title="Amount for place", proposals=[first, second]).entry.body["package"][
        "id"
    ]
    table.do("JP", "package.untied", package=package)
    table.incorporate(first)
    assert (table.proposal(first).status, table.proposal(second).status) == ("incorporated", "open")


def test_the_drafter_adds_a_paragraph_and_the_chair_calls_it_up(table):
    table.do("chair", "paragraph.added", paragraphs="4. They thanked the chair.")
    added = table.paragraph("4")
    assert added.wording == "They thanked the chair."
    done = table.do("chair", "text.discussed", paragraph=added.id)
    assert done.entry.body["paragraph"] == added.id
    table.do("chair", "text.discussed")
