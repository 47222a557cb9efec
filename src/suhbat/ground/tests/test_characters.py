"""Which characters are refused where, and that only one file has lists of them."""

import re
import sys

import pytest

from suhbat.ground.characters import UNSEEN, Place, fits, fitted, misplaced
from suhbat.ground.packages import FOLDER

KANJI = "葛\U000e0100城"
"""A name whose first character has an invisible variation selector."""
EVERYWHERE = ["Қазақ", "Oʻzbek", "Тоҷикӣ", "日本語", KANJI, "e\u0301", "a b", "100 %"]
SIGNS = [
    ("\x00", set(Place)),
    ("\x1b", set(Place)),
    ("\x0c", set(Place) - {Place.TITLE, Place.AS_SAID, Place.TEXT_FILE}),
    ("\t", {Place.NAME, Place.FILE_NAME}),
    ("\n", {Place.NAME, Place.FILE_NAME}),
    ("\x85", {Place.WORDING, Place.NAME, Place.RECORD_FILE, Place.FILE_NAME, Place.TEXT_FILE}),
    ("\ud800", {Place.ACT, Place.WORDING, Place.NAME, Place.RECORD_FILE, Place.FILE_NAME}),
    ("\uffff", {Place.ACT, Place.WORDING, Place.RECORD_FILE, Place.FILE_NAME}),
    ("\u2028", {Place.RECORD_FILE, Place.FILE_NAME}),
    ("\u202e", {Place.TITLE, Place.NAME, Place.AS_SAID, Place.RECORD_FILE, Place.FILE_NAME}),
    ("\u2066", {Place.TITLE, Place.NAME, Place.AS_SAID, Place.RECORD_FILE, Place.FILE_NAME}),
    ("\u200b", {Place.TITLE, Place.NAME, Place.AS_SAID, Place.FILE_NAME}),
    ("\u00ad", {Place.TITLE, Place.NAME, Place.AS_SAID, Place.FILE_NAME}),
    ("\u115f", {Place.TITLE, Place.NAME, Place.AS_SAID, Place.FILE_NAME}),
    ("\ue000", {Place.NAME, Place.FILE_NAME}),
]
NEVER_ALONE = {("\x00", Place.TITLE), ("\x00", Place.AS_SAID), ("\x1b", Place.TITLE), ("\x1b", Place.AS_SAID)}
"""Characters that are refused already by the rules of `Place.ACT` and `Place.WORDING`."""


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("text", EVERYWHERE)
def test_ordinary_text_is_accepted_everywhere(place, text):
    assert fits(text, place)
    assert fitted(text, place) == text
    assert misplaced(text, place) == []


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize(("sign", "refused_in"), SIGNS, ids=[f"U+{ord(sign):04X}" for sign, _ in SIGNS])
def test_each_place_refuses_its_characters(sign, refused_in, place):
    refused = place in refused_in and (sign, place) not in NEVER_ALONE
    text = f"two{sign}billion"
    assert fits(text, place) is not refused
    assert misplaced(text, place) == [sign] * refused
    assert fitted(text, place) == ("twobillion" if refused else text)


@pytest.mark.parametrize("place", [Place.TITLE, Place.NAME, Place.AS_SAID, Place.FILE_NAME])
def test_invisible_characters_are_refused_in_titles_names_and_sums(place):
    """All but the variation selectors: they do not mislead, and names have them."""
    unseen = [sign for sign in map(chr, range(sys.maxunicode + 1)) if UNSEEN.match(sign)]
    accepted = [sign for sign in unseen if fits(f"a{sign}b", place)]
    assert len(unseen) > len(accepted) == 16 + 240
    assert all(0xFE00 <= ord(sign) <= 0xFE0F or 0xE0100 <= ord(sign) <= 0xE01EF for sign in accepted)


LISTS = re.compile(r"unicodedata\.category|\\u202[a-e]|\\ufff[ef]|\\ud800|\\x7f-|\\x00-", re.IGNORECASE)
NOT_ABOUT_WORDS = {"ground/characters.py", "ground/printing.py", "ground/urls.py"}
"""The table itself, and files that ask about addresses or about signs of fonts."""


def test_no_other_file_has_its_own_list():
    """Instead of a new list, add a place to the table."""
    files = [path for path in FOLDER.rglob("*.py") if "tests" not in path.parts]
    own = {str(path.relative_to(FOLDER)) for path in files if LISTS.search(path.read_text("utf-8"))}
    assert own - NOT_ABOUT_WORDS == set()
