"""Giver and receivers of a promise: one phrase in every language, for any number of states."""

import pytest

from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.public.presentation.giver_and_receivers import between, group, states

FIVE = ["KZ", "KG", "TJ", "TM", "UZ"]


def plain(markup):
    return markup.striptags()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Japan to Kazakhstan"),
        ("ru", "Япония — адресат: Казахстан"),
        ("ja", "日本 → カザフスタン"),
        ("kk", "Жапония — алушы: Қазақстан"),
        ("tk", "Ýaponiýa → Gazagystan"),
        ("uz", "Yaponiya → Qozogʻiston"),
    ],
)
def test_giver_and_receiver_are_one_text(code, text):
    with reading_in(code):
        assert plain(between(["JP"], ["KZ"])) == text


def test_both_stay_links_to_their_pages_in_the_readers_language():
    with reading_in("ja"):
        assert between(["JP"], ["KZ"]) == (
            '<a class="state" href="/ja/states/JP">日本</a> → <a class="state" href="/ja/states/KZ">カザフスタン</a>'
        )
    assert "<a" not in group(["JP"], link=False)


def test_the_five_are_one_party_beside_another():
    assert plain(group(FIVE)) == "the five"
    assert 'title="Kazakhstan, Kyrgyz Republic, Tajikistan, Turkmenistan, Uzbekistan"' in group(FIVE)
    assert plain(group(["US", *FIVE])) == "United States and the five"
    with reading_in("kk"):
        assert plain(group(["US", *FIVE])) == "АҚШ және бес ел"
    with reading_in("ja"):
        assert plain(group(["US", *FIVE])) == "米国、5か国"


def test_many_states_are_shown_as_a_number():
    many = ["CN", "IN", "IR", "KG", "KZ", "PK", "RU"]
    assert plain(group(many)) == "7 states"
    with reading_in("ru"):
        assert plain(group(many)) == "7 государств"


def test_states_in_a_row_have_the_separator_of_the_language():
    assert plain(states(["JP", "KZ"])) == "Japan, Kazakhstan"
    with reading_in("ja"):
        assert plain(states(["JP", "KZ"])) == "日本、カザフスタン"


def test_many_givers_without_a_receiver_are_not_listed():
    assert between([*FIVE, "JP"], []) == ""
    assert plain(between(["JP"], [])) == "Japan"
    for code in LANGUAGES:
        with reading_in(code):
            assert plain(between([*FIVE, "JP"], ["CN"])).count("%") == 0
