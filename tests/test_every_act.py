"""At the end of a full run: no act without a test in which its entries rebuilt the tables."""

from suhbat.acts.registry import REGISTRY
from suhbat.application import load_rooms


def test_every_act_was_performed_by_a_test_and_rebuilt_from_its_entries(performed):
    load_rooms()
    assert sorted(REGISTRY.keys() - performed) == []
