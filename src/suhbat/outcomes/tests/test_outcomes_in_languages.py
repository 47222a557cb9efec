"""Outcomes in other languages: lists, receivers and due dates as each language has them."""

import re

import pytest

from suhbat.acts.registry import say
from suhbat.ground.language import reading_in
from suhbat.outcomes.outcome_labels import names
from suhbat.outcomes.tests.test_pages import PAGE

THREE = ["JP", "KZ", "UZ"]


@pytest.mark.parametrize(
    ("language", "listed"),
    [
        ("en", "Japan, Kazakhstan, and Uzbekistan"),
        ("ru", "Япония, Казахстан и Узбекистан"),
        ("ja", "日本、カザフスタン、ウズベキスタン"),
        ("kk", "Жапония, Қазақстан және Өзбекстан"),
        ("tg", "Ҷопон, Қазоқистон ва Ӯзбекистон"),
        ("tk", "Ýaponiýa, Gazagystan we Özbegistan"),
        ("uz", "Yaponiya, Qozogʻiston va Oʻzbekiston"),
    ],
)
def test_states_are_joined_as_the_readers_language_joins_them(language, listed):
    with reading_in(language):
        assert names(THREE) == listed
        assert names([]) == ""


def test_the_kyrgyz_list_is_right_though_the_library_has_none():
    with reading_in("ky"):
        assert names(THREE).endswith("Казакстан жана Өзбекстан")


@pytest.mark.parametrize(
    ("language", "card", "due"),
    [
        ("ja", "日本 → カザフスタン、キルギス、タジキスタン、トルクメニスタン、ウズベキスタン", "、2021年まで"),
        ("tk", "Ýaponiýa → Gazagystan, Gyrgyzystan, Täjigistan, Türkmenistan we Özbegistan", ", möhleti: 2021"),
        ("ru", "Япония — адресат: Казахстан, Кыргызстан, Таджикистан, Туркменистан и Узбекистан", ", срок: 2021"),
    ],
)
def test_giver_and_receiver_are_one_sentence_followed_by_the_due_date(pledge, signed_in, language, card, due):
    page = signed_in("head-jp").get(f"/{language}{PAGE}").text
    match = re.search(r'<p class="outcome-who">(.*?)</p>', page, re.DOTALL)
    assert match
    assert " ".join(re.sub("<[^>]*>", "", match[1]).split()) == card
    with reading_in(language):
        assert due in say(pledge)
