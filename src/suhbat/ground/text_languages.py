"""The languages in which texts, papers and statements can stand: any language, named by its tag (BCP 47).

The languages of the interface, and those of the partners so far, stand first in every list. A tag is a language of two
or three letters, and a region where it matters: `zh`, `pt-BR`.
"""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from suhbat.ground.language import LANGUAGES, lazy
from suhbat.ground.language import language as present_language

PARTNERS = ("zh", "ko", "ar", "hi", "tr", "de", "fr", "it")
"""Chinese, Korean, Arabic, Hindi, Turkish, German, French and Italian: languages of partners of the region."""
READY = (*LANGUAGES, *PARTNERS)
"""The languages that every list offers first."""
LONGEST_TAG = 5
NO_LANGUAGE = lazy("This is no language tag, such as zh or pt-BR.")
"""What is wrong with a tag that `is_language` refuses."""
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(-(?P<region>[A-Z]{2}))?")
_NOT_ONE = {"mul", "und", "zxx", "mis", "root"}


def is_language(tag: str) -> bool:
    """Whether this is the tag of a language, as BCP 47 writes it."""
    parts = _TAG.fullmatch(tag)
    if parts is None or len(tag) > LONGEST_TAG or parts["language"] not in _languages():
        return False
    return parts["region"] is None or parts["region"] in _regions()


def all_languages() -> list[str]:
    """The tags of all languages of two letters, and of all that have a name here."""
    return sorted(_languages())


def languages_with_a_name() -> frozenset[str]:
    """The tags of the languages that have a name in the reader's language."""
    return frozenset(map(str, Locale.parse(present_language()).languages))


def cldr_name(tag: str, language: str = "") -> str:
    """The name of a language by CLDR, in the given language or the reader's, else in English; else its tag."""
    code, _, region = tag.partition("-")
    for reader in (language or present_language(), "en"):
        names = Locale.parse(reader).languages
        if name := names.get(tag.replace("-", "_")) or names.get(code):
            place = Locale.parse(reader).territories.get(region, region) if region and tag not in names else ""
            return f"{name} ({place})" if place else str(name)
    return tag


def own_name(tag: str) -> str:
    """The name of a language in that language itself: 中文, العربية; as a label."""
    if tag in LANGUAGES:
        return LANGUAGES[tag]
    try:
        name = Locale.parse(tag.replace("-", "_")).get_display_name()
    except (UnknownLocaleError, ValueError):
        name = None
    return (name[:1].upper() + name[1:]) if name else tag


@cache
def _languages() -> frozenset[str]:
    known = map(str, Locale.parse("en").languages)
    return frozenset(code for code in known if re.fullmatch("[a-z]{2,3}", code)) - _NOT_ONE


@cache
def _regions() -> frozenset[str]:
    known = map(str, Locale.parse("en").territories)
    return frozenset(code for code in known if re.fullmatch("[A-Z]{2}", code)) - {"ZZ"}
