"""The names of states and their order, in the languages of the interface."""

import re
from pathlib import Path
from zoneinfo import available_timezones

import pytest
import yaml
from jinja2 import Environment

from suhbat.formats.flags import draw, flag
from suhbat.formats.name_tables import name_table
from suhbat.formats.state_names import (
    capital_of,
    formal_name,
    name_language,
    protocol_order,
    recorded,
    register,
    set_added,
    state_name,
)
from suhbat.formats.template_helpers import install
from suhbat.formats.tests.name_checks import JAPANESE, foreign_words, is_sourced
from suhbat.ground.language import LANGUAGES, reading_in

SIX = ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
PLACES = {"state", "members", "partners", "by", "to", "country"}
SPELT_AS_IN_RUSSIAN = {
    "kk": "AM BE BG BH BY DE DJ FR IR IT KH KW LA LK LU MM NP OM",
    "ky": "AM BE BG BH BY DE DJ EG FR HU IN IR IT KG KH KW LA LK LU MM MN NP OM PK QA RU",
    "tg": "IT LA LK LU NP RU",
}
"""States whose short name is spelt as in Russian, by language. For all others a Russian name is a mistake."""
DATA = Path(__file__).parents[4] / "data" / "public-record"


def test_names_are_the_states_own_and_not_those_of_a_locale_library():
    assert state_name("KG", "en") == "Kyrgyz Republic"
    assert (state_name("KG", "ru"), formal_name("KG", "ru")) == ("Кыргызстан", "Кыргызская Республика")
    assert (state_name("KG", "ja"), formal_name("KG", "ja")) == ("キルギス", "キルギス共和国")
    assert formal_name("JP", "ja") == "日本国"
    assert state_name("XX", "ru") == "XX"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_short_and_a_formal_name_with_their_source_in_every_language(language):
    assert set(SIX) < set(register())
    for code, state in register().items():
        name = state["names"][language]
        assert name["short"], code
        assert name["formal"], code
    for code, state in (name_table("states.json") | name_table("further_states.json")).items():
        assert is_sourced(state["names"][language]) or "own name" in state["names"][language]["source"], code


def test_a_source_is_not_among_the_names():
    forms = {form for state in register().values() for name in state["names"].values() for form in name}
    assert forms == {"short", "formal", "former", "reading"}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_name_is_spelt_with_the_letters_of_its_language(language):
    for code, state in register().items():
        name = state["names"][language]
        assert foreign_words(f"{name['short']} {name['formal']}", language) == [], code


@pytest.mark.parametrize("language", list(SPELT_AS_IN_RUSSIAN))
def test_a_name_is_not_the_russian_one_except_where_both_are_spelt_the_same(language):
    alike = {code for code in recorded() if state_name(code, language) == state_name(code, "ru")}
    assert alike == set(SPELT_AS_IN_RUSSIAN[language].split())


def test_names_that_readers_corrected_stay_corrected():
    assert (state_name("US", "uz"), state_name("EU", "ru"), state_name("HU", "kk")) == ("AQSH", "ЕС", "Мажарстан")
    assert (state_name("SA", "kk"), formal_name("SA", "ky")) == ("Сауд Арабиясы", "Сауд Арабия Падышалыгы")
    assert "Персидского залива" in formal_name("GCC", "ru")
    assert state_name("GCC", "ru") == "ССАГПЗ"


def test_a_japanese_name_in_kanji_has_a_reading():
    katakana = re.compile(r"[\u30a1-\u30ff]+")
    for code, state in register().items():
        name = state["names"]["ja"]
        assert JAPANESE.fullmatch(name.get("reading", "")) or katakana.fullmatch(name["short"]), code


def test_all_members_and_observers_of_the_united_nations_stand_in_the_register_by_their_names_there():
    members = [code for code in register() if len(code) == len("JP") and code not in {"EU", "UN", "WB"}]
    assert len(members) == 193 + len(["VA", "PS"])
    assert {code: state_name(code, "en") for code in ("PS", "VA", "KP", "SY", "CD", "VN", "BO", "MD", "SZ", "CV")} == {
        "PS": "State of Palestine", "VA": "Holy See", "KP": "Democratic People’s Republic of Korea",
        "SY": "Syrian Arab Republic", "CD": "Democratic Republic of the Congo", "VN": "Viet Nam",
        "BO": "Bolivia (Plurinational State of)", "MD": "Republic of Moldova", "SZ": "Eswatini", "CV": "Cabo Verde",
    }  # fmt: skip
    assert state_name("PS", "ru") == "Государство Палестина"
    assert state_name("PS", "ky") == "Палестина Мамлекети"
    assert state_name("KP", "ja") == "朝鮮民主主義人民共和国"
    assert state_name("MK", "uz") == "Shimoliy Makedoniya"
    assert {"TW", "XK", "HK", "EH"}.isdisjoint(register())


def test_well_known_organisations_stand_in_the_register():
    assert state_name("UN", "ru") == "Организация Объединенных Наций"
    assert (state_name("ASEAN", "en"), state_name("ADB", "ja")) == ("ASEAN", "アジア開発銀行")


