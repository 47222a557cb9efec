"""Ordinal numbers: endings that depend on the spoken number."""

import pytest

from suhbat.ground.language import reading_in
from suhbat.ground.ordinals import ordinal

TURKMEN = {
    "nji": (1, 2, 3, 4, 5, 7, 8, 11, 14, 20, 21, 50, 70, 80, 100, 103, 200, 1000, 1991, 2000, 2004, 2020, 2025, 2100),
    "njy": (6, 9, 10, 16, 19, 29, 30, 36, 40, 60, 90, 106, 110, 190, 2006, 2010, 2016, 2019, 2030, 1_000_000),
}
TAJIK = {
    "ум": (1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 20, 21, 40, 50, 100, 112, 113, 131, 1000, 2020),
    "юм": (2, 3, 22, 23, 30, 33, 42, 102, 130, 2002, 2023, 2030),
}


@pytest.mark.parametrize(("code", "rule"), [("tk", TURKMEN), ("tg", TAJIK)])
def test_the_last_spoken_word_chooses_the_ending(code, rule):
    for ending, numbers in rule.items():
        for number in numbers:
            assert ordinal(number, code) == f"{number}-{ending}"


def test_english_has_th_for_the_teens():
    ordinals = [ordinal(number, "en") for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111)]
    assert ordinals == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "101st", "111th"]


def test_russian_agrees_with_the_gender_of_the_noun():
    assert [ordinal(16, "ru", gender) for gender in "mfn"] == ["16-й", "16-я", "16-е"]


def test_the_other_languages_have_a_hyphen_or_one_sign():
    assert [ordinal(16, code) for code in ("kk", "ky", "uz", "ja")] == ["16-", "16-", "16-", "第16"]


def test_the_readers_language_is_the_default():
    with reading_in("tk"):
        assert ordinal(16) == "16-njy"
