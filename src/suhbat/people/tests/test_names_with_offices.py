"""A person's name with the office: one text, in the order and the script of the reader's language."""

import pytest

from suhbat.ground.language import reading_in
from suhbat.people.names_with_titles import with_office

MOTEGI = "Toshimitsu Motegi"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "Toshimitsu Motegi, Minister of Foreign Affairs"),
        ("ru", "Toshimitsu Motegi, министр иностранных дел"),
        ("ja", "外務大臣 Toshimitsu Motegi"),
        ("kk", "Toshimitsu Motegi, сыртқы істер министрі"),
        ("tk", "Toshimitsu Motegi, daşary işler ministri"),
    ],
)
def test_the_office_follows_the_name_except_in_japanese(code, expected):
    with reading_in(code):
        assert with_office(MOTEGI, "Minister of Foreign Affairs") == expected


def test_an_office_without_a_translation_stays_as_typed():
    with reading_in("ru"):
        assert with_office(MOTEGI, "Keeper of <Tea>") == "Toshimitsu Motegi, Keeper of <Tea>"
        marked = with_office("A & B", "Keeper of <Tea>", "en")
    assert str(marked) == 'A &amp; B, <span lang="en">Keeper of &lt;Tea&gt;</span>'


@pytest.mark.parametrize("office", ["", None])
def test_without_an_office_there_is_the_name_alone(office):
    with reading_in("ja"):
        assert with_office(MOTEGI, office) == MOTEGI
