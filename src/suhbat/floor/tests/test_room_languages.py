"""The room in languages other than English: whole sentences in the order and punctuation of each language."""

import re

import pytest

from suhbat.acts.registry import say
from suhbat.formats.state_names import state_name
from suhbat.ground.language import reading_in
from suhbat.record.audiences import PARTICIPANTS, Scope
from suhbat.record.reading import of_place

MEETING = "ca-japan/2020-08-11-special"
SEES_ALL = Scope(frozenset({PARTICIPANTS}))


@pytest.fixture
def page_words(signed_in):
    """The words of the room's page as a person reads them in a language, with single spaces."""

    def words_of_page(person, code):
        page = signed_in(person).get(f"/{code}/meetings/{MEETING}/room").text
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())

    return words_of_page


def test_a_delegation_s_own_acts_are_behind_a_button_that_says_so(page_words, in_session):
    assert "Действия: Япония" in page_words("head-jp", "ru")
    assert f"Аракеттер: {state_name('JP', 'ky')}" in page_words("head-jp", "ky")


@pytest.mark.parametrize(
    ("code", "of_the_item", "time_left", "in_all"),
    [
        ("ru", "TIME из 20 минут", "осталось: TIME", "всего: TIME"),
        ("ja", "TIME ／20分", "残り TIME", "合計 TIME"),
        ("kk", "TIME (көзделгені: 20 минут)", "қалды: TIME", "барлығы: TIME"),
        ("uz", "TIME / 20 daqiqa", "qoldi: TIME", "jami: TIME"),
    ],
)
def test_the_clocks_of_a_speaker_are_whole_texts(page_words, in_session, code, of_the_item, time_left, in_all):
    in_session("chair", "floor.given", delegation="KZ")
    page = re.sub(r"\b\d+:\d\d\b", "TIME", page_words("head-uz", code))
    assert of_the_item in page
    assert time_left in page
    assert in_all in page


def test_the_lobby_names_the_hosts_clock_by_its_city(page_words):
    assert "11 августа 2020 года, 15:00 (время: Токио)" in page_words("head-kz", "ru")
    assert "東京時間" in page_words("head-kz", "ja")
    assert "Tokio wagty" in page_words("head-kz", "tk")


def test_a_minister_stands_with_the_office_in_the_order_of_the_language(page_words):
    assert "Toshimitsu Motegi, министр иностранных дел" in page_words("head-kz", "ru")
    assert "外務大臣 Toshimitsu Motegi" in page_words("head-kz", "ja")


def test_ended_turns_are_a_further_sentence_and_japanese_has_no_space_before_it(app, in_session):
    in_session("chair", "floor.given", delegation="KZ")
    in_session("chair", "floor.given", delegation="UZ")
    with app.database.reading() as session:
        (entry,) = [entry for entry in of_place(session, MEETING, SEES_ALL) if entry.body.get("ends")]
    with reading_in("ja"):
        assert re.fullmatch(r"ウズベキスタンが発言します。カザフスタンが発言を終えました（\d:\d\d）。", say(entry))
    assert re.fullmatch(r"Uzbekistan has the floor\. Kazakhstan ends after \d:\d\d\.", say(entry))
