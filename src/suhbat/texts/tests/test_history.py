"""The text as it stood at any date: its words, order and numbers at that date, and what changed since."""

import pytest

from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.view.text_at_a_moment import changes_between, moments, standing_at


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def text_at(table, entry):
    with table.app.database.reading() as session:
        return standing_at(session, session.get_one(Text, table.state().id), entry)


def changes(table, old, new):
    differences = changes_between(text_at(table, old), text_at(table, new))
    return [(c.was, c.label if c.after else "", c.before[:22], c.after[:22], c.moved) for c in differences]


def steps(table):
    with table.app.database.reading() as session:
        return [moment.entry for moment in moments(session, session.get_one(Text, table.state().id))]


def move(table, label, after):
    paragraph = table.paragraph(label)
    behind = table.paragraph(after).id if after else None
    return table.do("chair", "paragraph.moved", paragraph=paragraph.id, seen=paragraph.changed, after=behind)


def test_a_date_has_the_order_and_the_numbers_of_that_date(table):
    opened = table.state().opened
    moved = move(table, "3", "PP1").entry.number
    added = table.do("chair", "paragraph.added", after=table.paragraph("2").id, paragraphs="9. New words.").entry.number
    last = table.paragraph("4")
    struck = table.do("chair", "paragraph.redrafted", paragraph=last.id, seen=last.changed, strike=True).entry.number
    assert [text_at(table, opened).wordings[name][:9] for name in text_at(table, opened).order] == [
        "Joint Sta", "Recalling", "The Minis", "They agre", "They will",
    ]  # fmt: skip
    assert steps(table) == [opened, moved, added, struck]
    assert changes(table, opened, moved) == [("3", "1", "They will meet again i", "They will meet again i", True)]
    assert changes(table, moved, added) == [("", "3", "", "New words.", False)]
    assert changes(table, added, struck) == [("4", "", "They agreed to help ea", "", False)]
    whole = changes(table, opened, struck)
    assert [(was, now) for was, now, *_ in whole] == [("3", "1"), ("2", ""), ("", "3")]
    back = changes(table, struck, opened)
    assert {(was, now) for was, now, *_ in back} == {("", "2"), ("3", ""), ("2", "1")}


def test_one_paragraph_moved_over_many_counts_as_one_move(table):
    opened = table.state().opened
    moved = move(table, "1", "3").entry.number
    assert [(was, now, there) for was, now, _, _, there in changes(table, opened, moved)] == [("1", "3", True)]


def test_a_proposed_move_counts_from_when_it_is_taken_in(table):
    paragraph = table.paragraph("3")
    proposed = table.do(
        "KZ", "proposal.made", kind="move", paragraph=paragraph.id, revision=1, after=table.paragraph("PP1").id
    )
    table.do("KZ", "proposal.made", kind="addition", paragraph=paragraph.id, wording="A new one.")
    assert len(steps(table)) == 1
    entry_number = table.incorporate(proposed.entry.body["proposal"]).entry.number
    assert steps(table) == [table.state().opened, entry_number]
    assert list(text_at(table, entry_number).labels.values()) == ["Title", "PP1", "1", "2", "3"]
