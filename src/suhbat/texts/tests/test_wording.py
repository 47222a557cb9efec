"""Words, differences, brackets and rebasing, as a drafter would check them by hand."""

import json
from pathlib import Path

import pytest

from suhbat.texts.wording.bracket_notation import parsed, printed
from suhbat.texts.wording.brackets import ProposedWording, as_held_by, compatible, compiled
from suhbat.texts.wording.rebase import Fate, rebased
from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import applied, difference

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
GOLDEN = json.loads((Path(__file__).parent / "golden" / "compiled-1.json").read_text())
FOURTH = json.loads((Path(__file__).parent / "golden" / "compiled-4.json").read_text())
THIRD = json.loads((Path(__file__).parent / "golden" / "compiled-3.json").read_text())
SECOND = json.loads((Path(__file__).parent / "golden" / "compiled-2.json").read_text())


@pytest.mark.parametrize(
    "whole",
    [
        "2 billion yen", "nearly|2 billion yen", "1,898 million yen", "¥2,000", "50 %", "3.5 per cent", "20kg",
        "11 August 2020", "2020-08-11", "11.08.2020", "August 2020", "11 августа 2020 года", "2 млрд иен",
        "2020年8月11日", "20億円", "約|20億円", "第|8回", "COVID-19", "1990s", "2 000", "п|.|3", "Оʻзбекистон", "o’quv",
        "Ғ", "й", "ў", "が", "ガ", "ҳамкорӣ", "Türkmenistan", "Central|Asia", "中央|アジア|プラス|日本", "外相会合",
        "協力|を|確認|した", "§{ab1}", "👩‍⚕️", "5 km", "30 лет", "12–14", "1/2", "the|G7", "令和2年8月11日",
    ],
)  # fmt: skip
def test_what_is_one_word_stays_one_word(whole):
    expected = whole.split("|")
    beside_each_other = [word for word in tokens("".join(expected)) if not word.isspace()]
    with_spaces = [word for word in tokens(" ".join(expected)) if not word.isspace()]
    assert expected in (beside_each_other, with_spaces)


@pytest.mark.parametrize(
    "whole",
    [
        "2-3 ноября 2025 года", "2–3 November 2025", "Nov. 24, 2025", "24 Nov. 2025", "November 2–3, 2025", "30 mg",
        "10 cm", "5 litres", "5 m/s", "60 км/ч", "20 kWh/m²", "20kWh/m²", "100 MtCO2e", "100 tonnes of CO2",
        "USD 5 million", "US$2 billion", "US$ 2 billion", "€ 2 bn", "5 млн долл. США", "-5 °C", "−5 °C", "5°C",
        "по|11 августа 2020 года", "п|.|2|с|учётом", "20億円", "G7-5", "2|т|.|3",
    ],
)  # fmt: skip
def test_no_quantity_and_no_date_is_split(whole):
    expected = whole.split("|")
    beside_each_other = [word for word in tokens("".join(expected)) if not word.isspace()]
    with_spaces = [word for word in tokens(" ".join(expected)) if not word.isspace()]
    assert expected in (beside_each_other, with_spaces)


def test_older_versions_split_quantities_as_before():
    for version in (1, 2, 3):
        assert tokens("2–3 November 2025", version) == ("2–3", " ", "November 2025")
        assert tokens("US$2 billion", version) == ("US", "$2 billion")
        assert tokens("5 m/s", version) == ("5", " ", "m", "/", "s")


def test_the_usual_example():
    proposals = [ProposedWording("p1", ("JP",), "Japan will provide up to 2 billion yen.")]
    nodes = compiled("Japan will provide nearly 2 billion yen.", proposals, SIX)
    assert printed(nodes) == "Japan will provide [nearly] [JP: up to] 2 billion yen."
    assert as_held_by(nodes, "JP") == "Japan will provide up to 2 billion yen."
    assert as_held_by(nodes, "KZ") == as_held_by(nodes) == "Japan will provide nearly 2 billion yen."


@pytest.mark.parametrize("case", SECOND, ids=lambda case: case["name"])
def test_version_two_looks_as_it_did_when_it_was_first_compiled(case):
    proposals = [
        ProposedWording(name, tuple(holders), wording, amends) for name, holders, wording, amends in case["asked"]
    ]
    nodes = compiled(case["base"], proposals, SIX, version=2)
    assert printed(nodes) == case["printed"]
    assert parsed(case["printed"]) == nodes
    assert compiled(case["base"], proposals[::-1], SIX, version=2) == nodes


