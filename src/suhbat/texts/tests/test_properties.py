"""What holds for any wording whatever: nothing is lost, nothing is changed in silence, order of arrival is nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from suhbat.texts.wording.bracket_notation import parsed, printed
from suhbat.texts.wording.brackets import Asked, as_held_by, compatible, compiled, together
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
def test_taking_words_apart_loses_nothing_and_never_parts_an_accent(text):
    parts = tokens(text)
    assert "".join(parts) == text
    assert not any("\u0300" <= part[0] <= "\u036f" for part in parts[1:])


@given(wordings, wordings)
def test_a_difference_turns_the_base_into_exactly_what_was_asked(base, wording):
    assert applied(tokens(base), difference(base, wording)) == wording


@given(st.data())
def test_each_delegation_finds_its_own_text_in_the_compiled_one_and_none_gives_the_base(data):
    base = data.draw(wordings)
    asked = [Asked(f"p{state}", (state,), data.draw(st.one_of(versions(base), wordings))) for state in SIX]
    asked = data.draw(st.permutations(asked))
    nodes = compiled(base, asked, SIX)
    assert as_held_by(nodes) == base
    assert {each.holders[0]: as_held_by(nodes, each.holders[0]) for each in asked} == {
        each.holders[0]: each.wording for each in asked
    }
    assert nodes == compiled(base, sorted(asked, key=lambda each: each.proposal), SIX)
    assert parsed(printed(nodes)) == nodes
    assert printed(parsed(printed(nodes))) == printed(nodes)


@given(st.data())
def test_a_delegation_that_holds_several_wordings_of_other_words_gets_them_all(data):
    base = data.draw(wordings)
    own: list[str] = []
    for wording in data.draw(st.lists(versions(base), max_size=4)):
        if compatible(base, [*own, wording]):
            own.append(wording)
    others = [Asked(f"q{state}", (state,), data.draw(versions(base))) for state in SIX[1:]]
    nodes = compiled(base, [*(Asked(f"p{n}", ("JP",), w) for n, w in enumerate(own)), *others], SIX)
    assert as_held_by(nodes, "JP") == together(base, own)
    for each in others:
        assert as_held_by(nodes, each.holders[0]) == each.wording


@given(st.data())
def test_amendments_of_proposals_give_everyone_exactly_what_was_asked(data):
    base = data.draw(wordings)
    asked = [Asked(f"p{state}", (state,), data.draw(versions(base))) for state in SIX[:2]]
    for state in SIX[2:]:
        parent = data.draw(st.sampled_from(asked[:2]))
        asked.append(Asked(f"q{state}", (state,), data.draw(versions(parent.wording)), parent.proposal))
    own = [asked[2].wording]
    for n, wording in enumerate(data.draw(st.lists(versions(base), max_size=2))):
        if compatible(base, [*own, wording]):
            own.append(wording)
            asked.append(Asked(f"r{n}", (SIX[2],), wording))
    nodes = compiled(base, data.draw(st.permutations(asked)), SIX)
    assert nodes == compiled(base, asked, SIX)
    assert as_held_by(nodes) == base
    for each in asked:
        wanted = together(base, own) if each.holders == (SIX[2],) else each.wording
        assert as_held_by(nodes, each.holders[0]) == wanted
    assert parsed(printed(nodes)) == nodes
    assert printed(parsed(printed(nodes))) == printed(nodes)


@given(st.data())
def test_independent_proposals_may_be_taken_in_any_order(data):
    base = data.draw(wordings)
    one, two = data.draw(versions(base)), data.draw(versions(base))
    here, there = rebased(base, one, two), rebased(base, two, one)
    if {here.fate, there.fate} == {Fate.MOVED}:
        assert here.wording == there.wording == together(base, [one, two])


def test_words_before_and_after_a_passage_keep_their_order_when_the_passage_goes():
    moved = rebased("1:", "", "外相は1:the")
    assert (moved.fate, moved.wording) == (Fate.MOVED, "外相はthe")


def test_two_insertions_that_come_to_stand_in_one_place_are_one():
    base, wording = "the up to", "up to to,up tothe"
    assert as_held_by(compiled(base, [Asked("p1", ("JP",), wording)], SIX), "JP") == wording


class Negotiation(RuleBasedStateMachine):
    """Six delegations at one paragraph: they ask, join, withdraw; the drafter incorporates; the base moves."""

    @initialize(base=wordings)
    def open(self, base):
        self.base, self.made = base, 0
        self.asked: dict[str, Asked] = {}
        self.flagged: dict[str, Asked] = {}
        self.closed: dict[str, str] = {}

    def held(self, state):
        return [each.wording for each in self.asked.values() if state in each.holders]

    @rule(data=st.data(), state=st.sampled_from(SIX))
    def propose(self, data, state):
        wording = data.draw(versions(self.base))
        if wording != self.base and compatible(self.base, [*self.held(state), wording]):
            self.made += 1
            self.asked[f"p{self.made}"] = Asked(f"p{self.made}", (state,), wording)

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), state=st.sampled_from(SIX))
    def join(self, data, state):
        each = self.asked[data.draw(st.sampled_from(sorted(self.asked)))]
        if state not in each.holders and compatible(self.base, [*self.held(state), each.wording]):
            self.asked[each.proposal] = Asked(each.proposal, (*each.holders, state), each.wording)

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def incorporate(self, data):
        each = self.asked.pop(data.draw(st.sampled_from(sorted(self.asked))))
        self.closed[each.proposal] = "incorporated"
        self.move_to(each.wording)

    @rule(data=st.data())
    def redraft(self, data):
        self.move_to(data.draw(versions(self.base)))

    def move_to(self, base):
        for each in list(self.asked.values()):
            outcome = rebased(self.base, base, each.wording)
            del self.asked[each.proposal]
            if outcome.fate == Fate.MET:
                self.closed[each.proposal] = "met"
            elif outcome.fate == Fate.FLAGGED:
                assert outcome.wording == each.wording
                self.flagged[each.proposal] = each
            else:
                self.asked[each.proposal] = Asked(each.proposal, each.holders, outcome.wording)
        self.base = base

    @precondition(lambda self: self.flagged)
    @rule(data=st.data())
    def repair(self, data):
        each = self.flagged[data.draw(st.sampled_from(sorted(self.flagged)))]
        if each.wording != self.base and all(
            compatible(self.base, [*self.held(state), each.wording]) for state in each.holders
        ):
            self.asked[each.proposal] = self.flagged.pop(each.proposal)

    @invariant()
    def nothing_is_lost(self):
        if not hasattr(self, "asked"):
            return
        assert len(self.asked) + len(self.flagged) + len(self.closed) == self.made
        nodes = compiled(self.base, self.asked.values(), SIX)
        assert as_held_by(nodes) == self.base
        for state in SIX:
            assert as_held_by(nodes, state) == together(self.base, self.held(state))
        assert parsed(printed(nodes)) == nodes


TestNegotiation = Negotiation.TestCase
TestNegotiation.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
