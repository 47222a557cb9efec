"""The alphabetical order of each language, with literal examples."""

import pytest

from suhbat.formats.collation import ALPHABETS, sort_key


def in_order(names: list[str], language: str) -> list[str]:
    """Names in the order of a list in this language."""
    return sorted(names, key=lambda name: sort_key(name, language))


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", "Astana Beijing Malé Manama Türkiye Tuvalu"),
        ("ru", "Екатеринбург Ёлкино Ереван Уфа Эр-Рияд Япония"),
        ("kk", "Алматы Әзербайжан Ганза Ғалам Қатар Қытай Нұр-Сұлтан Ұлыбритания Үндістан Хан Һаваий Ысты Іле"),
        ("ky", "Нью-Йорк Оман Ооганстан Өзбекстан Пакистан Улуу Үрүмчү Франция"),
        ("tg", "Гамбург Ғарм Ироқ Кувайт Қатар Умон Ӯзбекистон Ҳиндустон Чин Ҷибути Ҷопон Шанхай Эрон"),
        ("tk", "Çendu Duşenbe Eýran Žiçžao Katar Nýu-Ýork Oman Özbegistan Seul Şanhaý Wengriýa Yslamabat Ýaponiýa"),
        ("uz", "Rossiya Singapur Tojikiston Yaponiya Oʻzbekiston Gʻazna Shanxay Chendu"),
    ],
)  # fmt: skip
def test_names_are_in_the_alphabetical_order_of_their_language(language, order):
    expected = order.split()
    assert in_order(expected[::-1], language) == expected


@pytest.mark.parametrize(
    ("language", "count"), [("ru", 32), ("kk", 42), ("ky", 36), ("tg", 35), ("tk", 30), ("uz", 29)]
)
def test_an_alphabet_has_all_its_letters_once(language, count):
    assert len(ALPHABETS[language]) == len(set(ALPHABETS[language])) == count


def test_japanese_is_ordered_by_reading_in_every_script():
    expected = ["アスタナ", "ウルムチ", "ガバラ", "かんこく", "タジキスタン", "とうきょう", "ドーハ", "バクー", "パリ"]
    assert in_order(expected[::-1], "ja") == expected


def test_quotation_marks_do_not_move_a_name():
    for language, quoted, bare in (
        ("tk", "«Merkezi Aziýa – Hytaý»", "Merkezi Aziýa – Hytaý"),
        ("uz", "“Markaziy Osiyo – Xitoy”", "Markaziy Osiyo – Xitoy"),
        ("ja", "「中央アジア＋日本」", "中央アジア＋日本"),
        ("en", '"Central Asia plus Japan" Dialogue', "Central Asia plus Japan Dialogue"),
    ):
        assert sort_key(quoted, language) == sort_key(bare, language)


def test_the_uzbek_apostrophe_is_ignored_and_its_letters_may_be_typed_with_any_apostrophe():
    assert sort_key("Maʼdan", "uz") == sort_key("Madan", "uz")
    assert sort_key("O'zbekiston", "uz") == sort_key("O‘zbekiston", "uz") == sort_key("Oʻzbekiston", "uz")


def test_signs_come_before_figures_then_letters_then_other_scripts():
    expected = ["+", "1+5", "5+1", "Азия", "Япония", "C5+1"]
    assert in_order(expected[::-1], "ru") == expected