def test_a_state_without_a_drawing_has_a_tile_with_its_code_and_no_flag_that_somebody_guessed():
    assert ">UNDP</text>" in draw(f"<body>{flag('UNDP')}</body>")


@pytest.fixture
def a_new_state():
    """An administrator has added a state with an English name, and one with a Russian name only."""
    new_states = {
        "QSG": {"en": {"short": "Singapore", "formal": "Republic of Singapore"}},
        "QQ": {"ru": {"short": "Страна"}},
    }
    set_added({code: {"zone": "Asia/Singapore", "names": names} for code, names in new_states.items()})
    yield
    set_added({})


@pytest.mark.usefixtures("a_new_state")
def test_a_state_without_a_name_in_a_language_has_its_english_name_never_the_russian():
    for language in LANGUAGES:
        assert (state_name("QSG", language), formal_name("QSG", language)) == ("Singapore", "Republic of Singapore")
        assert name_language("QSG", language) == "en"
    assert (state_name("QQ", "kk"), name_language("QQ", "kk")) == ("QQ", "")
    assert (state_name("QQ", "ru"), name_language("QQ", "ru")) == ("Страна", "ru")
    assert (state_name("KZ", "kk"), name_language("KZ", "kk")) == ("Қазақстан", "kk")
    assert protocol_order(["QSG", "KZ", "TM"], "kk") == ["KZ", "TM", "QSG"]


def test_without_a_language_names_are_the_readers():
    with reading_in("tk"):
        assert (state_name("JP"), name_language("JP")) == ("Ýaponiýa", "tk")


def test_every_code_of_the_public_record_is_in_the_register():
    codes: set[str] = set()

    def collect(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                collect(inner, name)
        elif isinstance(value, list):
            for inner in value:
                collect(inner, key)
        elif key in PLACES and isinstance(value, str) and value.isupper():
            codes.add(value)

    for path in [*DATA.glob("formats/*.yaml"), *DATA.glob("meetings/*/2020*.yaml"), *DATA.glob("meetings/sco/*.yaml")]:
        collect(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    assert len(codes) > 20
    assert codes <= set(register())


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "JP KZ KG TJ TM UZ"),
        ("ru", "KZ KG TJ TM UZ JP"),
        ("ja", "UZ KZ KG TJ TM JP"),
        ("kk", "JP KZ KG UZ TJ TM"),
        ("ky", "JP KZ KG UZ TJ TM"),
        ("tg", "KZ KG TJ TM UZ JP"),
        ("tk", "KZ KG UZ TJ TM JP"),
        ("uz", "KG KZ TJ TM JP UZ"),
    ],
)
def test_delegations_are_in_the_alphabetical_order_of_a_language(language, order):
    assert protocol_order(reversed(SIX), language) == order.split()
    assert protocol_order(SIX, language, host="TM")[0] == "TM"


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "AF EG FR HU JP MN SA LK AE UZ"),
        ("ru", "AF HU EG MN AE SA UZ FR LK JP"),
        ("ja", "AF AE UZ EG SA LK JP HU FR MN"),
        ("kk", "AF AE JP HU MN EG UZ SA FR LK"),
        ("ky", "AE HU EG JP MN AF UZ SA FR LK"),
        ("tg", "AE SA AF HU EG MN UZ FR JP LK"),
        ("tk", "AE FR MN EG AF UZ SA LK HU JP"),
        ("uz", "AF AE FR EG MN SA HU JP UZ LK"),
    ],
)
def test_states_are_in_the_alphabetical_order_of_a_language(language, order):
    assert protocol_order(reversed(order.split()), language) == order.split()


def test_a_capital_has_its_name_of_the_day():
    assert [capital_of("KZ", day) for day in ("2019-01-01", "2020-08-11", "2023-01-01")] == [
        "Astana", "Nur-Sultan", "Astana",
    ]  # fmt: skip


def test_a_page_has_the_drawing_of_each_flag_once_at_its_end():
    environment = Environment(autoescape=True)
    install(environment)
    page = draw(environment.from_string("<body>{{ flag('JP') }}{{ flag('JP') }}{{ flag('GCC') }}</body>").render())
    assert page.count('<symbol id="flag-JP"') == 1
    assert page.count('<use href="#flag-JP"/>') == 2
    assert ">GCC</text>" in page
    assert page.endswith("</svg></body>")


def test_a_part_of_a_page_has_its_drawings_in_place_without_ids():
    part = draw(f"<p>{flag('KZ')}</p>")
    assert "id=" not in part
    assert "<use" not in part


def test_a_forged_code_adds_no_markup_to_the_page():
    assert "<script" not in flag('"><script>')


def test_the_register_has_valid_zones_and_no_spaces_around_names():
    for code, state in register().items():
        assert state["zone"] in available_timezones(), code
        assert all(name["short"].strip() == name["short"] for name in state["names"].values())
