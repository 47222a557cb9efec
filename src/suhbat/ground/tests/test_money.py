"""Sums in whole units, in every language: no digit is added or lost, and the currency has its own word."""

import re

import pytest

from suhbat.ground.currencies import currency_name
from suhbat.ground.file_sizes import show_size
from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.ground.money import CURRENCIES, by_myriads, show_amount, show_money, show_money_short


def plain(text):
    """A text with normal spaces. The no-break spaces have a test of their own."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "ja"])
@pytest.mark.parametrize("value", [5, 700_000_000, 1_898_000_000])
def test_a_sum_has_exactly_the_pledged_figures(code, value):
    with reading_in(code):
        for currency in CURRENCIES:
            assert int(re.sub(r"\D", "", show_money(value, currency))) == value


@pytest.mark.parametrize(("value", "expected"), [
    (0, "0"), (5, "5"), (9_999, "9,999"), (10_000, "1万"), (12_345, "1万2,345"), (100_000_007, "1億7"),
    (700_000_000, "7億"), (1_898_000_000, "18億9,800万"), (2_000_000_000, "20億"), (10**12, "1兆"),
    (3_027_771_000_000, "3兆277億7,100万"), (10**15, "1,000兆"),
])  # fmt: skip
def test_japanese_counts_by_ten_thousands(value, expected):
    assert by_myriads(value) == expected


SUMS = {
    "en": ("¥2,000,000,000", "$98,000,000", "€5,000,000", "CN¥700", "KZT 21", "CHF 2"),
    "ru": ("2 000 000 000 иен", "98 000 000 долларов США", "5 000 000 евро", "700 юаней", "21 тенге",
           "2 швейцарских франка"),
    "ja": ("20億円", "9,800万米ドル", "500万ユーロ", "700人民元", "21テンゲ", "2スイス・フラン"),
    "kk": ("2 000 000 000 иена", "98 000 000 АҚШ доллары", "5 000 000 еуро", "700 юань", "21 теңге",
           "2 швейцар франкі"),
    "ky": ("2 000 000 000 иена", "98 000 000 АКШ доллары", "5 000 000 евро", "700 юань", "21 казак теңгеси",
           "2 швейцария франкы"),
    "tg": ("2 000 000 000 йени Ҷопон", "98 000 000 доллари ИМА", "5 000 000 евро", "700 юани Чин",
           "21 тангаи Қазоқистон", "2 франки Швейтсария"),
    "tk": ("2 000 000 000 ýapon ýeni", "98 000 000 ABŞ-nyň dollary", "5 000 000 ýewro", "700 hytaý ýuany",
           "21 gazak teňňesi", "2 şweýsar franky"),
    "uz": ("2 000 000 000 Yaponiya iyenasi", "98 000 000 AQSH dollari", "5 000 000 yevro", "700 Xitoy yuani",
           "21 Qozogʻiston tengesi", "2 Shveytsariya franki"),
}  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_currency_has_its_official_name(code):
    sums = ((2_000_000_000, "JPY"), (98_000_000, "USD"), (5_000_000, "EUR"), (700, "CNY"), (21, "KZT"), (2, "CHF"))
    with reading_in(code):
        assert tuple(plain(show_money(value, currency)) for value, currency in sums) == SUMS[code]


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code not in {"en", "ja"}])
def test_figures_and_their_currency_stay_on_one_line(code):
    with reading_in(code):
        assert show_money(2_000_000, "EUR").count("\u00a0") == 3
        assert " " not in show_money(2_000_000, "EUR")


@pytest.mark.parametrize(("value", "yen", "roubles"), [
    (1, "1 иена", "1 российский рубль"), (3, "3 иены", "3 российских рубля"), (5, "5 иен", "5 российских рублей"),
    (11, "11 иен", "11 российских рублей"), (22, "22 иены", "22 российских рубля"),
    (1_000_001, "1 000 001 иена", "1 000 001 российский рубль"),
])  # fmt: skip
def test_russian_inflects_the_currency_after_a_number(value, yen, roubles):
    with reading_in("ru"):
        assert plain(show_money(value, "JPY")) == yen
        assert plain(show_money(value, "RUB")) == roubles


def test_russian_qualifiers_with_the_genitive_get_it(monkeypatch):
    from suhbat.ground import money

    words = {"about": "около %(amount)s", "nearly": "почти %(amount)s", "at-least": "не менее %(amount)s"}
    monkeypatch.setattr(money, "QUALIFIERS", money.QUALIFIERS | words)

    def shown_amount(value, qualifier, currency="JPY"):
        return plain(show_amount({"value": value, "currency": currency, "qualifier": qualifier}))

    with reading_in("ru"):
        assert shown_amount(21, "about") == "около 21 иены"
        assert shown_amount(22, "at-least") == "не менее 22 иен"
        assert shown_amount(21, "nearly") == "почти 21 иена"
        assert shown_amount(21, "about", "INR") == "около 21 индийской рупии"
        assert shown_amount(2_000_000_000, "about") == "около 2 000 000 000 иен"


@pytest.mark.parametrize(("code", "trillions", "milliards", "millions"), [
    ("en", "¥3 trn", "¥1.9 bn", "¥1,898 m"), ("ru", "3 трлн иен", "1,9 млрд иен", "1 898 млн иен"),
    ("ja", "3兆円", "19億円", "18億9,800万円"), ("kk", "3 трлн иена", "1,9 млрд иена", "1 898 млн иена"),
    ("ky", "3 трлн иена", "1,9 млрд иена", "1 898 млн иена"),
    ("tg", "3 трлн йени Ҷопон", "1,9 млрд йени Ҷопон", "1 898 млн йени Ҷопон"),
    ("tk", "3 trln ýapon ýeni", "1,9 mlrd ýapon ýeni", "1 898 mln ýapon ýeni"),
    ("uz", "3 trln Yaponiya iyenasi", "1,9 mlrd Yaponiya iyenasi", "1 898 mln Yaponiya iyenasi"),
])  # fmt: skip
def test_a_short_sum_is_the_same_sum(code, trillions, milliards, millions):
    with reading_in(code):
        assert plain(show_money_short(3 * 10**12, "JPY")) == trillions
        assert plain(show_money_short(1_900_000_000, "JPY")) == milliards
        assert plain(show_money_short(1_898_000_000, "JPY")) == millions
        assert show_money_short(1_898_000_001, "JPY") == show_money(1_898_000_001, "JPY")  # never rounded
        assert show_money_short(2_000, "JPY") == show_money(2_000, "JPY")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_currency_has_a_name_with_a_source_in_every_language(code):
    from suhbat.ground.currencies import _currencies

    names = [currency_name(currency, code) for currency in CURRENCIES]
    assert len(set(names)) == len(CURRENCIES)
    assert not set(names) & set(CURRENCIES)
    assert all(_currencies()[currency][code]["source"] for currency in CURRENCIES)


def test_the_chinese_yuan_is_no_yen_in_tajik():
    assert currency_name("CNY", "tg") == "юани Чин"
    assert currency_name("JPY", "tg") == "йени Ҷопон"


def test_a_currency_that_is_not_in_the_table_is_shown_as_its_code():
    with reading_in("uz"):
        assert plain(show_money(1_000, "SEK")) == "1 000 SEK"
    assert currency_name("SEK", "uz") == "SEK"


@pytest.mark.parametrize(("code", "small", "large"), [
    ("en", "340 kB", "20 MB"), ("ru", "340 КБ", "1,2 МБ"), ("ja", "340 KB", "1.2 MB"), ("kk", "340 КБ", "1,2 МБ"),
    ("ky", "340 КБ", "1,2 МБ"), ("tg", "340 КБ", "1,2 МБ"), ("tk", "340 KB", "1,2 MB"), ("uz", "340 KB", "1,2 MB"),
])  # fmt: skip
def test_sizes_of_files_are_in_the_readers_letters(code, small, large):
    with reading_in(code):
        assert plain(show_size(340 * 1024)) == small
        assert plain(show_size(20 * 1024**2 if code == "en" else 1_258_291)) == large
        assert "\u00a0" in show_size(5)
