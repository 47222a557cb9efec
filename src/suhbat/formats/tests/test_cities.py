"""The names of cities in the languages of the interface: every city of the public record and every capital."""

import re
from pathlib import Path

import pytest

from suhbat.formats.city_names import cities, city_language, city_name, city_sort_key
from suhbat.formats.state_names import register
from suhbat.formats.tests.name_checks import JAPANESE, foreign_words, is_sourced
from suhbat.ground.language import LANGUAGES, reading_in

OTHERS = [code for code in LANGUAGES if code != "en"]
DATA = Path(__file__).parents[4] / "data" / "public-record"
CITY = re.compile(r"^[\s-]*city: (.+)$", re.MULTILINE)


def cities_of_the_record() -> set[str]:
    """Every city in a file of the public record, as it is spelt there."""
    names = {city.strip("'\"") for path in DATA.rglob("*.yaml") for city in CITY.findall(path.read_text("utf-8"))}
    return names - {"null"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_city_of_the_record_and_every_capital_has_a_name(language):
    capitals = {capital["city"] for state in register().values() for capital in state["capital"]}
    expected_cities = cities_of_the_record() | capitals
    assert len(expected_cities) > 70
    assert [city for city in sorted(expected_cities) if city_language(city, language) != language] == []


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Tashkent Nur-Sultan Xi'an"),
        ("ru", "Ташкент Нур-Султан Сиань"),
        ("ja", "タシケント ヌルスルタン 西安"),
        ("kk", "Ташкент Нұр-Сұлтан Сиань"),
        ("ky", "Ташкент Нур-Султан Сиань"),
        ("tg", "Тошканд Нурсултон Сиан"),
        ("tk", "Daşkent Nur-Sultan Sian"),
        ("uz", "Toshkent Nur-Sulton Sian"),
    ],
)
def test_a_city_has_its_name_in_the_readers_language_and_a_former_name_stays(language, names):
    with reading_in(language):
        assert [city_name(city) for city in ("Tashkent", "Nur-Sultan", "Xi'an")] == names.split()


def test_an_unknown_city_keeps_its_english_name_and_is_marked_as_english():
    assert (city_name("Turkistan", "kk"), city_language("Turkistan", "kk")) == ("Turkistan", "en")
    assert (city_name("Tokyo", "kk"), city_language("Tokyo", "kk")) == ("Токио", "kk")
    assert (city_name("Tokyo", "en"), city_language("Tokyo", "en")) == ("Tokyo", "en")


@pytest.mark.parametrize("language", OTHERS)
def test_names_of_cities_are_spelt_in_their_language_and_have_a_source(language):
    for city, names in cities().items():
        assert foreign_words(names[language]["name"], language) == [], city
        assert is_sourced(names[language]), city


def test_a_japanese_city_in_kanji_has_a_reading():
    for city, names in cities().items():
        by_sound = re.fullmatch(r"[\u3041-\u30ff]+", names["ja"].get("reading") or names["ja"]["name"])
        assert by_sound, city
        assert JAPANESE.fullmatch(names["ja"]["name"].replace("・", "")), city


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "Ashgabat Astana Beijing Bishkek Dushanbe Tashkent Tokyo"),
        ("ru", "Astana Ashgabat Bishkek Dushanbe Beijing Tashkent Tokyo"),
        ("ja", "Ashgabat Astana Tashkent Tokyo Dushanbe Bishkek Beijing"),
        ("kk", "Astana Ashgabat Beijing Bishkek Dushanbe Tashkent Tokyo"),
        ("ky", "Astana Ashgabat Bishkek Beijing Dushanbe Tashkent Tokyo"),
        ("tg", "Ashgabat Bishkek Dushanbe Astana Beijing Tokyo Tashkent"),
        ("tk", "Astana Ashgabat Bishkek Tashkent Dushanbe Beijing Tokyo"),
        ("uz", "Ashgabat Bishkek Dushanbe Astana Beijing Tokyo Tashkent"),
    ],
)
def test_cities_are_in_the_alphabetical_order_of_a_language(language, order):
    backwards = order.split()[::-1]
    assert sorted(backwards, key=lambda city: city_sort_key(city, language)) == order.split()
