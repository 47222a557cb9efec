"""The languages in which texts can stand, named by their tags."""

import pytest

from suhbat.ground.language import reading_in
from suhbat.ground.language_names import language_name
from suhbat.ground.text_languages import READY, is_language, own_name


@pytest.mark.parametrize("tag", [*READY, "sw", "ckb", "pt-BR", "zh-TW"])
def test_any_language_has_a_tag(tag):
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "x", "xx", "english", "EN", "en_US", "en-us", "und", "zh-XX", "zh-Hant", "a b"])
def test_what_is_no_tag_is_refused(tag):
    assert not is_language(tag)


def test_a_language_has_a_name_in_the_readers_language_and_in_its_own():
    assert (own_name("zh"), own_name("ar"), own_name("kk")) == ("中文", "العربية", "Қазақша")
    assert language_name("sw") == "Swahili"
    with reading_in("ru"):
        assert language_name("sw") == "суахили"
        assert language_name("hi") == "хинди"
