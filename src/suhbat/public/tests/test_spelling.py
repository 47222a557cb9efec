"""Words as they are looked for, and questions as they are understood."""

from suhbat.public.searching import understand
from suhbat.public.spelling import distance, terms_of, words_of


def test_a_word_is_cut_the_same_for_every_index():
    assert words_of("Oʻzbekiston, Ağa-Ölkə; Йўл ёки 2020年の水資源") == [
        "ozbekiston", "aga", "olkə", "йўл", "еки", "2020", "年の水資源",
    ]  # fmt: skip
    assert terms_of("水資源 water") == ["水", "資", "源", "water"]


def test_two_errors_are_told_from_three():
    assert distance("dushanbe", "dusanbe", 2) == 1
    assert distance("dushanbe", "dushnabe", 2) == 1
    assert distance("dushanbe", "tashkent", 2) == 3


def test_a_question_is_understood_in_any_order():
    wanted = understand("2017..2020 water by:jp to:TJ")
    assert (wanted.since, wanted.until, wanted.words) == ("2017", "2020", ["water"])
    assert wanted.typed == {"by": "JP", "to": "TJ"}
