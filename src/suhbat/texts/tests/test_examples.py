"""The written negotiations hold what they promise, and every delegation finds its own words in them."""

import pytest

from suhbat.texts.examples import example
from suhbat.texts.wording.brackets import Asked, as_held_by, compiled
from suhbat.texts.wording.notation import parsed, printed

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")


@pytest.mark.parametrize(("name", "paragraphs", "moves"), [("chairs-statement", 12, 14), ("action-plan", 67, 200)])
def test_a_written_negotiation_compiles_to_what_each_delegation_asked(name, paragraphs, moves):
    played = example(name)
    assert (len(played.paragraphs), len(played.moves)) == (paragraphs, moves)
    for label, base in played.paragraphs.items():
        asked = [Asked(str(n), (m.by,), m.wording) for n, m in enumerate(played.moves) if m.label == label]
        nodes = compiled(base, asked, SIX)
        assert parsed(printed(nodes)) == nodes
        assert as_held_by(nodes) == base
        for each in asked:
            assert as_held_by(nodes, each.holders[0]) == each.wording
