"""The room in other languages than English: whole sentences, each in its language's own order and marks."""

import re
from datetime import UTC, datetime

import pytest

from suhbat.acts.registry import say
from suhbat.floor.time_in_capitals import clocks
from suhbat.formats.state_names import state_name
from suhbat.ground.language import reading_in
from suhbat.record.audiences import PARTICIPANTS, Scope
from suhbat.record.reading import of_place

MEETING = "ca-japan/2020-08-11-special"
SEES_ALL = Scope(frozenset({PARTICIPANTS}))


@pytest.fixture
def read(signed_in):
    """The words of the room's page as a person reads them in a language, with single blanks."""

    def words_of_page(person, code):
        page = signed_in(person).get(f"/{code}/meetings/{MEETING}/room").text
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())

    return words_of_page


def test_a_delegation_s_own_acts_are_behind_a_button_that_says_so(read, in_session):
    assert "Действия: Япония" in read("head-jp", "ru")
    assert f"Аракеттер: {state_name('JP', 'ky')}" in read("head-jp", "ky")


@pytest.mark.parametrize(
    ("code", "of_the_item", "left", "in_all"),
    [
        ("ru", "TIME из 20 минут", "осталось: TIME", "всего: TIME"),
        ("ja", "TIME ／20分", "残り TIME", "合計 TIME"),
        ("kk", "TIME (көзделгені: 20 минут)", "қалды: TIME", "барлығы: TIME"),
        ("uz", "TIME / 20 daqiqa", "qoldi: TIME", "jami: TIME"),
    ],
)
def test_the_clocks_of_a_speaker_are_whole_texts(read, in_session, code, of_the_item, left, in_all):
    in_session("chair", "floor.given", delegation="KZ")
    page = re.sub(r"\b\d+:\d\d\b", "TIME", read("head-uz", code))
    assert of_the_item in page
    assert left in page
    assert in_all in page


def test_the_lobby_names_the_hosts_clock_by_its_city(read):
    assert "11 августа 2020 года, 15:00 (время: Токио)" in read("head-kz", "ru")
    assert "東京時間" in read("head-kz", "ja")
    assert "Tokio wagty" in read("head-kz", "tk")


def test_a_minister_stands_with_the_office_in_the_order_of_the_language(read):
    assert "Toshimitsu Motegi, министр иностранных дел" in read("head-kz", "ru")
    assert "外務大臣 Toshimitsu Motegi" in read("head-kz", "ja")


def test_capitals_on_the_clocks_have_the_readers_names():
    at = datetime(2020, 8, 11, 6, tzinfo=UTC)
    with reading_in("ru"):
        assert [clock.places for clock in clocks(["JP", "KZ", "KG"], "2020-08-11", at)] == [
            ("Токио",), ("Нур-Султан", "Бишкек"),
        ]  # fmt: skip
    with reading_in("uz"):
        assert [clock.places for clock in clocks(["UZ"], "2020-08-11", at)] == [("Toshkent",)]


def test_what_ends_on_the_way_is_a_further_sentence_and_japanese_writes_no_blank_between(app, in_session):
    in_session("chair", "floor.given", delegation="KZ")
    in_session("chair", "floor.given", delegation="UZ")
    with app.database.reading() as session:
        (given,) = [entry for entry in of_place(session, MEETING, SEES_ALL) if entry.body.get("ends")]
    with reading_in("ja"):
        assert re.fullmatch(r"ウズベキスタンが発言します。カザフスタンが発言を終えました（\d:\d\d）。", say(given))
    assert re.fullmatch(r"Uzbekistan has the floor\. Kazakhstan ends after \d:\d\d\.", say(given))
