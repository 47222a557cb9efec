"""The tokenizer, spelling suggestions and the parser of queries."""

from suhbat.public.search.search_query import parse_query
from suhbat.public.search.tokenizer import index_terms, similar_words, words_of


def test_a_text_is_split_the_same_way_for_every_index():
    assert words_of("Oʻzbekiston, Ağa-Ölkə; Йўл ёки 2020年の水資源") == [
        "ozbekiston", "aga", "olkə", "йўл", "еки", "2020", "年の水資源",
    ]  # fmt: skip
    assert index_terms("水資源 water") == ["水", "資", "源", "water"]


def test_two_errors_are_corrected_and_three_are_not():
    names = ["dushanbe", "tashkent"]
    assert (
        similar_words("dusanbe", names)
        == similar_words("dushnabe", names)
        == similar_words("dushnab", names)
        == ["dushanbe"]
    )
    assert similar_words("dushntkent", names) == []
    assert similar_words("tashqnet", names) == ["tashkent"]


def test_two_errors_in_a_short_name_are_corrected_if_no_name_is_nearer():
    names = ["khiva", "kiev", "kabul", "tokyo", "osaka", "china", "wang", "wan"]
    assert similar_words("tokio", names) == ["tokyo"]
    assert similar_words("tkoio", names) == ["tokyo"]  # two letters exchanged, and one wrong
    assert similar_words("kheva", names) == ["khiva"]  # one error: names with two errors are left out
    assert similar_words("hkiba", names) == ["khiva"]
    assert similar_words("wnga", names) == ["wang"]
    assert similar_words("wna", names) == []  # three letters are soon another word


def test_a_short_nonsense_word_gets_two_suggestions_at_most():
    names = [f"{a}{b}{c}n" for a in "bdk" for b in "aio" for c in "lmr"]
    assert len(similar_words("zuln", names)) == 2
    assert similar_words("zzzzz", names) == []


def test_a_query_is_parsed_in_any_order():
    query = parse_query("2017..2020 water by:jp to:TJ")
    assert (query.since, query.until, query.words) == ("2017", "2020", ["water"])
    assert query.typed == {"by": "JP", "to": "TJ"}
