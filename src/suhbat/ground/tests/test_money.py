"""Sums in whole units, in every language: no figure that nobody said, and none lost."""

import re

import pytest

from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.ground.money import CURRENCIES, show_money


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("value", [5, 700_000_000, 1_898_000_000])
def test_a_sum_has_the_figures_that_were_pledged_and_no_others(code, value):
    with reading_in(code):
        for currency in CURRENCIES:
            assert int(re.sub(r"\D", "", show_money(value, currency))) == value
