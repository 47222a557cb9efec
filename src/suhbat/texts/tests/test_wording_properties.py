"""What holds for any wording: nothing is lost, nothing changes unnoticed, the order of arrival does not matter."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from suhbat.texts.wording.bracket_notation import parsed, printed
from suhbat.texts.wording.brackets import ProposedWording, as_held_by, compatible, compiled, together
from suhbat.texts.wording.rebase import Fate, rebased
from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import applied, difference

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
WORDS = (
    "the", "Ministers", "welcomed", "grant", "of", "nearly", "up to", "2 billion yen", "11 August 2020", ",", ".", "и",
    "помощь", "2 млрд иен", "外相は", "20億円", "の", "協力", "[", "]", "\\", "–", "JP: ", "й", " ", "§{a1}", "ҳамкорӣ",
)  # fmt: skip
wordings = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=14).map("".join),
    st.text(st.sampled_from("ab .[]\\–:JPKZ, 1й外の"), max_size=24),
)
holders = st.sets(st.sampled_from(SIX), min_size=1, max_size=3).map(sorted).map(tuple)


@st.composite
def versions(draw, base: str) -> str:
    """A wording that a drafter could make of the base: a few words changed, left out or put in."""
    words = list(tokens(base))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words)))
        end = min(len(words), at + draw(st.integers(0, 3)))
        words[at:end] = draw(st.lists(st.sampled_from((*WORDS, " ")), max_size=3))
    return "".join(words)


@given(st.text(max_size=80))
def test_splitting_into_tokens_loses_nothing_and_never_splits_an_accent(text):
    parts = tokens(text)
    assert "".join(parts) == text
    assert not any("\u0300" <= part[0] <= "\u036f" for part in parts[1:])


@given(wordings, wordings)
def test_a_difference_turns_the_base_into_exactly_what_was_asked(base, wording):
    assert applied(tokens(base), difference(base, wording)) == wording


@given(st.data())
def test_each_delegation_finds_its_own_text_in_the_compiled_one_and_none_gives_the_base(draws):
    base = draws.draw(wordings)
    proposals = [
        ProposedWording(f"p{state}", (state,), draws.draw(st.one_of(versions(base), wordings))) for state in SIX
    ]
    proposals = draws.draw(st.permutations(proposals))
    nodes = compiled(base, proposals, SIX)
    assert as_held_by(nodes) == base
    assert {proposal.holders[0]: as_held_by(nodes, proposal.holders[0]) for proposal in proposals} == {
        proposal.holders[0]: proposal.wording for proposal in proposals
    }
    assert nodes == compiled(base, sorted(proposals, key=lambda proposal: proposal.id), SIX)
    assert parsed(printed(nodes)) == nodes
    assert printed(parsed(printed(nodes))) == printed(nodes)


@given(st.data())
def test_a_delegation_that_holds_several_wordings_of_other_words_gets_them_all(draws):
    base = draws.draw(wordings)
    own: list[str] = []
    for wording in draws.draw(st.lists(versions(base), max_size=4)):
        if compatible(base, [*own, wording]):
            own.append(wording)
    others = [ProposedWording(f"q{state}", (state,), draws.draw(versions(base))) for state in SIX[1:]]
    nodes = compiled(base, [*(ProposedWording(f"p{n}", ("JP",), w) for n, w in enumerate(own)), *others], SIX)
    assert as_held_by(nodes, "JP") == together(base, own)
    for proposal in others:
        assert as_held_by(nodes, proposal.holders[0]) == proposal.wording


@given(st.data())
def test_amendments_of_proposals_give_everyone_exactly_what_was_asked(draws):
    base = draws.draw(wordings)
    proposals = [ProposedWording(f"p{state}", (state,), draws.draw(versions(base))) for state in SIX[:2]]
    for state in SIX[2:]:
        parent = draws.draw(st.sampled_from(proposals[:2]))
        proposals.append(ProposedWording(f"q{state}", (state,), draws.draw(versions(parent.wording)), parent.id))
    own = [proposals[2].wording]
    for n, wording in enumerate(draws.draw(st.lists(versions(base), max_size=2))):
        if compatible(base, [*own, wording]):
            own.append(wording)
            proposals.append(ProposedWording(f"r{n}", (SIX[2],), wording))
    nodes = compiled(base, draws.draw(st.permutations(proposals)), SIX)
    assert nodes == compiled(base, proposals, SIX)
    assert as_held_by(nodes) == base
    for proposal in proposals:
        expected = together(base, own) if proposal.holders == (SIX[2],) else proposal.wording
        assert as_held_by(nodes, proposal.holders[0]) == expected
    assert parsed(printed(nodes)) == nodes
    assert printed(parsed(printed(nodes))) == printed(nodes)


@given(st.data())
def test_independent_proposals_may_be_taken_in_any_order(draws):
    base = draws.draw(wordings)
    first, second = draws.draw(versions(base)), draws.draw(versions(base))
    here, there = rebased(base, first, second), rebased(base, second, first)
    if {here.fate, there.fate} == {Fate.MOVED}:
        assert here.wording == there.wording == together(base, [first, second])


def test_words_before_and_after_a_passage_keep_their_order_when_the_passage_is_deleted():
    moved = rebased("1:", "", "外相は1:the")
    assert (moved.fate, moved.wording) == (Fate.MOVED, "外相はthe")


def test_two_insertions_that_come_to_stand_in_one_place_are_one():
    base, wording = "the up to", "up to to,up tothe"
    assert as_held_by(compiled(base, [ProposedWording("p1", ("JP",), wording)], SIX), "JP") == wording


class Negotiation(RuleBasedStateMachine):
    """Six delegations at one paragraph: they propose and join; the drafter incorporates; the base changes."""

    @initialize(base=wordings)
    def open(self, base):
        self.base, self.proposed_count = base, 0
        self.open_proposals: dict[str, ProposedWording] = {}
        self.flagged: dict[str, ProposedWording] = {}
        self.closed: dict[str, str] = {}

    def wordings_of(self, state):
        return [proposal.wording for proposal in self.open_proposals.values() if state in proposal.holders]

    @rule(draws=st.data(), state=st.sampled_from(SIX))
    def propose(self, draws, state):
        wording = draws.draw(versions(self.base))
        if wording != self.base and compatible(self.base, [*self.wordings_of(state), wording]):
            self.proposed_count += 1
            self.open_proposals[f"p{self.proposed_count}"] = ProposedWording(
                f"p{self.proposed_count}", (state,), wording
            )

    @precondition(lambda self: self.open_proposals)
    @rule(draws=st.data(), state=st.sampled_from(SIX))
    def join(self, draws, state):
        proposal = self.open_proposals[draws.draw(st.sampled_from(sorted(self.open_proposals)))]
        if state not in proposal.holders and compatible(self.base, [*self.wordings_of(state), proposal.wording]):
            self.open_proposals[proposal.id] = ProposedWording(
                proposal.id, (*proposal.holders, state), proposal.wording
            )

    @precondition(lambda self: self.open_proposals)
    @rule(draws=st.data())
    def incorporate(self, draws):
        proposal = self.open_proposals.pop(draws.draw(st.sampled_from(sorted(self.open_proposals))))
        self.closed[proposal.id] = "incorporated"
        self.move_to(proposal.wording)

    @rule(draws=st.data())
    def redraft(self, draws):
        self.move_to(draws.draw(versions(self.base)))

    def move_to(self, base):
        for proposal in list(self.open_proposals.values()):
            outcome = rebased(self.base, base, proposal.wording)
            del self.open_proposals[proposal.id]
            if outcome.fate == Fate.MET:
                self.closed[proposal.id] = "met"
            elif outcome.fate == Fate.FLAGGED:
                assert outcome.wording == proposal.wording
                self.flagged[proposal.id] = proposal
            else:
                self.open_proposals[proposal.id] = ProposedWording(proposal.id, proposal.holders, outcome.wording)
        self.base = base

    @precondition(lambda self: self.flagged)
    @rule(draws=st.data())
    def repair(self, draws):
        proposal = self.flagged[draws.draw(st.sampled_from(sorted(self.flagged)))]
        if proposal.wording != self.base and all(
            compatible(self.base, [*self.wordings_of(state), proposal.wording]) for state in proposal.holders
        ):
            self.open_proposals[proposal.id] = self.flagged.pop(proposal.id)

    @invariant()
    def nothing_is_lost(self):
        if not hasattr(self, "open_proposals"):
            return
        assert len(self.open_proposals) + len(self.flagged) + len(self.closed) == self.proposed_count
        nodes = compiled(self.base, self.open_proposals.values(), SIX)
        assert as_held_by(nodes) == self.base
        for state in SIX:
            assert as_held_by(nodes, state) == together(self.base, self.wordings_of(state))
        assert parsed(printed(nodes)) == nodes


TestNegotiation = Negotiation.TestCase
TestNegotiation.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
