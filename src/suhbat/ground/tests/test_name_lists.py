"""Names and sentences are joined as each language joins them."""

import pytest
from markupsafe import Markup

from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.ground.name_lists import in_a_row, labelled, listed, sentences

THREE = ["A", "B", "C"]


@pytest.mark.parametrize(("code", "two", "three"), [
    ("en", "A and B", "A, B, and C"),
    ("ru", "A и B", "A, B и C"),
    ("ja", "A、B", "A、B、C"),
    ("kk", "A және B", "A, B және C"),
    ("ky", "A жана B", "A, B жана C"),
    ("tg", "A ва B", "A, B ва C"),
    ("tk", "A we B", "A, B we C"),
    ("uz", "A va B", "A, B va C"),
])  # fmt: skip
def test_the_last_name_is_joined_with_the_word_of_the_language(code, two, three):
    with reading_in(code):
        assert (listed(THREE[:2]), listed(THREE)) == (two, three)
    assert listed(THREE, code) == three


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_name_stays_alone_and_no_name_is_empty(code):
    with reading_in(code):
        assert listed(["A"]) == "A"
        assert listed([]) == in_a_row([]) == sentences([]) == ""


def test_markup_stays_markup_and_text_is_escaped():
    joined = listed([Markup("<a>A</a>"), "<b>", Markup("<a>C</a>")])
    assert joined == Markup("<a>A</a>, &lt;b&gt;, and <a>C</a>")
    assert isinstance(joined, Markup)
    assert labelled("<l>", Markup("<a>A</a>")) == Markup("&lt;l&gt;: <a>A</a>")
    assert labelled(Markup("<b>L</b>"), "<a>") == Markup("<b>L</b>: &lt;a&gt;")


def test_japanese_has_no_space_between_sentences():
    assert sentences(["One.", "", "Two."]) == "One. Two."
    with reading_in("ja"):
        assert sentences(["一。", "二。"]) == "一。二。"
        assert labelled("閣僚", "13回") == "閣僚：13回"
        assert in_a_row(THREE) == "A、B、C"
