"""Counts and plain numbers follow CLDR in all eight languages; dates and sums have tables and tests of their own."""

import gettext
import io
import re

import pytest
from babel import Locale
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal
from scripts import translation_catalogues

from suhbat.ground import language
from suhbat.ground.language import LANGUAGES, ngettext, reading_in
from suhbat.ground.money import show_number

COUNTS = (0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 101, 111, 1001)
UNKNOWN_TO_CLDR = {"tg"}
"""CLDR has no plural rule for Tajik; the catalogue distinguishes one and many, as in Persian."""


@pytest.fixture(scope="module")
def catalogues():
    """The catalogues of all languages, made as in `make setup`."""
    translations: dict[str, gettext.NullTranslations] = {"en": gettext.NullTranslations()}
    for code in translation_catalogues.LANGUAGES:
        compiled = io.BytesIO()
        write_mo(compiled, translation_catalogues.read(code))
        compiled.seek(0)
        translations[code] = gettext.GNUTranslations(compiled)
    return translations


@pytest.fixture
def counted(catalogues, monkeypatch):
    monkeypatch.setattr(language, "_catalogue", lambda code: catalogues[code])

    def say(code: str, singular: str, plural: str, count: int) -> str:
        with reading_in(code):
            return ngettext(singular, plural, count) % {"num": count, "count": count}

    return say


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_counted_text_has_the_plural_forms_of_cldr(catalogues, code):
    rule = Locale.parse(code).plural_form
    catalogue = translation_catalogues.read(code)
    counted = [message for message in catalogue if message.id and not isinstance(message.id, str)]
    assert len(counted) > 10
    chosen: dict[str, set[int]] = {}
    for count in COUNTS:
        form = catalogue.plural_expr
        index = _index(form, count)
        assert 0 <= index < catalogue.num_plurals
        chosen.setdefault("other" if code in UNKNOWN_TO_CLDR and count != 1 else rule(count), set()).add(index)
    if code in UNKNOWN_TO_CLDR:
        assert _index(catalogue.plural_expr, 1) != _index(catalogue.plural_expr, 2)
        return
    assert all(len(indices) == 1 for indices in chosen.values()), chosen
    assert len({index for indices in chosen.values() for index in indices}) == len(chosen)


def _index(expression: str, count: int) -> int:
    return gettext.c2py(expression)(count)


MEETING, STATE, MONTH = (
    ("%(num)s meeting", "%(num)s meetings"), ("%(num)s state", "%(num)s states"),
    ("%(count)s month", "%(count)s months"),
)  # fmt: skip


@pytest.mark.parametrize(("code", "text", "expected"), [
    ("ru", MEETING, {1: "1 встреча", 2: "2 встречи", 5: "5 встреч", 11: "11 встреч", 21: "21 встреча"}),
    ("ru", STATE, {1: "1 государство", 2: "2 государства", 5: "5 государств", 21: "21 государство"}),
    ("ru", MONTH, {1: "1 месяц", 2: "2 месяца", 5: "5 месяцев", 21: "21 месяц"}),
    ("en", MEETING, {1: "1 meeting", 2: "2 meetings", 5: "5 meetings", 21: "21 meetings"}),
])  # fmt: skip
def test_counts_have_the_right_forms(counted, code, text, expected):
    assert {count: counted(code, *text, count) for count in expected} == expected


@pytest.mark.parametrize("code", ["ja", "kk", "ky", "tg", "tk", "uz"])
@pytest.mark.parametrize("text", [MEETING, STATE, MONTH])
def test_languages_without_few_and_many_have_one_word_for_every_count(counted, code, text):
    words = {count: re.sub(r"\d+", "", counted(code, *text, count)).strip() for count in (2, 5, 21, 101)}
    assert len(set(words.values())) == 1, words
    assert words[2] not in text[1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_plain_numbers_are_grouped_as_in_cldr_and_never_break(code):
    with reading_in(code):
        text = show_number(1_234_567.5)
    assert text == format_decimal(1_234_567.5, locale=code)
    assert text == ("1,234,567.5" if code in {"en", "ja"} else "1\u00a0234\u00a0567,5")