@pytest.mark.parametrize("case", THIRD, ids=lambda case: case["name"])
def test_version_three_splits_no_footnote(case):
    proposals = [
        ProposedWording(name, tuple(holders), wording, amends) for name, holders, wording, amends in case["asked"]
    ]
    nodes = compiled(case["base"], proposals, SIX, version=3)
    assert printed(nodes) == case["printed"]
    assert parsed(case["printed"]) == nodes
    assert compiled(case["base"], proposals[::-1], SIX, version=3) == nodes


@pytest.mark.parametrize("case", FOURTH, ids=lambda case: case["name"])
def test_version_four_splits_no_quantity(case):
    proposals = [
        ProposedWording(name, tuple(holders), wording, amends) for name, holders, wording, amends in case["asked"]
    ]
    nodes = compiled(case["base"], proposals, SIX, version=4)
    assert printed(nodes) == case["printed"]
    assert parsed(case["printed"]) == nodes
    assert compiled(case["base"], proposals[::-1], SIX, version=4) == nodes


@pytest.mark.parametrize("case", THIRD + SECOND, ids=lambda case: case["name"])
def test_without_such_quantities_version_four_looks_like_version_three(case):
    proposals = [
        ProposedWording(name, tuple(holders), wording, amends) for name, holders, wording, amends in case["asked"]
    ]
    assert compiled(case["base"], proposals, SIX, version=4) == compiled(case["base"], proposals, SIX, version=3)


@pytest.mark.parametrize("case", SECOND, ids=lambda case: case["name"])
def test_without_footnotes_version_three_looks_like_version_two(case):
    proposals = [
        ProposedWording(name, tuple(holders), wording, amends) for name, holders, wording, amends in case["asked"]
    ]
    assert compiled(case["base"], proposals, SIX, version=3) == compiled(case["base"], proposals, SIX, version=2)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_without_amendments_version_two_looks_like_version_one(case):
    proposals = [
        ProposedWording(f"p{n}", tuple(holders), wording) for n, (holders, wording) in enumerate(case["asked"])
    ]
    assert compiled(case["base"], proposals, SIX, version=2) == compiled(case["base"], proposals, SIX, version=1)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_compiled_text_looks_as_it_did_when_it_was_first_compiled(case):
    proposals = [
        ProposedWording(f"p{n}", tuple(holders), wording) for n, (holders, wording) in enumerate(case["asked"])
    ]
    nodes = compiled(case["base"], proposals, SIX, version=1)
    assert printed(nodes) == case["printed"]
    assert parsed(case["printed"]) == nodes
    assert compiled(case["base"], proposals[::-1], SIX, version=1) == nodes
    for proposal in proposals:
        for state in proposal.holders:
            assert as_held_by(nodes, state) == proposal.wording


def test_a_delegation_cannot_hold_two_wordings_of_the_same_words():
    base = "The Ministers welcomed the grant of nearly 2 billion yen."
    first, second = base.replace("nearly", "up to"), base.replace("nearly", "about")
    elsewhere = base.replace("welcomed", "noted")
    assert not compatible(base, [first, second])
    assert compatible(base, [first, elsewhere])
    assert compatible(base, [first, first])


def test_a_change_of_words_that_still_stand_follows_the_base():
    old = "The Ministers welcomed the grant of nearly 2 billion yen."
    new = "The Foreign Ministers welcomed the grant of nearly 2 billion yen."
    proposal = "The Ministers noted the grant of nearly 2 billion yen."
    outcome = rebased(old, new, proposal)
    assert (outcome.fate, outcome.wording) == (
        Fate.MOVED, "The Foreign Ministers noted the grant of nearly 2 billion yen."
    )  # fmt: skip


def test_a_change_of_words_that_were_replaced_is_flagged_and_keeps_its_wording():
    old, new = "a grant of nearly 2 billion yen", "a grant of at least 2 billion yen"
    outcome = rebased(old, new, "a large grant of up to 2 billion yen")
    assert outcome.fate == Fate.FLAGGED
    assert outcome.wording == "a large grant of up to 2 billion yen"
    assert outcome.fits == "a large grant of at least 2 billion yen"


def test_a_change_that_was_taken_over_is_met():
    old, new = "a grant of nearly 2 billion yen", "a grant of up to 2 billion yen"
    assert rebased(old, new, new).fate == Fate.MET


@pytest.mark.parametrize(
    "line",
    ["[nearly", "nearly]", "[nearly] 2", "[JP: up [KZ: to]", "[nearly] [jp: up to]", "ends in \\"],
)
def test_brackets_that_do_not_close_are_refused(line):
    with pytest.raises(ValueError, match=r"bracket|escape"):
        parsed(line)


