"""Offices of state in the reader's language: translated where the house has the word, marked as English where not."""

import pytest

from suhbat.archive.loading import SHIPPED, load
from suhbat.ground.language import reading_in
from suhbat.public.offices import OFFICES, office_in_words


def test_a_title_of_two_offices_is_told_where_both_are_known():
    with reading_in("ru"):
        told = office_in_words("Deputy Prime Minister, Minister of Foreign Affairs")
        assert told == "Заместитель премьер-министра, министр иностранных дел"
        assert office_in_words("Minister of Economy, Trade and Industry") is not None
        assert office_in_words("Prime Minister, Keeper of the Seal") is None


@pytest.mark.parametrize("code", ["ru", "ja", "uz"])
def test_a_persons_page_names_the_office_and_says_which_are_english(house, client, code):
    load(house.door, SHIPPED)
    page = client.get(f"/{code}/people/wang-yi").text.partition("<main")[2]
    with reading_in(code):
        told = str(OFFICES["Minister of Foreign Affairs"])
    assert told in page
    assert "Minister of Foreign Affairs" not in page
    assert "Minister of Foreign Affairs" in client.get("/people/wang-yi").text
