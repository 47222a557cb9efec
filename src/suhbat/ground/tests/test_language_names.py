"""The names of languages in the reader's language, alone and in phrases."""

import json
import re
from pathlib import Path

import pytest

from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.ground.language_names import capital, in_language, language_name

TABLE = json.loads((Path(__file__).parents[1] / "language_names.json").read_text(encoding="utf-8"))
OF_PARTNERS = ["zh", "ko", "de", "it", "fr", "tr", "az", "hi", "ar", "fa"]


def test_russian_has_its_name_in_each_language():
    named = {reader: (language_name("ru", reader), in_language("ru", reader)) for reader in LANGUAGES}
    assert named == {
        "en": ("Russian", "in Russian"),
        "ru": ("русский", "на русском языке"),
        "ja": ("ロシア語", "ロシア語で"),
        "kk": ("орыс тілі", "орыс тілінде"),
        "ky": ("орус тили", "орус тилинде"),
        "tg": ("русӣ", "бо забони русӣ"),
        "tk": ("rus dili", "rus dilinde"),
        "uz": ("rus tili", "rus tilida"),
    }


def test_the_readers_language_is_the_default():
    with reading_in("uz"):
        assert (language_name("ja"), in_language("ja")) == ("yapon tili", "yapon tilida")
    assert language_name("ja") == "Japanese"


def test_a_name_that_russian_does_not_inflect_stands_alone():
    assert in_language("hi", "ru") == "на языке хинди"


@pytest.mark.parametrize("reader", LANGUAGES)
def test_every_reader_has_the_same_languages_and_no_own_names_of_others(reader):
    assert set(TABLE[reader]) == set(TABLE["en"]) >= {*LANGUAGES, *OF_PARTNERS, "other"}
    names = [language_name(code, reader) for code in TABLE[reader]]
    assert len(set(names)) == len(names)
    own = {name.lower() for code, name in LANGUAGES.items() if code != reader}
    assert own.isdisjoint(name.lower() for name in names)


@pytest.mark.parametrize("reader", LANGUAGES)
def test_names_are_in_the_alphabet_of_the_reader(reader):
    strange = "[Ѐ-ӿ]" if reader in {"en", "ja", "tk", "uz"} else "[A-Za-z]"
    names = [say(code, reader) for code in TABLE[reader] if code != "other" for say in (language_name, in_language)]
    assert [name for name in names if re.search(strange, name)] == []


def test_a_language_that_is_not_in_the_table_has_its_name_by_cldr():
    assert language_name("lt", "ja") == "リトアニア語"
    assert in_language("lt", "ru") == "на языке литовский"
    assert language_name("xx", "ja") == "xx"


def test_a_name_gets_a_capital_at_the_beginning_of_a_sentence():
    assert capital(in_language("ru", "ru")) == "На русском языке"
    assert capital(language_name("en", "tk")) == "Iňlis dili"
    assert capital("") == ""
