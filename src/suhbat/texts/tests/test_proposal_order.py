"""Proposals in any order: the text as each of six delegations would have it, also through Word."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suhbat.ground.refusals import Refused
from suhbat.texts.exchange.docx_export import moves_in
from suhbat.texts.exchange.docx_import import read_word
from suhbat.texts.exchange.import_plan import plan_for
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.random_acts import PASTED, SIX, current_sheet, in_parts, other_words
from suhbat.texts.tests.test_word import exported
from suhbat.texts.view.text_view import Line, Sheet, sheet_of
from suhbat.texts.wording.bracket_notation import printed
from suhbat.texts.wording.brackets import compiled
from suhbat.texts.wording.unicode_cleaning import cleaned

KINDS = ("wording", "wording", "wording", "part", "deletion", "addition", "at the end", "move", "merge")
request_lists = st.lists(
    st.tuples(st.sampled_from(SIX), st.sampled_from(KINDS), st.integers(0, 3), st.integers(0, 9_999)), max_size=14
)
PLAIN = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def opened(app, convene):
    convened = convene(app)
    return lambda: Table(app, convened, PASTED)


def independent(requests: list[tuple]) -> list[tuple]:
    """Requests that do not depend on one another: per delegation and paragraph one of each kind of place."""
    claimed: set[tuple] = set()
    chosen = []
    for state, kind, at, seed in requests:
        where = kind if kind in {"addition", "at the end", "move"} else "words"
        claims = {(state, where, at)} | ({(state, where, at + 1)} if kind == "merge" else set())
        claims = {(state, "addition", 3)} if kind == "at the end" else claims  # behind the last, as some addition
        if not claims & claimed:
            claimed |= claims
            chosen.append((state, kind, at, seed))
    return chosen


def propose(table: Table, inputs: tuple) -> tuple[str, dict] | None:
    """Make one proposal; returns the delegation and the inputs, or None where it is refused."""
    state, kind, at, seed = inputs
    dice = random.Random(seed)
    with table.app.database.reading() as session:
        base = [line.paragraph for line in sheet_of(session, session.get_one(Text, table.state().id)).lines]
    base = [paragraph for paragraph in base if paragraph.revision]
    paragraph = base[at]
    body: dict = {"kind": kind, "paragraph": paragraph.id, "revision": 1}
    if kind == "wording":
        body["wording"] = other_words(paragraph.wording, dice)
    elif kind == "part":
        body |= {"kind": "wording", "wording": in_parts(paragraph.wording, dice)}
    elif kind == "addition":
        body["wording"] = f"{state} adds {seed}."
    elif kind == "at the end":
        body = {"kind": "addition", "wording": f"{state} ends {seed}."}
    elif kind == "move":
        body["after"] = dice.choice([None, *(paragraph.id for paragraph in base)])
    elif kind == "merge":
        body["wording"] = f"{paragraph.wording} {base[at + 1].wording if at + 1 < len(base) else ''}".strip()
    try:
        table.do(state, "proposal.made", **body)
    except Refused:
        return None
    return state, body


def compiled_view(table: Table) -> list:
    """The text with its brackets, and the proposed moves, without random ids."""
    sheet = current_sheet(table)
    lines = [f"{line.label}. {printed(line.nodes)}" for line in sheet.visible_lines]
    moves = sorted((m.by, line.label, sheet.labels.get(m.after or "", "")) for line in sheet.lines for m in line.live
                   if m.kind == "move")  # fmt: skip
    for name, label in sheet.labels.items():
        lines = [text.replace(f"{{{name}}}", label) for text in lines]
    return [lines, moves]


@given(request_lists, st.randoms(use_true_random=False))
@PLAIN
def test_the_order_of_arrival_does_not_matter(opened, requests, dice):
    first = independent(requests)
    later = list(first)
    dice.shuffle(later)
    here, there = opened(), opened()
    accepted = {inputs for inputs in first if propose(here, inputs)}
    assert {inputs for inputs in later if propose(there, inputs)} == accepted
    assert compiled_view(here) == compiled_view(there)


def expected_paragraphs(base: list[tuple[str, str]], own: list[dict], labels: dict[str, str]) -> list[str]:
    """The whole text as one delegation asked for it, worked out from its proposals alone."""
    from suhbat.texts.text_guard_checks import fit

    words, order = dict(base), [name for name, _ in base]
    for body in own:
        if body["kind"] == "deletion":
            words[body["paragraph"]] = ""
        elif body["kind"] in {"wording", "merge"}:
            words[body["paragraph"]] = fit(body["wording"], labels)
        if body["kind"] == "merge":
            words[order[order.index(body["paragraph"]) + 1]] = ""
    for body in [body for body in own if body["kind"] == "addition"]:
        fresh = body["wording"]
        words[fresh] = fresh
        order.insert(order.index(body["paragraph"]) + 1 if "paragraph" in body else len(order), fresh)
    for body in [body for body in own if body["kind"] == "move"]:
        order.remove(body["paragraph"])
        order.insert(order.index(body["after"]) + 1 if body["after"] else 0, body["paragraph"])
    return [words[name] for name in order if words[name]]


@given(request_lists)
@PLAIN
def test_with_all_its_proposals_the_text_is_exactly_what_a_delegation_asked_for(opened, requests):
    table = opened()
    empty = current_sheet(table)
    base = [(line.paragraph.id, line.paragraph.wording) for line in empty.lines]
    bodies: dict[str, list[dict]] = {state: [] for state in SIX}
    for inputs in independent(requests):
        if (accepted := propose(table, inputs)) is not None:
            bodies[accepted[0]].append(accepted[1])
    sheet = current_sheet(table)
    for state in SIX:
        would = [words for line in sheet.lines_as_proposed_by(state) if (words := line.held_by(state))]
        assert would == expected_paragraphs(base, bodies[state], empty.labels), state
    none = [line.paragraph.wording for line in sheet.lines_as_proposed_by("") if line.held_by("")]
    assert none == [words for _, words in base]


def without_proposals(sheet: Sheet) -> Sheet:
    """The same text, as it would be if nobody had proposed anything."""
    lines = [
        Line(line.paragraph, line.label, [], [], compiled(line.paragraph.wording, [], sheet.order), line.row)
        for line in sheet.lines
        if line.paragraph.wording
    ]
    return Sheet(sheet.text, lines, sheet.labels, {}, [], {})


def moves_left_as_comments(sheet: Sheet, tracked_moves: dict, state: str) -> list[str]:
    """Moves that can only be exported as comments: the import lists them, or takes them as a note on other words."""
    return [
        f"To stand after paragraph {sheet.labels.get(move.after or '', '–')}"
        for line in sheet.lines
        for move in line.live
        if move.kind == "move" and line.paragraph.id not in tracked_moves and state in move.holders
        if not any(state in proposal.holders for proposal in line.open)
    ]


@given(request_lists)
@PLAIN
def test_a_word_file_imported_into_a_text_without_proposals_makes_the_same_ones(opened, requests):
    table = opened()
    for inputs in independent(requests):
        propose(table, inputs)
    content = exported(table)
    with table.app.database.reading() as session:
        sheet = sheet_of(session, session.get_one(Text, table.state().id))
        tracked_moves = moves_in([line for line in sheet.lines if line.paragraph.wording or line.open])
        for state in SIX:
            plan = plan_for(session, without_proposals(sheet), read_word(content), state)
            assert [words for words, _ in plan.unplaced] == moves_left_as_comments(sheet, tracked_moves, state)
            asked_for = []
            for intent in plan.intents:
                kind, body = intent.inputs.get("kind"), intent.inputs
                asked_for.append((
                    kind if kind in {"move", "addition"} else "words",
                    body["after"] or "" if kind == "move" else body.get("wording", ""),
                    "" if kind == "addition" else body["paragraph"],
                ))  # fmt: skip
            expected = []
            for line in sheet.lines:
                if (wording := cleaned(line.held_by(state))) != line.paragraph.wording:
                    fresh = not line.paragraph.wording
                    expected.append(("addition" if fresh else "words", wording, "" if fresh else line.paragraph.id))
                move = tracked_moves.get(line.paragraph.id, (line, None))[1]
                if move is not None and state in move.holders:
                    expected.append(("move", move.after or "", line.paragraph.id))
            assert sorted(asked_for) == sorted(expected), state
