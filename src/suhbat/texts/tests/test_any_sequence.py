"""Any sequence of acts by six delegations and the drafter: nothing disappears, and everyone finds the own words.

Wordings, additions, deletions, moves, paragraphs parted and joined, amendments, compromises, packages, joining,
leaving, taking in, setting aside and taking up, redrafting, striking, closing and reopening, paragraphs under silence;
the base moves under all of them. After every act the whole text is looked at.
"""

import random
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suhbat.ground.refusals import Refused
from suhbat.texts.finding import LIVE
from suhbat.texts.models import Proposal
from suhbat.texts.sheet import Sheet
from suhbat.texts.tests.sequences import ON_PARAGRAPHS, ON_PROPOSALS, PASTED, SIX, laid, proposals_of, step
from suhbat.texts.tests.table import Table
from suhbat.texts.tests.test_word import asked, out
from suhbat.texts.wording.brackets import as_held_by, holders_in, together
from suhbat.texts.wording.notation import parsed, printed

steps = st.lists(
    st.tuples(st.sampled_from(ON_PARAGRAPHS + ON_PROPOSALS), st.sampled_from(SIX), st.integers(0, 10_000)),
    max_size=40,
)
SIDES = ("CHAIR", *SIX)


@pytest.fixture
def opened(house, convene):
    convened = convene(house)
    return lambda: Table(house, convened, PASTED)


@given(steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts(opened, sequence):
    table = opened()
    before: dict[str, Proposal] = {}
    said: dict[str, str] = {}
    for kind, state, seed in sequence:
        sheet = laid(table)
        try:
            done = step(table, sheet, kind, state, random.Random(seed))
        except Refused:
            assert [line.nodes for line in laid(table).lines] == [line.nodes for line in sheet.lines], "half-written"
            continue
        if done is None:
            continue
        after = {each.id: each for each in proposals_of(table)}
        listen(said, done.entry)
        nothing_is_lost_or_changed_in_silence(before, after, said, done.entry)
        a_package_goes_whole(after)
        everyone_finds_the_own_words(laid(table))
        before = after
    written = out(table)
    for each in SIX:
        read = asked(table, written, each)
        assert read.intents == [], f"out to Word and back {each} would ask for something else"
        assert read.unplaced == [], f"out to Word and back words of {each} find no place"


def listen(said: dict[str, str], entry) -> None:
    """Keep what the holders themselves said last that a proposal asks."""
    body = entry.body
    if entry.act in {"proposal.made", "compromise.offered", "proposal.revised", "proposal.repaired"}:
        said[body["proposal"]] = body["wording"]
    if body.get("second"):
        said[body["second"]["proposal"]] = ""


def nothing_is_lost_or_changed_in_silence(before, after, said, entry) -> None:
    assert before.keys() <= after.keys(), "a proposal has disappeared"
    told = {each["proposal"]: each["fate"] for change in changes(entry.body) for each in change}
    for name, each in after.items():
        old = before.get(name)
        if old is None or old.wording == each.wording:
            continue
        if entry.act in {"proposal.revised", "proposal.repaired"} and entry.body["proposal"] == name:
            continue
        assert told.get(name) == "moved", "another wording, and no entry says so"
    assert all(before[name].state in LIVE for name in entry.body.get("proposals", ())), "taken in twice"
    for name, each in after.items():
        old = before.get(name)
        if old is not None and old.state in LIVE and each.state not in LIVE:
            named = {*entry.body.get("proposals", ()), *entry.body.get("merged", ()), entry.body.get("proposal")}
            assert name in named or told.get(name) == "met", "settled, and no entry says so"
        if each.state == "flagged" and old is not None and old.state == "open":
            assert each.wording == old.wording, "a proposal that has to be renewed is kept as it was asked"


def changes(body) -> list[list[dict]]:
    made = [change["carried"] for change in body.get("changes", ())]
    made += [body["change"]["carried"]] if "change" in body else []
    return [*made, body.get("carried", [])]


def a_package_goes_whole(after) -> None:
    ties = defaultdict(set)
    for each in after.values():
        if each.package:
            ties[each.package].add(each.state)
    for states in ties.values():
        assert "incorporated" not in states or states <= {"incorporated", "met"}, "a package was taken in part"


def everyone_finds_the_own_words(sheet: Sheet) -> None:
    hushed = {line.paragraph.id for line, _silence in sheet.paragraph_silences}
    for line in sheet.whole:
        assert parsed(printed(line.nodes)) == line.nodes
        assert as_held_by(line.nodes) == line.paragraph.wording
        assert holders_in(line.nodes) == {state for each in line.open for state in each.holders}, "not in sight"
        for each in SIDES:
            held = [p.wording for p in line.open if each in p.holders]
            assert line.held_by(each) == together(line.paragraph.wording, held, sheet.text.algorithm)
            if len(held) == 1:
                assert line.held_by(each) == held[0]
            if not held:
                assert line.held_by(each) == line.paragraph.wording
        for live in line.live:
            assert line.paragraph.state == "open", "a proposal on a closed paragraph"
            assert line.paragraph.id not in hushed, "a proposal on a paragraph under silence"
            to_renew = (line, live) in sheet.points_of(live.by) or live.by in line.row.waits_for
            assert live.state == "open" or to_renew, "nobody is asked to renew it"
