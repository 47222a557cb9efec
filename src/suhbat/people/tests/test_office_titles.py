"""Offices of state in the reader's language: those of the record in all seven languages, others unchanged."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from suhbat.acts.roles_and_seats import ROLE_NAMES, Role
from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.people.office_titles import office, office_in_words, office_language, register, single_offices
from suhbat.people.template_helpers import office_name

TRANSLATED = [code for code in LANGUAGES if code != "en"]
SAME_AS_IN_ENGLISH = {("tk", "Emir")}
"""Words that another language spells as in English."""
SOURCE = Path(__file__).parents[4]
FOLDERS = (SOURCE / "data/public-record", SOURCE / "src/suhbat/rehearsal/scripts")


def offices_within(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("office"), str):
            yield node["office"]
        for child in node.values():
            yield from offices_within(child)
    elif isinstance(node, list):
        for child in node:
            yield from offices_within(child)


@pytest.fixture(scope="module")
def titles() -> set[str]:
    """Every title in the public record and in the scripts of rehearsals."""
    paths = [path for folder in FOLDERS for path in folder.rglob("*.yaml")]
    return {title for path in paths for title in offices_within(yaml.load(path.read_text(), Loader=yaml.CSafeLoader))}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_office_of_the_record_is_translated(titles, code):
    with reading_in(code):
        untranslated = sorted(title for title in titles if office_in_words(title) is None)
        english = {(code, title) for title in titles if office(title) == title}
    assert len(titles) > 100
    assert untranslated == []
    assert english <= SAME_AS_IN_ENGLISH


def test_each_office_has_a_word_in_each_language_and_sources_only_for_these():
    for title, names in register().items():
        assert set(names) - {"sources"} == set(TRANSLATED), title
        assert set(names.get("sources", {})) <= set(TRANSLATED), title


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_word_mixes_two_alphabets(code):
    words = {word for names in register().values() for word in re.findall(r"\w+", names[code])}
    assert [word for word in words if re.search("[A-Za-z]", word) and re.search("[Ѐ-ӿ]", word)] == []
    strange = "[Ѐ-ӿ]" if code in {"tk", "uz", "ja"} else "[À-ɏʻʼ]"
    assert [word for word in words if re.search(strange, word)] == []


def test_several_offices_of_one_person_are_joined_as_in_each_language():
    title = "Deputy Chairman of the Cabinet of Ministers, Minister of Foreign Affairs"
    translations = {}
    for code in ("ru", "ja", "tk", "uz"):
        with reading_in(code):
            translations[code] = office(title)
    assert translations == {
        "ru": "Заместитель председателя Кабинета министров, министр иностранных дел",
        "ja": "副首相兼外務大臣",
        "tk": "Ministrler Kabinetiniň Başlygynyň orunbasary, daşary işler ministri",
        "uz": "Vazirlar Mahkamasi raisining oʻrinbosari, tashqi ishlar vaziri",
    }


def test_a_proper_name_keeps_its_capital_letter():
    with reading_in("kk"):
        translation = office("High Representative, Vice-President of the European Commission")
        assert translation == "Жоғары өкіл, Еуропалық комиссия төрағасының орынбасары"
        assert office("Crown Prince, Prime Minister") == "Мұрагер ханзада, Премьер-Министр"


def test_a_title_with_commas_of_its_own_is_one_office():
    both = "Deputy Prime Minister, Minister of Economy, Trade and Industry"
    assert single_offices(both) == ["Deputy Prime Minister", "Minister of Economy, Trade and Industry"]
    assert single_offices("Prime Minister, Keeper of the Seal") == []


def test_an_unknown_title_stays_as_typed():
    with reading_in("ru"):
        assert office("外務省欧州局長") == office_name("外務省欧州局長") == "外務省欧州局長"
        assert office_name("Keeper of the Seal") == "Keeper of the Seal"
        assert office_name(None) == ""


def test_a_title_known_to_be_english_is_marked_for_readers_of_another_language():
    with reading_in("ja"):
        assert office_language("Keeper of the Seal") == "en"
        assert office_name("Keeper of the Seal <1>", "en") == '<span lang="en">Keeper of the Seal &lt;1&gt;</span>'
        assert office_language("Prime Minister") == ""
        assert office_name("Prime Minister", "en") == "首相"
    assert office_language("Keeper of the Seal") == ""
    assert office_name("Keeper of the Seal", "en") == "Keeper of the Seal"


def test_an_actor_without_an_office_has_the_name_of_the_role():
    with reading_in("ru"):
        assert office(str(ROLE_NAMES[Role.HEAD].message)) == "Глава делегации"
