"""Names of public holidays in every language, from our own table."""

import re

import holidays
import pytest

from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.meetings.holiday_names import holiday_name

CAPITALS = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
PARTNERS = ("CN", "RU", "US", "KR", "IN", "DE", "IT", "GB", "TR", "AZ")
YEARS = range(2020, 2031)
TRANSLATED = [code for code in LANGUAGES if code != "en"]
SAME_AS_IN_ENGLISH = {("tk", "Diwali"), ("tk", "Holi")}
"""Holidays that another language spells as English does."""


@pytest.fixture(scope="module")
def named_days() -> set[tuple[str, str]]:
    """All holidays of eleven years: the state and the English name."""
    states = CAPITALS + PARTNERS
    calendars = {state: holidays.country_holidays(state, years=YEARS, language="en_US") for state in states}
    return {(state, name) for state, days in calendars.items() for day in days for name in days.get_list(day)}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_holiday_is_named_in_every_language(named_days, code):
    with reading_in(code):
        holidays_by_name = {(state, name): holiday_name(state, name) for state, name in named_days}
    assert {state for state, _ in named_days} == set(CAPITALS + PARTNERS)
    assert [key for key, holiday in holidays_by_name.items() if holiday.language != code] == []
    assert {
        (code, english) for (_, english), holiday in holidays_by_name.items() if holiday.text == english
    } <= SAME_AS_IN_ENGLISH


@pytest.mark.parametrize("code", ["ru", "ja", "kk", "ky", "tg"])
def test_no_latin_letter_stands_in_another_alphabet(named_days, code):
    with reading_in(code):
        texts = {holiday_name(state, name).text for state, name in named_days}
    assert [text for text in texts if re.search("[A-HJ-UW-Za-z]", text)] == []


def test_an_estimated_feast_is_marked_and_its_name_has_no_such_word():
    with reading_in("uz"):
        certain = holiday_name("TM", "Eid al-Adha (observed)")
        estimated = holiday_name("TM", "Eid al-Adha (observed, estimated)")
    assert (certain.text, certain.estimated) == ("Qurbon hayit (koʻchirilgan dam olish kuni)", False)
    assert (estimated.text, estimated.estimated) == (certain.text, True)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_estimated_day_of_the_six_is_provisional(named_days, code):
    with reading_in(code):
        holidays_by_name = {name: holiday_name(state, name) for state, name in named_days if state in CAPITALS}
    estimated = {name for name in holidays_by_name if "estimated" in name}
    assert {name for name, holiday in holidays_by_name.items() if holiday.estimated} == estimated != set()
    assert [name for name in estimated if "estimated" in holidays_by_name[name].text] == []


def test_some_feasts_have_other_names_in_a_state():
    with reading_in("ru"):
        assert holiday_name("KG", "Eid al-Fitr").text == "Орозо айт"
        assert holiday_name("TR", "Eid al-Fitr").text == "Ураза-байрам"
    with reading_in("ja"):
        assert holiday_name("KR", "Liberation Day").text == "光復節"
        assert holiday_name("IT", "Liberation Day").text == "解放記念日"
        assert holiday_name("KR", "Alternative holiday for Liberation Day").text == "光復節（振替休日）"


def test_a_day_off_names_the_day_that_it_replaces():
    moved = "Day off (substituted from 01/05/2020)"
    assert holiday_name("KZ", moved).text == "Day off (in place of 5 January 2020)"
    with reading_in("ja"):
        assert holiday_name("KZ", moved).text == "休日（2020年1月5日の振替）"


def test_a_holiday_that_is_not_in_the_table_stays_english():
    with reading_in("kk"):
        unknown = holiday_name("PK", "Kashmir Solidarity Day (observed)")
    assert (unknown.text, unknown.language) == ("Kashmir Solidarity Day (observed)", "en")