def test_a_difference_reads_as_a_person_would_mark_it():
    base = "The Ministers of the six states expressed their concern, and agreed to meet again in 2021."
    wording = "The Ministers of the five states expressed deep concern, and agreed to meet again in 2022 in Tashkent."
    changes = [("".join(tokens(base)[e.start : e.end]), "".join(e.words)) for e in difference(base, wording)]
    assert changes == [("six", "five"), ("their", "deep"), ("2021", "2022 in Tashkent")]
    assert applied(tokens(base), difference(base, wording)) == wording


BASE = "Japan will provide 1 billion yen."
OFFER = ProposedWording("p1", ("JP",), "Japan will provide up to 2 billion yen in kind.")


def amended(wording, *more, base=BASE, version=2):
    proposals = [OFFER, ProposedWording("p2", ("KZ",), wording, amends="p1"), *more]
    nodes = compiled(base, proposals, SIX, version)
    assert nodes == compiled(base, proposals[::-1], SIX, version)
    for proposal in proposals:
        assert as_held_by(nodes, proposal.holders[0]) == proposal.wording
    assert as_held_by(nodes) == base
    assert parsed(printed(nodes)) == nodes
    return printed(nodes)


def test_an_amendment_of_a_proposal_stands_nested_in_its_bracket():
    assert amended("Japan will provide nearly 2 billion yen in kind.") == (
        "Japan will provide [1 billion yen] [JP: [up to] [KZ: nearly] 2 billion yen in kind]."
    )
    assert amended("Japan will provide up to and over 2 billion yen in kind.") == (
        "Japan will provide [1 billion yen] [JP: up to [KZ: and over] 2 billion yen in kind]."
    )
    assert amended("Japan will provide up to 2 billion yen.") == (
        "Japan will provide [1 billion yen] [JP: up to 2 billion yen [in kind] [KZ: –]]."
    )


def test_what_an_amendment_changes_beside_the_proposal_is_a_bracket_of_its_own():
    assert amended("Tokyo will provide nearly 2 billion yen in kind.") == (
        "[Japan] [KZ: Tokyo] will provide [1 billion yen] [JP: [up to] [KZ: nearly] 2 billion yen in kind]."
    )


def test_two_amendments_stand_side_by_side_within_the_proposal_and_others_beside_it():
    more = [
        ProposedWording("p3", ("UZ",), "Japan will provide about 2 billion yen in kind.", amends="p1"),
        ProposedWording("p4", ("TJ",), "Japan will provide 3 billion yen."),
    ]
    assert amended("Japan will provide nearly 2 billion yen in kind.", *more) == (
        "Japan will provide [1 billion yen] [JP: [up to] [KZ: nearly] [UZ: about] 2 billion yen in kind] "
        "[TJ: 3 billion yen]."
    )


def test_an_amendment_that_cannot_be_told_apart_is_an_alternative():
    wide = "Japan will give nearly 2 billion yen in kind."
    assert amended(wide) == (
        "Japan will [provide [1 billion yen] [JP: up to 2 billion yen in kind]] "
        "[KZ: give nearly 2 billion yen in kind]."
    )
    first = compiled(BASE, [OFFER, ProposedWording("p2", ("KZ",), wide, amends="p1")], SIX, 1)
    plain = ProposedWording("p2", ("KZ",), wide)
    assert first == compiled(BASE, [OFFER, plain], SIX, 1), "version 1 knows no amendments"
    alone = compiled(BASE, [ProposedWording("p2", ("KZ",), wide, amends="p1")], SIX)
    assert alone == compiled(BASE, [plain], SIX), "the proposal it amends is not there"


def test_amendments_of_a_new_paragraph_are_nested_in_it():
    new = ProposedWording("p1", ("JP",), "They will meet again in Tokyo.")
    change = ProposedWording("p2", ("UZ",), "They will meet again in Tashkent.", amends="p1")
    nodes = compiled("", [new, change], SIX)
    assert printed(nodes) == "[JP: They will meet again in [Tokyo] [UZ: Tashkent].]"
    assert as_held_by(nodes, "UZ") == "They will meet again in Tashkent."


def test_an_amendment_that_leaves_only_the_space_of_an_insertion():
    proposals = [ProposedWording("p1", ("JP",), "the "), ProposedWording("p2", ("UZ",), " ", amends="p1")]
    nodes = compiled("", proposals, SIX)
    assert as_held_by(nodes, "UZ") == " "
    assert as_held_by(nodes, "JP") == "the "
    assert parsed(printed(nodes)) == nodes
