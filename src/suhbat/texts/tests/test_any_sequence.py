"""Any sequence of acts by six delegations and the drafter: nothing disappears, and everyone finds the own words."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from suhbat.ground.refusals import Refused
from suhbat.texts.models import Proposal, Text
from suhbat.texts.sheet import Sheet, sheet_of
from suhbat.texts.tests.table import Table
from suhbat.texts.tests.test_word import asked, out
from suhbat.texts.wording.brackets import as_held_by, together
from suhbat.texts.wording.notation import parsed, printed
from suhbat.texts.wording.tokens import tokens

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
WORDS = ("warmly", "2 billion yen", "in 2021", "experts", "§1", "и", "協力")
PASTED = "Recalling the Dialogue,\n\n1. The Ministers met and agreed.\n\n2. They thanked their experts for the report."
steps = st.lists(
    st.tuples(
        st.sampled_from(("propose", "propose", "add", "leave out", "join", "take", "redraft", "move", "withdraw", "fix",
                         "set aside", "answer", "amend", "amend", "revise", "ask to move")),
        st.sampled_from(SIX),
        st.integers(0, 10_000),
    ),
    max_size=30,
)  # fmt: skip


@pytest.fixture
def opened(house, convene):
    convened = convene(house)
    return lambda: Table(house, convened, PASTED)


def laid(table) -> Sheet:
    with table.house.database.reading() as session:
        sheet = sheet_of(session, session.get_one(Text, table.state().id))
        session.expunge_all()
        return sheet


def other_words(wording: str, dice: random.Random) -> str:
    words = list(tokens(wording))
    at = dice.randrange(len(words) + 1)
    words[at : at + dice.randrange(3)] = [dice.choice(WORDS), " "] if dice.random() < 0.8 else []
    return "".join(words).strip() or "Words."


def step(table, sheet: Sheet, kind: str, state: str, dice: random.Random) -> None:
    line = dice.choice(sheet.shown)
    proposals = [proposal for each in sheet.lines for proposal in each.live]
    chosen = dice.choice(proposals) if proposals else None
    paragraph = line.paragraph
    at = {"paragraph": paragraph.id, "revision": paragraph.revision}
    if kind == "propose":
        table.do(state, "proposal.made", **at, wording=other_words(paragraph.wording, dice))
    elif kind == "add":
        table.do(state, "proposal.made", kind="addition", paragraph=paragraph.id, wording=f"{state} {dice.random()}.")
    elif kind == "leave out":
        table.do(state, "proposal.made", kind="deletion", **at)
    elif kind == "move":
        after = dice.choice([None, *(each.paragraph.id for each in sheet.shown)])
        table.do("chair", "paragraph.moved", paragraph=paragraph.id, seen=paragraph.changed, after=after)
    elif kind == "ask to move":
        after = dice.choice([None, *(each.paragraph.id for each in sheet.shown)])
        table.do(state, "proposal.made", kind="move", after=after, **at)
    elif kind == "redraft":
        wording = other_words(paragraph.wording, dice)
        table.do("chair", "paragraph.redrafted", paragraph=paragraph.id, seen=paragraph.changed, wording=wording)
    elif chosen is None:
        return
    else:
        on_proposal(table, chosen, kind, state, dice)


def on_proposal(table, chosen: Proposal, kind: str, state: str, dice: random.Random) -> None:
    if kind == "amend":
        wish = {"paragraph": chosen.paragraph, "amends": chosen.id, "seen": chosen.worded}
        table.do(state, "proposal.made", wording=other_words(chosen.wording, dice), **wish)
    elif kind == "revise":
        wording = other_words(chosen.wording, dice)
        table.do(chosen.by, "proposal.revised", proposal=chosen.id, seen=chosen.changed, wording=wording)
    elif kind == "join":
        table.do(state, "proposal.joined", proposal=chosen.id)
    elif kind == "take":
        table.incorporate(chosen.id)
    elif kind == "withdraw":
        table.do(dice.choice(chosen.holders), "proposal.withdrawn", proposal=chosen.id)
    elif kind == "fix":
        how = dice.choice(["keep", "fit"])
        table.do(chosen.by, "proposal.repaired", proposal=chosen.id, seen=chosen.changed, how=how)
    elif kind == "set aside":
        table.do("chair", "proposal.set_aside", proposal=chosen.id, reason="Later")
    else:
        table.answer(state, chosen.id, dice.choice(["supports", "can-accept", "reserves"]))


@given(steps)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts(opened, sequence):
    table = opened()
    made = 0
    for kind, state, seed in sequence:
        before = laid(table)
        try:
            step(table, before, kind, state, random.Random(seed))
        except Refused:
            after = laid(table)
            assert [line.nodes for line in after.lines] == [line.nodes for line in before.lines], "half-written"
        sheet = laid(table)
        with table.house.database.reading() as session:
            count = session.scalar(select(func.count()).where(Proposal.text == table.state().id))
        assert count >= made, "a proposal has disappeared"
        made = count
        for line in sheet.lines:
            assert parsed(printed(line.nodes)) == line.nodes
            assert as_held_by(line.nodes) == line.paragraph.wording
            for each in SIX:
                held = [p.wording for p in line.open if each in p.holders]
                assert line.held_by(each) == together(line.paragraph.wording, held, sheet.text.algorithm)
                if len(held) == 1:
                    assert line.held_by(each) == held[0]
    for each in SIX:
        asked_ = asked(table, out(table), each)
        assert asked_.intents == [], f"out to Word and back {each} would ask for something else"
