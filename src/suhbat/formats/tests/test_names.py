"""How states are called and in which order they stand, in the languages of the house."""

import json
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment

from suhbat.formats.flags import draw, flag
from suhbat.formats.names import capital_of, formal_name, protocol_order, register, state_name
from suhbat.formats.template_helpers import install
from suhbat.ground.language import LANGUAGES

SIX = ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
PLACES = {"state", "members", "partners", "by", "to", "country"}
DATA = Path(__file__).parents[4] / "data" / "public-record"


def test_names_are_the_states_own_and_not_those_of_a_locale_library():
    assert state_name("KG", "en") == "Kyrgyz Republic"
    assert (state_name("KG", "ru"), formal_name("KG", "ru")) == ("Кыргызстан", "Кыргызская Республика")
    assert (state_name("KG", "ja"), formal_name("KG", "ja")) == ("キルギス", "キルギス共和国")
    assert formal_name("JP", "ja") == "日本国"
    assert state_name("XX", "ru") == "XX"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_six_have_a_name_of_their_own_in_every_language(language):
    for code in SIX:
        held = register()[code]["names"][language]
        assert held["short"], code
        assert held["formal"], code


def test_every_code_of_the_public_record_has_english_russian_and_japanese_names():
    seen: set[str] = set()

    def collect(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                collect(inner, name)
        elif isinstance(value, list):
            for inner in value:
                collect(inner, key)
        elif key in PLACES and isinstance(value, str) and value.isupper():
            seen.add(value)

    for path in [*DATA.glob("formats/*.yaml"), *DATA.glob("meetings/*/2020*.yaml"), *DATA.glob("meetings/sco/*.yaml")]:
        collect(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    assert len(seen) > 20
    for code in seen:
        assert {"en", "ru", "ja"} <= set(register()[code]["names"]), code


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
def test_delegations_stand_in_the_alphabetical_order_of_a_language(language, order):
    assert protocol_order(reversed(SIX), language) == order.split()
    assert protocol_order(SIX, language, host="TM")[0] == "TM"


def test_a_capital_is_called_as_it_was_on_the_day():
    assert [capital_of("KZ", day) for day in ("2019-01-01", "2020-08-11", "2023-01-01")] == [
        "Astana", "Nur-Sultan", "Astana",
    ]  # fmt: skip


def test_a_page_draws_each_flag_once_and_at_its_end():
    environment = Environment(autoescape=True)
    install(environment)
    page = draw(environment.from_string("<body>{{ flag('JP') }}{{ flag('JP') }}{{ flag('GCC') }}</body>").render())
    assert page.count('<symbol id="flag-JP"') == 1
    assert page.count('<use href="#flag-JP"/>') == 2
    assert ">GCC</text>" in page
    assert page.endswith("</svg></body>")


def test_a_part_of_a_page_carries_its_drawings_in_place_and_no_ids():
    part = draw(f"<p>{flag('KZ')}</p>")
    assert "id=" not in part
    assert "<use" not in part


def test_a_forged_code_cannot_write_into_the_page():
    assert "<script" not in flag('"><script>')


def test_the_register_is_sorted_out_of_the_way_of_typing_errors():
    for code, held in json.loads(Path("src/suhbat/formats/states.json").read_text(encoding="utf-8")).items():
        assert held["zone"].count("/") == 1, code
        assert all(name["short"].strip() == name["short"] for name in held["names"].values())
