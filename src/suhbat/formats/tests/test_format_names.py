"""The names of all formats in the languages of the interface: in one pattern, without letters of other scripts."""

from pathlib import Path

import pytest
import yaml

from suhbat.formats.format_names import (
    format_language,
    format_name,
    format_names,
    format_sort_key,
    short_format_name,
)
from suhbat.formats.state_names import state_name
from suhbat.formats.tests.name_checks import foreign_words, is_sourced
from suhbat.ground.language import LANGUAGES, reading_in

OTHERS = [code for code in LANGUAGES if code != "en"]
FILES = sorted((Path(__file__).parents[4] / "data" / "public-record" / "formats").glob("*.yaml"))
RECORD = {format_["id"]: format_ for format_ in (yaml.safe_load(path.read_text("utf-8")) for path in FILES)}


@pytest.mark.parametrize("language", OTHERS)
def test_every_format_of_the_record_has_a_sourced_name_spelt_in_the_language(language):
    assert set(RECORD) == set(format_names())
    for code in RECORD:
        name = format_names()[code][language]
        assert name["full"], code
        assert is_sourced(name), code
        assert foreign_words(f"{name['full']} {name.get('short', '')}", language) == [], code


@pytest.mark.parametrize(
    ("language", "partners"),
    [
        ("ru", {"ca-china": "CN", "ca-germany": "DE", "ca-italy": "IT", "ca-russia": "RU", "ca-uk": "GB"}),
        ("ky", {"ca-china": "CN", "ca-germany": "DE", "ca-italy": "IT", "ca-russia": "RU", "ca-japan": "JP"}),
        ("tg", {"ca-china": "CN", "ca-germany": "DE", "ca-italy": "IT", "ca-us": "US", "ca-japan": "JP"}),
        ("uz", {"ca-china": "CN", "ca-us": "US", "ca-eu": "EU", "ca-korea": "KR", "ca-japan": "JP"}),
        ("ja", {"ca-china": "CN", "ca-uk": "GB", "ca-us": "US", "ca-eu": "EU", "ca-korea": "KR", "ca-japan": "JP"}),
    ],
)
def test_the_partner_has_the_same_name_in_the_format_as_in_the_register(language, partners):
    for code, partner in partners.items():
        assert state_name(partner, language) in format_names()[code][language]["full"], code


def test_russian_names_of_two_sides_have_one_pattern():
    for code in ("ca-china", "ca-eu", "ca-germany", "ca-italy", "ca-russia", "ca-uk", "ca-us"):
        assert format_names()[code]["ru"]["full"].startswith("«Центральная Азия — "), code


def test_a_name_is_from_the_table_then_the_file_then_english_and_is_marked():
    in_file = {"ru": "Центральная Азия – Китай", "zh": "中国—中亚机制"}
    china = ("ca-china", "China - Central Asia (C+C5)", in_file)
    assert format_name(*china, "ru") == "«Центральная Азия — Китай» (C+C5)"
    assert short_format_name(*china, "ru") == "Центральная Азия — Китай"
    assert format_name(*china, "en") == "China - Central Asia (C+C5)"
    assert format_language("ca-china", in_file, "ru") == "ru"
    new = ("nordic", "Nordic Dialogue", {"ru": "Северный диалог"})
    assert (format_name(*new, "ru"), format_language("nordic", new[2], "ru")) == ("Северный диалог", "ru")
    assert (format_name(*new, "kk"), format_language("nordic", new[2], "kk")) == ("Nordic Dialogue", "en")
    assert short_format_name(*new, "kk") == "Nordic Dialogue"


def test_without_a_language_the_name_is_the_readers():
    with reading_in("tk"):
        assert format_name("ca-japan", "x", {}) == "«Merkezi Aziýa + Ýaponiýa» dialogy"
        assert short_format_name("sco", "x", {}) == "ŞHG"
        assert format_language("ca-japan", {}) == "tk"


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "ca-russia ca-japan ca-china ots sco"),
        ("ru", "ca-japan ots ca-china ca-russia sco"),
        ("ja", "sco ca-japan ca-china ots ca-russia"),
        ("kk", "ca-japan ca-china ca-russia ots sco"),
        ("ky", "ca-japan ca-china ca-russia ots sco"),
        ("tg", "ca-japan ca-russia ca-china ots sco"),
        ("tk", "ca-china ca-russia ca-japan sco ots"),
        ("uz", "ca-russia ca-china ca-japan ots sco"),
    ],
)
def test_formats_are_in_the_alphabetical_order_of_a_language(language, order):
    def sort_key(code: str) -> tuple[int | str, ...]:
        return format_sort_key(code, RECORD[code]["name"], {}, language)

    backwards = order.split()[::-1]
    assert sorted(backwards, key=sort_key) == order.split()
