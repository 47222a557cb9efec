"""What the chair's desk and a delegation's form say while words stand in brackets."""

import pytest
from tests.convened_meeting import Convened

from suhbat.acts.registry import say
from suhbat.ground.refusals import Kind, Refused
from suhbat.record.reading import of_place
from suhbat.texts.tests.negotiating_table import Table


@pytest.fixture
def table(app, convene):
    convened: Convened = convene(app)
    return Table(app, convened)


def test_brackets_that_a_delegation_types_itself_are_asked_about(table):
    with pytest.raises(Refused) as refusal:
        table.propose("TJ", "2", "return home", "return home [and to stay in touch]")
    assert refusal.value.kind == Kind.INVALID
    assert "your words stand in brackets by themselves until all agree" in str(refusal.value.fields["meant"])
    table.propose("TJ", "2", "return home", "return home and to stay in touch")
    assert "[TJ: and to stay in touch]" in table.lines()[2]


def test_brackets_that_belong_to_the_words_are_confirmed_with_a_tick_and_then_may_stay(table):
    proposal = table.propose("TJ", "2", "home.", "home [sic].", meant=True)
    table.incorporate(proposal)
    table.propose("KZ", "2", "agreed", "agreed today")
    assert "home \\[sic\\]" in table.lines()[2]


def test_what_is_in_the_way_of_adoption_names_the_places_in_the_text_not_the_numbers_of_proposals(table):
    table.propose("UZ", "3", "2021", "2022")
    table.propose("JP", "1", "nearly", "up to")
    with pytest.raises(Refused) as refusal:
        table.do("chair", "adoption.asked")
    assert "Proposals are still open on: 1, 3." in str(refusal.value.why)


def test_the_last_to_agree_does_not_adopt_for_the_others(table):
    table.do("chair", "adoption.asked")
    for state in ("JP", "KZ", "KG", "TJ", "TM", "UZ"):
        table.do(state, "adoption.answered", agrees=True)
    with table.app.database.reading() as session:
        scope = table.at.chair.scope(table.meeting)
        said = [say(entry) for entry in of_place(session, table.meeting, scope) if entry.act == "adoption.answered"]
    assert said[-1] == "All have agreed, Uzbekistan last: “Joint Statement” is adopted by consensus"
