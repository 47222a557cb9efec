"""Words that say how exactly an amount is meant, in every language of the product."""

import pytest

from suhbat.formats.precision_words import contradiction, hints

SAID = [
    ("up to 5 million US dollars", "up-to"), ("not exceeding ¥2,000", "up-to"), ("no more than five million", "up-to"),
    ("nearly 2 billion yen", "nearly"), ("about two million dollars", "about"), ("at least US$ 5m", "at-least"),
    ("5 million dollars or more", "at-least"),
    ("до 5 млн долларов", "up-to"), ("не более 5 миллионов", "up-to"), ("не менее 5 миллионов", "at-least"),
    ("более 5 млн", "at-least"), ("почти 2 млрд иен", "nearly"), ("около двух миллионов", "about"),
    ("約20億円", "about"), ("20億円近くの無償資金協力", "nearly"), ("20億円以上", "at-least"), ("5億円以内", "up-to"),
    ("最大5億円", "up-to"), ("約２０億円", "about"),
    ("шамамен 5 миллион доллар", "about"), ("2 миллиардқа жуық иен", "nearly"), ("кемінде 5 млн", "at-least"),
    ("5 миллион долларға дейін", "up-to"), ("5 миллионнан астам", "at-least"),
    ("болжол менен 5 миллион доллар", "about"), ("2 миллиардга жакын", "nearly"), ("кеминде 5 млн", "at-least"),
    ("5 миллион долларга чейин", "up-to"), ("20 млрд. иенадан ашык", "at-least"),
    ("тақрибан 5 миллион доллар", "about"), ("қариб 2 миллиард йен", "nearly"), ("то 5 миллион доллар", "up-to"),
    ("на камтар аз 5 миллион", "at-least"), ("зиёда аз 5 миллион", "at-least"),
    ("takmynan 5 million dollar", "about"), ("2 milliarda golaý", "nearly"), ("azyndan 5 million", "at-least"),
    ("5 million dollara çenli", "up-to"), ("5 milliondan gowrak", "at-least"),
    ("taxminan 5 million dollar", "about"), ("qariyb 2 milliard", "nearly"), ("kamida 5 mln", "at-least"),
    ("5 million dollargacha", "up-to"), ("koʻpi bilan 5 mln", "up-to"), ("5 milliondan ortiq", "at-least"),
]  # fmt: skip
SILENT = [
    "2,000,000,000 yen for clinics", "a seminar about water for 2027", "work until 2027", "до 2027 года", "5月まで",
    "2027 жылға дейін", "grants for medical equipment", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "qualifier"), SAID)
def test_words_beside_a_number_say_how_exactly(text, qualifier):
    assert [hint.qualifier for hint in hints(text)] == [qualifier]


@pytest.mark.parametrize("text", SILENT)
def test_other_words_say_nothing(text):
    assert hints(text) == []


def test_words_about_other_numbers_than_the_amount_are_no_contradiction():
    assert contradiction("exact", 5_000_000, "", ["5 million dollars over 3 years for about 40 clinics"]) is None
    hint = contradiction("exact", 5_000_000, "", ["Grants", "over 5,000,000 dollars within 3 years"])
    assert hint is not None
    assert (hint.qualifier, hint.words) == ("at-least", "over")


def test_words_that_say_the_same_as_the_choice_are_no_contradiction():
    assert contradiction("nearly", 2_000_000_000, "nearly 2 billion yen", ["about 2 billion yen in all"]) is None
    assert contradiction("up-to", 5_000_000, "", ["5 million dollars"]) is None
