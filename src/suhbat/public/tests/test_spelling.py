"""Words as they are looked for, and questions as they are understood."""

from suhbat.public.search.query import understand
from suhbat.public.search.tokenizer import near, terms_of, words_of


def test_a_word_is_cut_the_same_for_every_index():
    assert words_of("Oʻzbekiston, Ağa-Ölkə; Йўл ёки 2020年の水資源") == [
        "ozbekiston", "aga", "olkə", "йўл", "еки", "2020", "年の水資源",
    ]  # fmt: skip
    assert terms_of("水資源 water") == ["水", "資", "源", "water"]


def test_two_errors_are_told_from_three():
    names = ["dushanbe", "tashkent"]
    assert near("dusanbe", names) == near("dushnabe", names) == near("dushnab", names) == ["dushanbe"]
    assert near("dushntkent", names) == []
    assert near("tashqnet", names) == ["tashkent"]


def test_two_errors_in_a_short_name_are_forgiven_where_no_name_is_nearer():
    names = ["khiva", "kiev", "kabul", "tokyo", "osaka", "china", "wang", "wan"]
    assert near("tokio", names) == ["tokyo"]
    assert near("tkoio", names) == ["tokyo"]  # two letters exchanged, and one wrong
    assert near("kheva", names) == ["khiva"]  # one error: those with two are not asked for
    assert near("hkiba", names) == ["khiva"]
    assert near("wnga", names) == ["wang"]
    assert near("wna", names) == []  # three letters are soon another word


def test_a_short_word_without_sense_is_read_as_two_names_at_most():
    names = [f"{a}{b}{c}n" for a in "bdk" for b in "aio" for c in "lmr"]
    assert len(near("zuln", names)) == 2
    assert near("zzzzz", names) == []


def test_a_question_is_understood_in_any_order():
    wanted = understand("2017..2020 water by:jp to:TJ")
    assert (wanted.since, wanted.until, wanted.words) == ("2017", "2020", ["water"])
    assert wanted.typed == {"by": "JP", "to": "TJ"}
