"""Six delegations ask what they like: the text as each would have it, in any order of arrival, also through Word."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suhbat.ground.refusals import Refused
from suhbat.texts.exchange.docx_export import moves_in
from suhbat.texts.exchange.docx_import import read_word
from suhbat.texts.exchange.import_plan import plan
from suhbat.texts.models import Text
from suhbat.texts.tests.sequences import PASTED, SIX, in_parts, laid, other_words
from suhbat.texts.tests.table import Table
from suhbat.texts.tests.test_word import out
from suhbat.texts.view.text_view import Line, Sheet, sheet_of
from suhbat.texts.wording.bracket_notation import printed
from suhbat.texts.wording.brackets import compiled
from suhbat.texts.wording.unicode_cleaning import cleaned

KINDS = ("wording", "wording", "wording", "part", "deletion", "addition", "at the end", "move", "merge")
inputs_of_all = st.lists(
    st.tuples(st.sampled_from(SIX), st.sampled_from(KINDS), st.integers(0, 3), st.integers(0, 9_999)), max_size=14
)
PLAIN = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def opened(app, convene):
    convened = convene(app)
    return lambda: Table(app, convened, PASTED)


def apart(given_: list[tuple]) -> list[tuple]:
    """Those that do not lean on one another: of one delegation at one paragraph one wish of each kind of place."""
    seen: set[tuple] = set()
    made = []
    for state, kind, at, seed in given_:
        where = kind if kind in {"addition", "at the end", "move"} else "words"
        takes = {(state, where, at)} | ({(state, where, at + 1)} if kind == "merge" else set())
        takes = {(state, "addition", 3)} if kind == "at the end" else takes  # behind the last, as some addition
        if not takes & seen:
            seen |= takes
            made.append((state, kind, at, seed))
    return made


def ask(table: Table, inputs: tuple) -> tuple[str, dict] | None:
    """One wish at the door; what was asked, or None where it is refused."""
    state, kind, at, seed = inputs
    dice = random.Random(seed)
    with table.app.database.reading() as session:
        base = [line.paragraph for line in sheet_of(session, session.get_one(Text, table.state().id)).lines]
    base = [each for each in base if each.revision]
    paragraph = base[at]
    asked: dict = {"kind": kind, "paragraph": paragraph.id, "revision": 1}
    if kind == "wording":
        asked["wording"] = other_words(paragraph.wording, dice)
    elif kind == "part":
        asked |= {"kind": "wording", "wording": in_parts(paragraph.wording, dice)}
    elif kind == "addition":
        asked["wording"] = f"{state} adds {seed}."
    elif kind == "at the end":
        asked = {"kind": "addition", "wording": f"{state} ends {seed}."}
    elif kind == "move":
        asked["after"] = dice.choice([None, *(each.id for each in base)])
    elif kind == "merge":
        asked["wording"] = f"{paragraph.wording} {base[at + 1].wording if at + 1 < len(base) else ''}".strip()
    try:
        table.do(state, "proposal.made", **asked)
    except Refused:
        return None
    return state, asked


def seen_by_all(table: Table) -> list:
    """The text with its brackets and with what each would have, without the names that chance gives."""
    sheet = laid(table)
    lines = [f"{line.label}. {printed(line.nodes)}" for line in sheet.shown]
    moves = sorted((m.by, line.label, sheet.labels.get(m.after or "", "")) for line in sheet.lines for m in line.live
                   if m.kind == "move")  # fmt: skip
    for name, label in sheet.labels.items():
        lines = [each.replace(f"{{{name}}}", label) for each in lines]
    return [lines, moves]


@given(inputs_of_all, st.randoms(use_true_random=False))
@PLAIN
def test_the_order_of_arrival_does_not_matter(opened, given_, dice):
    first = apart(given_)
    later = list(first)
    dice.shuffle(later)
    here, there = opened(), opened()
    made = {inputs for inputs in first if ask(here, inputs)}
    assert {inputs for inputs in later if ask(there, inputs)} == made
    assert seen_by_all(here) == seen_by_all(there)


def wished(base: list[tuple[str, str]], own: list[dict], labels: dict[str, str]) -> list[str]:
    """The whole text as one delegation asked for it, worked out from its wishes alone, addition by addition."""
    from suhbat.texts.text_lookup import fit

    words, order = dict(base), [name for name, _ in base]
    for each in own:
        if each["kind"] == "deletion":
            words[each["paragraph"]] = ""
        elif each["kind"] in {"wording", "merge"}:
            words[each["paragraph"]] = fit(each["wording"], labels)
        if each["kind"] == "merge":
            words[order[order.index(each["paragraph"]) + 1]] = ""
    for each in [each for each in own if each["kind"] == "addition"]:
        fresh = each["wording"]
        words[fresh] = fresh
        order.insert(order.index(each["paragraph"]) + 1 if "paragraph" in each else len(order), fresh)
    for each in [each for each in own if each["kind"] == "move"]:
        order.remove(each["paragraph"])
        order.insert(order.index(each["after"]) + 1 if each["after"] else 0, each["paragraph"])
    return [words[name] for name in order if words[name]]


@given(inputs_of_all)
@PLAIN
def test_with_all_that_one_delegation_asks_the_text_is_exactly_what_it_asked_for(opened, given_):
    table = opened()
    empty = laid(table)
    base = [(line.paragraph.id, line.paragraph.wording) for line in empty.lines]
    asked: dict[str, list[dict]] = {state: [] for state in SIX}
    for inputs in apart(given_):
        if (done := ask(table, inputs)) is not None:
            asked[done[0]].append(done[1])
    sheet = laid(table)
    for state in SIX:
        would = [words for line in sheet.as_entered(state) if (words := line.held_by(state))]
        assert would == wished(base, asked[state], empty.labels), state
    none = [line.paragraph.wording for line in sheet.as_entered("") if line.held_by("")]
    assert none == [words for _, words in base]


def bare(sheet: Sheet) -> Sheet:
    """The same text as another house would hold it to which nobody has proposed anything."""
    lines = [
        Line(line.paragraph, line.label, [], [], compiled(line.paragraph.wording, [], sheet.order), line.row)
        for line in sheet.lines
        if line.paragraph.wording
    ]
    return Sheet(sheet.text, lines, sheet.labels, {}, [], {})


def places_told(sheet: Sheet, shown: dict, state: str) -> list[str]:
    """Moves that can only stand as comments: another house lists them, or finds them as the note to other words."""
    return [
        f"To stand after paragraph {sheet.labels.get(move.after or '', '–')}"
        for line in sheet.lines
        for move in line.live
        if move.kind == "move" and line.paragraph.id not in shown and state in move.holders
        if not any(state in each.holders for each in line.open)
    ]


@given(inputs_of_all)
@PLAIN
def test_out_to_word_and_into_a_text_without_proposals_the_same_are_made(opened, given_):
    table = opened()
    for inputs in apart(given_):
        ask(table, inputs)
    content = out(table)
    with table.app.database.reading() as session:
        sheet = sheet_of(session, session.get_one(Text, table.state().id))
        shown = moves_in([line for line in sheet.lines if line.paragraph.wording or line.open])
        for state in SIX:
            found = plan(session, bare(sheet), read_word(content), state)
            assert [words for words, _ in found.unplaced] == places_told(sheet, shown, state)
            made = sorted((i.inputs["kind"] if i.inputs.get("kind") in {"move", "addition"} else "words",
                           i.inputs["after"] or "" if i.inputs.get("kind") == "move" else i.inputs.get("wording", ""),
                           "" if i.inputs.get("kind") == "addition" else i.inputs["paragraph"])
                          for i in found.intents)  # fmt: skip
            wanted = []
            for line in sheet.lines:
                if (held := cleaned(line.held_by(state))) != line.paragraph.wording:
                    fresh = not line.paragraph.wording
                    wanted.append(("addition" if fresh else "words", held, "" if fresh else line.paragraph.id))
                move = shown.get(line.paragraph.id, (line, None))[1]
                if move is not None and state in move.holders:
                    wanted.append(("move", move.after or "", line.paragraph.id))
            assert made == sorted(wanted), state
