"""Any sequence of acts by six delegations and the drafter: nothing disappears, and each delegation finds its own words.

Wordings, additions, deletions, moves, paragraphs split and joined, amendments, compromises, packages, joining,
leaving, taking in, setting aside and taking up, redrafting, striking, closing and reopening, paragraphs under silence;
the base moves under all of them. After every act the whole text is looked at.
"""

import random
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suhbat.ground.refusals import Refused
from suhbat.texts.models import Proposal
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.random_acts import ON_PARAGRAPHS, ON_PROPOSALS, PASTED, SIX, current_sheet, proposals_of, step
from suhbat.texts.tests.test_word import exported, plan_of
from suhbat.texts.text_guard_checks import LIVE
from suhbat.texts.view.text_view import Sheet
from suhbat.texts.wording.bracket_notation import parsed, printed
from suhbat.texts.wording.brackets import as_held_by, holders_in, together

steps = st.lists(
    st.tuples(st.sampled_from(ON_PARAGRAPHS + ON_PROPOSALS), st.sampled_from(SIX), st.integers(0, 10_000)),
    max_size=40,
)
SIDES = ("CHAIR", *SIX)


@pytest.fixture
def opened(app, convene):
    convened = convene(app)
    return lambda: Table(app, convened, PASTED)


@given(steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts(opened, sequence):
    table = opened()
    before: dict[str, Proposal] = {}
    last_wordings: dict[str, str] = {}
    for kind, state, seed in sequence:
        sheet = current_sheet(table)
        try:
            done = step(table, sheet, kind, state, random.Random(seed))
        except Refused:
            assert [line.nodes for line in current_sheet(table).lines] == [line.nodes for line in sheet.lines], (
                "half-written"
            )
            continue
        if done is None:
            continue
        after = {proposal.id: proposal for proposal in proposals_of(table)}
        note_wordings(last_wordings, done.entry)
        nothing_is_lost_or_changed_in_silence(before, after, last_wordings, done.entry)
        a_package_goes_whole(after)
        everyone_finds_their_own_words(current_sheet(table))
        before = after
    file = exported(table)
    for state in SIX:
        plan = plan_of(table, file, state)
        assert plan.intents == [], f"out to Word and back {state} would ask for something else"
        assert plan.unplaced == [], f"out to Word and back words of {state} find no place"


def note_wordings(last_wordings: dict[str, str], entry) -> None:
    """Note the last wording that the holders themselves gave a proposal."""
    body = entry.body
    if entry.act in {"proposal.made", "compromise.offered", "proposal.revised", "proposal.repaired"}:
        last_wordings[body["proposal"]] = body["wording"]
    if body.get("second"):
        last_wordings[body["second"]["proposal"]] = ""


def nothing_is_lost_or_changed_in_silence(before, after, last_wordings, entry) -> None:
    assert before.keys() <= after.keys(), "a proposal has disappeared"
    fates = {carried["proposal"]: carried["fate"] for change in changes(entry.body) for carried in change}
    for name, proposal in after.items():
        old = before.get(name)
        if old is None or old.wording == proposal.wording:
            continue
        if entry.act in {"proposal.revised", "proposal.repaired"} and entry.body["proposal"] == name:
            continue
        assert fates.get(name) == "moved", "another wording, and no entry says so"
    assert all(before[name].status in LIVE for name in entry.body.get("proposals", ())), "taken in twice"
    for name, proposal in after.items():
        old = before.get(name)
        if old is not None and old.status in LIVE and proposal.status not in LIVE:
            named = {*entry.body.get("proposals", ()), *entry.body.get("merged", ()), entry.body.get("proposal")}
            assert name in named or fates.get(name) == "met", "settled, and no entry says so"
        if proposal.status == "flagged" and old is not None and old.status == "open":
            assert proposal.wording == old.wording, "a proposal that has to be renewed is kept as it was asked"


def changes(body) -> list[list[dict]]:
    carried = [change["carried"] for change in body.get("changes", ())]
    carried += [body["change"]["carried"]] if "change" in body else []
    return [*carried, body.get("carried", [])]


def a_package_goes_whole(after) -> None:
    ties = defaultdict(set)
    for proposal in after.values():
        if proposal.package:
            ties[proposal.package].add(proposal.status)
    for states in ties.values():
        assert "incorporated" not in states or states <= {"incorporated", "met"}, "a package was taken in part"


def everyone_finds_their_own_words(sheet: Sheet) -> None:
    hushed = {line.paragraph.id for line, _silence in sheet.paragraph_silences}
    for line in sheet.whole:
        assert parsed(printed(line.nodes)) == line.nodes
        assert as_held_by(line.nodes) == line.paragraph.wording
        assert holders_in(line.nodes) == {state for proposal in line.open for state in proposal.holders}, "not in sight"
        for state in SIDES:
            own_wordings = [p.wording for p in line.open if state in p.holders]
            assert line.held_by(state) == together(line.paragraph.wording, own_wordings, sheet.text.algorithm)
            if len(own_wordings) == 1:
                assert line.held_by(state) == own_wordings[0]
            if not own_wordings:
                assert line.held_by(state) == line.paragraph.wording
        for live in line.live:
            assert line.paragraph.status == "open", "a proposal on a closed paragraph"
            assert line.paragraph.id not in hushed, "a proposal on a paragraph under silence"
            to_renew = (line, live) in sheet.points_of(live.by) or live.by in line.row.waits_for
            assert live.status == "open" or to_renew, "nobody is asked to renew it"
